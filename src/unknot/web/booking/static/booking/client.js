// On the way to a booking: what was told goes along, times stand by the reader's own clock, and one press
// sends once. Without it everything still works: the questions are asked again, and the clock is chosen.

const TOLD = "unknot.told";

function told() {
  try {
    return JSON.parse(sessionStorage.getItem(TOLD)) ?? {};
  } catch {
    return {};
  }
}

for (const form of document.querySelectorAll("form[data-carries]")) {
  const { drawing, selection } = told();
  if (!selection) continue;
  for (const [name, value] of Object.entries({ drawing, selection })) {
    let field = form.elements.namedItem(name);
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      form.append(field);
    }
    if (!field.value) field.value = value;
  }
}

for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent === "yes") event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 5000); // the net may be slow, or the visitor stopped it
  });
  addEventListener("pageshow", () => delete form.dataset.sent);
}

const clock = document.querySelector("[data-clock]");
if (clock && !new URLSearchParams(location.search).has("zone")) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  if (timeZone && timeZone !== clock.dataset.clock) {
    const here = new URL(location.href);
    here.searchParams.set("zone", timeZone);
    location.replace(here);
  }
}

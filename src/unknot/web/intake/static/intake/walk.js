// Keeps what the visitor gives in this tab's sessionStorage, so that a reload, the back button or an error
// loses nothing. Without it every page still works: the hidden fields carry the same from form to form.

const KEY = "unknot.walk";
const TOLD = "unknot.told"; // what an answer was given to, for a booking in this tab
const POSTED = "unknot.posted"; // what each page was made of, for again.js
const CARRIED = new Set(["step", "drawing", "selection", "confirmed"]);

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function write(kept) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Storage is full or refused: the page goes on as it would without scripts.
  }
}

function fieldsOf(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (CARRIED.has(name) || value === "" || typeof value !== "string") continue;
    (fields[name] ??= []).push(value);
  }
  return fields;
}

function restore(form, fields) {
  for (const control of form.elements) {
    if (!control.name || CARRIED.has(control.name) || control.type === "submit") continue;
    const values = fields[control.name] ?? [];
    if (control.type === "checkbox" || control.type === "radio") {
      control.checked = values.includes(control.value);
    } else if (control instanceof HTMLSelectElement && control.multiple) {
      for (const option of control.options) option.selected = values.includes(option.value);
    } else {
      control.value = values[0] ?? "";
    }
  }
  for (const chart of form.querySelectorAll("body-chart")) chart.paint?.();
}

// What is changed is answered anew; an emergency stays one until then, and books nothing.
function forgetTheAnswer() {
  if (!sessionStorage.getItem(TOLD)?.includes('"emergency":true')) sessionStorage.removeItem(TOLD);
}

function keep(form) {
  write({ ...read(), [form.dataset.step]: fieldsOf(form) });
}

// Coming back to the answer of a form, the browser would ask to send it again, or show an error, since such a page
// is kept nowhere. Named anew the page is fetched as any other; `again.js` then posts what this tab keeps.
history.replaceState(history.state, "");
document.getElementById("walk")?.addEventListener("submit", ({ target, submitter }) => {
  const { pathname } = new URL(submitter?.getAttribute("formaction") ?? target.action, location.href);
  const fields = [...new FormData(target, submitter)];
  try {
    const kept = JSON.parse(sessionStorage.getItem(POSTED)) ?? {};
    sessionStorage.setItem(POSTED, JSON.stringify({ ...kept, [pathname]: fields }));
  } catch {
    // Without it one begins at the start, where all that was marked stands.
  }
});

const form = document.querySelector("form[data-step]");
if (form) {
  const kept = read()[form.dataset.step];
  if (form.dataset.prefilled === "no" && kept) restore(form, kept);
  else keep(form);
  for (const changed of ["input", "change"]) {
    form.addEventListener(changed, () => {
      keep(form);
      forgetTheAnswer();
    });
  }
  form.addEventListener("submit", (event) => {
    keep(form);
    // A second click must not send twice; the submitter's own name and value are already on their way.
    if (form.dataset.sent === "yes") event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 5000); // the visitor may have stopped it, or the net is slow
  });
  addEventListener("pageshow", () => delete form.dataset.sent);
}

const answered = document.querySelector("form[data-answered]");
if (answered) {
  const { drawing, selection } = answered.elements;
  const emergency = answered.dataset.answered === "emergency";
  try {
    const told = { drawing: drawing.value, selection: selection.value, emergency };
    sessionStorage.setItem(TOLD, JSON.stringify(told));
  } catch {
    // Without it the booking asks again.
  }
}

for (const button of document.querySelectorAll("[data-forget]")) {
  button.addEventListener("click", () => {
    sessionStorage.removeItem(KEY);
    sessionStorage.removeItem(TOLD);
    sessionStorage.removeItem(POSTED);
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

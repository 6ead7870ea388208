// Makes the long list of rare items a search, and lets "none of these" and a tick exclude each other.

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

for (const finder of document.querySelectorAll("[data-finder]")) {
  const field = finder.querySelector(".finder__field");
  const input = field.querySelector("input");
  const status = field.querySelector("[role=status]");
  const list = finder.querySelector("details");
  const lines = [...list.querySelectorAll(".lines > .line")];
  field.hidden = false;

  const show = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const line of lines) {
      const fits = words.every((word) => plain(line.dataset.names).includes(word));
      const ticked = line.querySelector("input:checked") !== null;
      line.hidden = words.length > 0 && !fits && !ticked;
      if (fits) found += 1;
    }
    if (words.length > 0) list.open = true;
    status.textContent = words.length > 0 && found === 0 ? status.dataset.none : "";
  };
  input.addEventListener("input", (event) => {
    event.stopPropagation(); // what is searched for is no answer
    show();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

// Parts that can't concern somebody of this age or sex are not asked; the server judges the same.
const form = document.querySelector("form[data-step=safety]");
const showFitting = () => {
  if (!form.elements["q-age"]) return; // the check of the day knows the age and asks only what fits it
  const age = form.elements["q-age"].value === "" ? null : Number(form.elements["q-age"].value);
  const sex = form.elements["q-sex"]?.value ?? "";
  for (const group of form.querySelectorAll("[data-group]")) {
    const { ageGte, ageLt, notSex } = group.dataset;
    const tooYoung = ageGte !== undefined && age !== null && age < Number(ageGte);
    const tooOld = ageLt !== undefined && age !== null && age >= Number(ageLt);
    const cannotBe = tooYoung || tooOld || (notSex ?? "").split(" ").includes(sex || "-");
    group.hidden = cannotBe && group.querySelector('input[name="q-item"]:checked') === null;
  }
};
form.addEventListener("input", showFitting);
addEventListener("pageshow", showFitting);
showFitting();

// Some signs are asked in several places, under one name. A tick that came back shows where it can be seen,
// and only once where it can't: one that nobody sees nobody could take back.
const isSeen = (control) => {
  let line = control.closest(".line__more")?.closest(".line");
  while (line) {
    if (!line.querySelector(":scope > .line__head > .line__tick > input").checked) return false;
    line = line.parentElement.closest(".line");
  }
  return control.closest("[data-group]")?.hidden !== true;
};
const showOnce = () => {
  const ticked = [...form.querySelectorAll('input:is([name="q-item"], [name="q-unknown"]):checked')];
  for (const box of ticked.filter((one) => !isSeen(one))) {
    const twins = ticked.filter((one) => one !== box && one.checked && one.name === box.name && one.value === box.value);
    if (twins.length > 0) box.checked = false;
  }
  for (const chosen of form.querySelectorAll("input[type=radio]:checked")) {
    if (isSeen(chosen)) continue;
    const twins = [...form.querySelectorAll("input[type=radio]")].filter((one) => one.name === chosen.name);
    const seen = twins.find((one) => one.value === chosen.value && isSeen(one));
    if (seen) seen.checked = true;
  }
};
addEventListener("pageshow", showOnce);
showOnce();

const EXCLUDES = { "q-item": "q-unknown", "q-unknown": "q-item" };
const none = (within) => [...within.querySelectorAll('input[name="q-none"]')].at(-1);

document.addEventListener("change", ({ target }) => {
  const within = target.closest?.(".follow-ups, [data-group]");
  if (!within || !target.checked) return;
  if (target.name === "q-none") {
    for (const box of within.querySelectorAll('input[name="q-item"], input[name="q-unknown"]')) box.checked = false;
  } else if (target.name in EXCLUDES) {
    none(within).checked = false;
    const head = target.closest(".line__head");
    head.querySelector(`input[name="${EXCLUDES[target.name]}"]`).checked = false;
  } else {
    return; // a qualifier, such as a place
  }
  target.form.dispatchEvent(new Event("change", { bubbles: true }));
});

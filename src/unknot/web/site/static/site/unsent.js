// What was sent and never arrived, since the reader was signed out or a time was no longer kept, comes back into
// its form. It waits in this tab: a page with data-interrupts says that it did not arrive, one with data-arrived
// that there is nothing more to keep.

const KEY = "unknot.unsent";

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return null;
  }
}

function write(unsent) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(unsent));
  } catch {
    // Storage is full or refused: it is typed again.
  }
}

function typedIn(form) {
  const fields = {};
  for (const { name, type } of form.elements) {
    if (name && !["hidden", "submit", "button"].includes(type)) fields[name] = new FormData(form).getAll(name);
  }
  return fields;
}

function choose(select, value) {
  for (const option of select.options) if (option.value === value) option.selected = true;
}

function restore(form, fields) {
  for (const control of form.elements) {
    const values = fields[control.name];
    if (!values) continue;
    if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
    else if (control.type === "select-one") choose(control, values[0]);
    else if (control.type !== "hidden" && control.type !== "submit") control.value = values[0] ?? "";
  }
}

const form = document.querySelector("form[data-keeps]");
const name = form?.dataset.keeps || location.pathname;
const unsent = read();
if (unsent && document.querySelector("[data-interrupts]")) write({ ...unsent, interrupted: true });
if (form && unsent?.interrupted && unsent.name === name) {
  restore(form, unsent.fields);
  for (const note of document.querySelectorAll("[data-restored]")) note.hidden = false;
}
if (unsent && (form || document.querySelector("[data-arrived]"))) sessionStorage.removeItem(KEY);
form?.addEventListener("submit", () => write({ name, fields: typedIn(form) }));

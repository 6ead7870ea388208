/*
 * A page of the chart that is one form goes out by `sending`, as what is pressed does: without a connection
 * what was typed waits on this device, and stands here. Once it is kept the page goes on; what the server
 * refuses is posted by the browser, so that the page says why.
 *
 * What waited since earlier arrives while the page is open: an untouched page is shown anew with it, any other
 * says so.
 */

import { sending } from "./charted.js";

const form = document.querySelector("[data-chart]");
const arrived = document.querySelector("[data-arrived]");
const own = new Set();
let going = null; // what was sent last, with the button that was pressed; null once more is typed
let isTouched = "answered" in form.dataset;
let isRefused = false;

function send(event) {
  if (isRefused) return;
  event.preventDefault();
  const fields = {};
  for (const [name, value] of new FormData(form, event.submitter)) (fields[name] ??= []).push(value);
  delete fields.csrfmiddlewaretoken;
  const id = sending.add(location.pathname, fields, words());
  own.add(id);
  going = { id, button: event.submitter };
  isTouched = true;
}

/** What was typed, to be read where it can't be kept. */
function words() {
  const facts = [...form.elements].filter(isSaid).map(fact);
  return `${document.querySelector("h1").textContent}: ${facts.join(", ")}`;
}

function isSaid(field) {
  const done = field.closest("tr")?.querySelector("[type=checkbox]");
  if (done && !done.checked) return false;
  return labelOf(field) && (field.type === "checkbox" ? field.checked : field.value);
}

function fact(field) {
  if (field.type === "checkbox") return labelOf(field);
  return `${labelOf(field)}: ${field.selectedOptions?.[0].textContent ?? field.value}`;
}

function labelOf(field) {
  return field.ariaLabel ?? field.labels?.[0]?.textContent.trim();
}

function kept({ detail: item }) {
  if (item.id === going?.id) return location.assign(going.button.dataset.then);
  if (own.has(item.id) || !concerns(item)) return;
  if (isTouched || form.querySelector("input:checked:not([checked])")) arrived.hidden = false;
  else if (!sending.waiting.some(concerns)) location.replace(location.href);
}

/** An examination shows its own alone; what is ticked is all that isn't charted yet, whatever it came from. */
function concerns({ address }) {
  return address.endsWith(arrived.dataset.arrived);
}

function refused({ detail: { id, why } }) {
  if (id !== going?.id || !why) return;
  sending.remove(id);
  isRefused = true;
  form.requestSubmit(going.button);
}

document.addEventListener("input", ({ target }) => {
  if (target.form !== form) return;
  isTouched = true;
  isRefused = false;
  going = null;
});
form.addEventListener("submit", send);
sending.addEventListener("kept", kept);
sending.addEventListener("refused", refused);

/*
 * The note keeps itself: some seconds after the last letter the draft is saved, one saving at a time. Another
 * window's change isn't overwritten: saving stops, and the next press of a button shows both. This window's own
 * savings have names, so that one whose answer was lost isn't taken for another window's.
 *
 * It isn't signed while something that was charted waits on this device. What arrives after the draft was
 * made isn't in it: an untouched draft is made anew, any other says so.
 */

import { sending } from "./charted.js";

const AFTER = 2500; // ms without a letter

const form = document.querySelector("[data-note]");
const kept = document.querySelector("[data-kept]");
const arrived = document.querySelector("[data-arrived]");
const unsent = document.querySelector("[data-unsent]");
let timer = null;
let isSaving = false;
let typed = 0; // how often something was
let sent = 0; // how much of it
let saved = 0;

function later(after) {
  clearTimeout(timer);
  timer = setTimeout(save, after);
}

async function save() {
  if (isSaving) return later(AFTER);
  isSaving = true;
  const all = typed;
  try {
    await read(await post(), all);
  } catch {
    later(2 * AFTER); // no connection: the text stands here, and is tried again
  }
  isSaving = false;
}

function post(how = {}) {
  nameSaving();
  return fetch(form.action, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams(new FormData(form)),
    redirect: "manual",
    ...how,
  });
}

/** Each text is a saving of its own. */
function nameSaving() {
  const { savings } = form.elements;
  if (sent < typed) savings.value = [savings.value, crypto.randomUUID()].filter(Boolean).join(",");
  sent = typed;
}

async function read(answer, all) {
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  const said = isJson ? await answer.json() : {};
  if (!answer.ok || !isJson) {
    kept.textContent = why(answer, said, isJson);
    return;
  }
  form.elements.revision.value = said.revision;
  form.elements.savings.value = "";
  saved = all;
  kept.textContent = saved === typed ? kept.dataset.words : "";
}

/** Why it isn't saved, for who writes; what failed on our side is tried with the next letter. */
function why({ type, status }, { signed }, isJson) {
  if (type === "opaqueredirect" || status === 403) return form.dataset.signedOut;
  if (signed) return form.dataset.signed;
  return isJson ? form.dataset.elsewhere : "";
}

/** Sends first what waits; then the next press signs, if nothing is left. */
function sign(event) {
  if (event.submitter?.name !== "sign" || !sending.items.length) return;
  event.preventDefault();
  unsent.hidden = false;
  sending.flush();
}

function tellArrived() {
  if (typed || form.elements.revision.value !== "0") arrived.hidden = false;
  else if (!sending.waiting.length) location.replace(arrived.dataset.at);
}

form.addEventListener("input", () => {
  typed += 1;
  kept.textContent = "";
  later(AFTER);
});
window.addEventListener("pagehide", () => {
  if (saved < typed) post({ keepalive: true }); // who goes on within these seconds loses nothing
});
form.addEventListener("submit", sign);
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target !== form) return; // also while there is no connection
  clearTimeout(timer);
  nameSaving();
  saved = typed; // it goes with the form
});
if (document.querySelector("[data-restored]:not([hidden])")) {
  typed = 1; // before signing in again
  later(AFTER);
}
sending.addEventListener("kept", tellArrived);
sending.addEventListener("state", () => {
  if (!sending.items.length) unsent.hidden = true;
});

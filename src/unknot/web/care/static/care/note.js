/*
 * The note keeps itself: some seconds after the last letter the draft is saved. Another window's change isn't
 * overwritten: saving stops, and the next press of a button shows both.
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
let waiting = null;
let isTouched = false;

async function save(how = {}) {
  waiting = null;
  let answer;
  try {
    answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams(new FormData(form)),
      redirect: "manual",
      ...how,
    });
  } catch {
    waiting = setTimeout(save, 2 * AFTER); // no connection: the text stands here, and is tried again
    return;
  }
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  const said = isJson ? await answer.json() : {};
  if (answer.ok && isJson) form.elements.revision.value = said.revision;
  kept.textContent = answer.ok && isJson ? kept.dataset.words : said.signed ? form.dataset.signed : isJson ? form.dataset.elsewhere : "";
}

/** Sends first what waits; then the next press signs, if nothing is left. */
function sign(event) {
  if (event.submitter?.name !== "sign" || !sending.items.length) return;
  event.preventDefault();
  unsent.hidden = false;
  sending.flush();
}

function tellArrived() {
  if (isTouched || form.elements.revision.value !== "0") arrived.hidden = false;
  else if (!sending.waiting.length) location.replace(arrived.dataset.at);
}

form.addEventListener("input", () => {
  clearTimeout(waiting);
  isTouched = true;
  kept.textContent = "";
  waiting = setTimeout(save, AFTER);
});
window.addEventListener("pagehide", () => {
  if (waiting) save({ keepalive: true }); // who goes on within these seconds loses nothing
});
form.addEventListener("submit", sign);
form.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  clearTimeout(waiting);
  waiting = null;
});
sending.addEventListener("kept", tellArrived);
sending.addEventListener("state", () => {
  if (!sending.items.length) unsent.hidden = true;
});

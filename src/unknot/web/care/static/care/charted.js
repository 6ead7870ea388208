/*
 * On every page of a session: sends what waits on this device, says how that goes, and lists what can't be
 * kept as it is, to be mended, sent again, written down or removed. A form that the browser posts leaves with
 * its page: it goes only while the server is there.
 */

import { Sending } from "./sending.js";

const place = document.querySelector("[data-charted]");
const saved = document.querySelector("[data-charting]");
const list = place.querySelector("[data-aside]");
const row = place.querySelector("template").content.firstElementChild;
const LONG = 10_000; // ms without an answer
let shown = "";
let isHeldUp = false; // a form couldn't go
let isThere = false;

export const sending = new Sending(place.dataset.key, place.dataset.fresh);

function show() {
  const { state, waiting, aside } = sending;
  const says = isHeldUp ? "offline" : state === "signed-out" ? "signedOut" : state;
  saved.textContent = (saved.dataset[says] ?? "").replace("{n}", waiting.length);
  saved.classList.toggle("is-waiting", isHeldUp || state === "waiting" || state === "signed-out");
  const now = JSON.stringify(aside);
  if (now !== shown) list.replaceChildren(...aside.map(rowOf)); // what is being typed there stays
  shown = now;
  place.hidden = !aside.length;
}

function rowOf({ id, label, why, fields }) {
  const made = row.cloneNode(true);
  made.querySelector("[data-label]").textContent = label;
  made.querySelector("[data-why]").textContent = why || place.dataset.unknown;
  const mended = [...made.querySelectorAll("[data-mend]")];
  for (const field of mended) {
    field.disabled = fields[field.name] === undefined;
    field.closest("label").hidden = field.disabled;
    field.value = fields[field.name] ?? "";
  }
  made.querySelector("[data-send-again]").addEventListener("click", () => {
    if (!mended.every((field) => field.reportValidity())) return;
    const typed = mended.filter((field) => !field.disabled);
    sending.again(id, Object.fromEntries(typed.map((field) => [field.name, Number(field.value)])));
  });
  made.querySelector("[data-remove]").addEventListener("click", () => sending.remove(id));
  return made;
}

async function post(event) {
  if (event.defaultPrevented || event.target.method !== "post" || isThere) return;
  event.preventDefault();
  isHeldUp = !(await answers());
  show();
  if (isHeldUp) return;
  isThere = true;
  event.target.requestSubmit(event.submitter);
  isThere = false;
}

async function answers() {
  try {
    const how = { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(LONG) };
    return (await fetch(place.dataset.there, how)).status < 500;
  } catch {
    return false;
  }
}

document.addEventListener("submit", post);
sending.addEventListener("state", show);
show();
sending.flush();

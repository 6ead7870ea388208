/*
 * On every page of a session: sends what waits on this device, says how that goes, and lists what can't be
 * kept as it is, to be mended, sent again, written down or removed.
 */

import { Sending } from "./sending.js";

const place = document.querySelector("[data-charted]");
const saved = document.querySelector("[data-charting]");
const list = place.querySelector("[data-aside]");
const row = place.querySelector("template").content.firstElementChild;
let shown = "";

export const sending = new Sending(place.dataset.key, place.dataset.fresh);

function show() {
  const { state, waiting, aside } = sending;
  saved.textContent = (saved.dataset[state === "signed-out" ? "signedOut" : state] ?? "").replace("{n}", waiting.length);
  saved.classList.toggle("is-waiting", state === "waiting" || state === "signed-out");
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

sending.addEventListener("state", show);
show();
sending.flush();

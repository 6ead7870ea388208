/*
 * What was timed and waited on this device arrives while holds are ticked: an untouched page is shown anew with
 * it, any other says so.
 */

import { sending } from "./charted.js";

const form = document.querySelector("[data-tick]");
const arrived = document.querySelector("[data-arrived]");
let isTouched = false;

form.addEventListener("input", () => (isTouched = true));
sending.addEventListener("kept", () => {
  if (isTouched) arrived.hidden = false;
  else if (!sending.waiting.length) location.replace(location.href);
});

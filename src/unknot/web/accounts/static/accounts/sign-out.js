/*
 * What was charted and waits on this device (see care/sending.js) tells of somebody's health. Who signs out is
 * warned of it first, and leaves nothing of it here.
 */

const left = Object.keys(localStorage).filter((key) => key.startsWith("unknot-charting-"));

document.querySelector("[data-left]").hidden = !left.length;
document.querySelector("[data-sign-out]").addEventListener("submit", () => {
  for (const key of left) localStorage.removeItem(key);
});

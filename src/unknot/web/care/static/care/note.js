/*
 * The note keeps itself: some seconds after the last letter the draft is saved. Another window's change isn't
 * overwritten: saving stops, and the next press of a button shows both.
 */

const AFTER = 2500; // ms without a letter

const form = document.querySelector("[data-note]");
const kept = document.querySelector("[data-kept]");
let waiting = null;

async function save() {
  let answer;
  try {
    answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams(new FormData(form)),
      redirect: "manual",
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

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  kept.textContent = "";
  waiting = setTimeout(save, AFTER);
});
form?.addEventListener("submit", () => clearTimeout(waiting));

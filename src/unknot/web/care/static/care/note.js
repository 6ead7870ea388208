/*
 * The note keeps itself: some seconds after the last letter the draft is saved. Another window's change isn't
 * overwritten: saving stops, and the next press of a button shows both.
 */

const AFTER = 2500; // ms without a letter

const form = document.querySelector("[data-note]");
const kept = document.querySelector("[data-kept]");
let waiting = null;

async function save() {
  const fields = new FormData(form);
  try {
    const answer = await fetch(location.href, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams(fields),
      redirect: "manual",
    });
    if (!answer.ok) return;
    const { revision } = await answer.json();
    form.elements.revision.value = revision;
    kept.textContent = kept.dataset.words;
  } catch {
    waiting = setTimeout(save, 2 * AFTER); // no connection: the text stands here, and is tried again
  }
}

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  kept.textContent = "";
  waiting = setTimeout(save, AFTER);
});
form?.addEventListener("submit", () => clearTimeout(waiting));

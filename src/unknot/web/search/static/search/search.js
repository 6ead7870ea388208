// "Near me", who works with what was marked, and by video the reader's own clock. The drawing stays in this
// tab: only the browser looks at it.

const KEPT = "unknot.walk";

const near = document.querySelector("[data-near-me]");
if (near && "geolocation" in navigator) {
  near.hidden = false;
  near.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const place = near.form.elements.namedItem("place");
        place.value = `${coords.latitude.toFixed(2)}, ${coords.longitude.toFixed(2)}`; // a kilometre is enough
        near.form.requestSubmit();
      },
      () => {
        document.querySelector("[data-no-position]").hidden = false;
      },
      { timeout: 10_000, maximumAge: 600_000 },
    );
  });
}

function markedGroups() {
  const table = document.getElementById("groups-of-regions");
  if (!table) return new Set();
  const groups = JSON.parse(table.textContent);
  try {
    const drawn = JSON.parse(sessionStorage.getItem(KEPT))?.drawing ?? {};
    const places = Object.keys(drawn).filter((name) => name.startsWith("pain-"));
    return new Set(places.map((name) => groups[name.slice("pain-".length).split(":")[0]]));
  } catch {
    return new Set();
  }
}

function renumber(cards) {
  for (const [index, card] of cards.entries()) {
    const number = card.querySelector(".result-number");
    const mark = document.querySelector(`.map a[href="#${card.id}"] .map-number`);
    if (number) number.textContent = index + 1;
    if (mark) mark.textContent = index + 1;
  }
}

const marked = markedGroups();
const list = document.querySelector("[data-results]");
if (list && marked.size) {
  const fitting = [...list.querySelectorAll("[data-focus]")].filter((card) =>
    card.dataset.focus.split(" ").some((group) => marked.has(group)),
  );
  for (const card of fitting) {
    card.querySelector(".fits").hidden = false;
    for (const name of card.querySelectorAll("[data-group]")) {
      if (marked.has(name.dataset.group)) name.classList.add("fits");
    }
  }
  list.prepend(...fitting);
  renumber([...list.querySelectorAll(".result")]);
  document.querySelector("[data-fit]").hidden = fitting.length === 0;
}

const own = new Intl.DateTimeFormat(document.documentElement.lang, {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
for (const time of document.querySelectorAll("[data-own-clock]")) {
  const said = Object.fromEntries(own.formatToParts(new Date(time.dateTime)).map((p) => [p.type, p.value]));
  time.textContent = `${said.weekday}, ${said.day} ${said.month}, ${said.hour}:${said.minute}`;
}

/*
 * <session-guide>: one trigger point after another, with a ring that counts the seconds of each press.
 *
 * All that it needs stands in the page (`#guide`, from unknot.web.care.guide), so that a lost connection stops
 * nothing; what was charted goes out by `Sending`. The seconds come from the clock and not from counted ticks:
 * a screen that slept is noticed by the gap, and the hold asks how long it was.
 */

import { Sending } from "./sending.js";

const TICK = 100; // ms
const SLEPT = 2500; // ms between two ticks, from which on the screen has slept
const FOUND = 12;

class SessionGuide extends HTMLElement {
  #data;
  #sending;
  #point = null; // the id of the chosen one
  #press = 0; // which press of the point, from 0
  #cap = null; // a level below the plan's, since it hurt too much
  #hold = null; // the press that runs or was just ended
  #timer = null;
  #wake = null;

  connectedCallback() {
    this.#data = JSON.parse(document.getElementById("guide").textContent);
    this.#sending = new Sending(`unknot-charting-${this.#data.session}`, {
      token: () => this.querySelector("[name=csrfmiddlewaretoken]").value,
      changed: (state, waiting) => this.#showState(state, waiting),
      refused: (why) => this.#say(fill(this.#data.words.refused, { why }), true),
    });
    this.#part("figures").hidden = false;
    this.#listen();
    this.#showDone();
    for (const button of this.#part("queue").querySelectorAll("[data-point]")) this.#count(button);
    const first = this.#data.queue.find((id) => !this.#data.points[id].closed);
    if (first) this.#choose(first);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
    this.#wake?.release();
  }

  #part(name) {
    return this.querySelector(`[data-${name}]`);
  }

  #listen() {
    this.#part("press").addEventListener("click", () => (this.#timer ? this.#letGo() : this.#begin()));
    this.#part("next").addEventListener("click", () => this.#nextPoint());
    this.#part("again").addEventListener("click", () => this.#choose(this.#point));
    this.#part("search").addEventListener("input", (event) => this.#look(event.target.value));
    this.#part("slept-seconds").addEventListener("change", (event) => this.#correct(event.target));
    this.#part("finding").addEventListener("submit", (event) => this.#keepFinding(event));
    this.addEventListener("click", (event) => {
      const pressed = event.target.closest("[data-point], [data-pain-during], [data-pain-after], [data-response], [data-back]");
      if (pressed) this.#pressed(pressed);
    });
    this.#part("figures").addEventListener("click", (event) => {
      const place = event.target.closest("[data-place]")?.dataset.place;
      if (place) this.#showAt(place);
    });
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && this.#timer) this.#stayAwake();
    });
  }

  #pressed(button) {
    const { point, painDuring, painAfter, response, back } = button.dataset;
    if (point) this.#choose(point);
    else if (painDuring) this.#rate(button, "pain_during", Number(painDuring));
    else if (painAfter) this.#rate(button, "pain_after", Number(painAfter));
    else if (response) this.#rate(button, "response", response);
    else if (back) this.#takeBack(back);
  }

  // ---- choosing a point

  #choose(id) {
    const point = this.#data.points[id];
    if (!point || point.closed || this.#timer) return;
    this.#point = id;
    this.#press = 0;
    this.#cap = null;
    this.#hold = null;
    this.#part("name").textContent = point.name;
    this.#part("where").textContent = [point.at, point.where].filter(Boolean).join(": ");
    this.#part("cautions").replaceChildren(...[point.position, point.grip, ...point.cautions].filter(Boolean).map(item));
    this.#part("ceiling").textContent = fill(this.#data.words.ceiling, { n: point.ceiling });
    this.#part("finding-point").value = id;
    this.#part("finding-wrong").textContent = "";
    this.#showFinding(this.#data.findings[id]);
    for (const button of this.querySelectorAll("[data-point]")) {
      button.toggleAttribute("aria-current", button.dataset.point === id);
    }
    this.#ready();
  }

  /** Shows the press that comes next. */
  #ready() {
    const { words } = this.#data;
    this.#part("after").hidden = true;
    this.#part("during").hidden = true;
    this.#part("press").disabled = false;
    this.#part("press").textContent = this.#press ? words.next_press : words.press;
    this.#show(0);
    this.#showLevel();
    this.#say(fill(words.round, { n: this.#press + 1, of: this.#presses().length }));
  }

  /** The levels of all presses of the point. */
  #presses() {
    const { levels, rounds } = this.#data.points[this.#point];
    return Array.from({ length: rounds }, () => levels).flat();
  }

  #level() {
    const presses = this.#presses();
    const planned = presses[Math.min(this.#press, presses.length - 1)];
    return this.#cap ? Math.min(planned, this.#cap) : planned;
  }

  // ---- holding

  #begin() {
    this.#hold = {
      public_id: crypto.randomUUID(),
      point: this.#point,
      level: this.#level(),
      seconds: 0,
      pain_during: null,
      pain_after: null,
      response: "",
      begun: Date.now(),
      seen: Date.now(),
      slept: false,
    };
    this.#part("after").hidden = true;
    this.#part("during").hidden = false;
    this.#unmark();
    this.#part("press").textContent = this.#data.words.let_go;
    this.#say("");
    this.#stayAwake();
    this.#timer = setInterval(() => this.#tick(), TICK);
  }

  #tick() {
    const now = Date.now();
    if (now - this.#hold.seen > SLEPT) return this.#wokeUp();
    this.#hold.seen = now;
    const seconds = (now - this.#hold.begun) / 1000;
    const point = this.#data.points[this.#point];
    const before = Number(this.#part("seconds").textContent);
    this.#show(seconds);
    if (Math.floor(seconds) !== before && Math.floor(seconds) === point.seconds) this.#signal();
    if (seconds >= point.most) this.#say(this.#data.words.longer, true);
  }

  #wokeUp() {
    this.#hold.slept = true;
    this.#letGo(this.#hold.seen);
    const until = this.#hold.seconds;
    this.#part("slept").hidden = false;
    this.#part("slept-words").textContent = fill(this.#data.words.slept, { n: until });
    this.#part("slept-seconds").value = until;
  }

  #letGo(at = Date.now()) {
    clearInterval(this.#timer);
    this.#timer = null;
    this.#wake?.release();
    this.#wake = null;
    const { most } = this.#data.points[this.#point];
    this.#hold.seconds = Math.min(Math.round((at - this.#hold.begun) / 1000), most);
    if (this.#hold.seconds < 1) return this.#ready(); // touched by mistake
    this.#part("slept").hidden = true;
    this.#keepHold();
    this.#data.holds.push(this.#hold);
    this.#press += 1;
    this.#showDone();
    const isLast = this.#press >= this.#presses().length;
    this.#part("after").hidden = !isLast && !this.#hold.slept;
    this.#part("during").hidden = false;
    this.#part("press").textContent = isLast ? this.#data.words.press : this.#data.words.next_press;
    if (!isLast) {
      this.#showLevel();
      this.#say(fill(this.#data.words.now_at, { n: this.#level() }));
    }
    for (const button of this.querySelectorAll(`[data-queue] [data-point="${CSS.escape(this.#point)}"]`)) this.#count(button);
  }

  #rate(button, key, value) {
    if (!this.#hold) return;
    this.#hold[key] = value;
    for (const other of button.parentElement.children) other.toggleAttribute("aria-pressed", other === button);
    button.setAttribute("aria-pressed", "true");
    if (key === "pain_during") this.#mindCeiling(value);
    if (!this.#timer) this.#keepHold();
  }

  /** Above what was agreed the guide says so, and the next presses are a level lighter. */
  #mindCeiling(pain) {
    const { ceiling } = this.#data.points[this.#point];
    if (pain <= ceiling) return this.#say("");
    this.#cap = Math.max(1, this.#hold.level - 1);
    this.#say(fill(this.#data.words.ease_off, { pain, ceiling }), true);
    this.#signal();
  }

  #correct(field) {
    if (!field.checkValidity() || !field.value) return field.reportValidity();
    this.#hold.seconds = Number(field.value);
    this.#keepHold();
    this.#showDone();
  }

  #keepHold() {
    const { public_id, point, level, seconds, pain_during, pain_after, response } = this.#hold;
    this.#sending.add(this.#data.holds_at, { public_id, point, level, seconds, pain_during, pain_after, response });
  }

  #takeBack(public_id) {
    this.#data.holds = this.#data.holds.filter((hold) => hold.public_id !== public_id);
    this.#sending.add(this.#data.holds_at + "forget/", { hold: public_id });
    this.#showDone();
    for (const button of this.#part("queue").querySelectorAll("[data-point]")) this.#count(button);
  }

  #nextPoint() {
    const open = this.#data.queue.filter((id) => !this.#data.points[id].closed);
    const next = open.find((id) => !this.#data.holds.some((hold) => hold.point === id)) ?? open[0];
    this.#choose(next && next !== this.#point ? next : this.#point);
    this.#part("work").scrollIntoView({ block: "start" });
  }

  // ---- finding

  #keepFinding(event) {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(event.target));
    delete fields.csrfmiddlewaretoken;
    if (!["familiar", "tenderness", "taut_band", "twitch"].some((key) => fields[key])) {
      event.target.querySelector("select").focus();
      return;
    }
    const said = { yes: true, no: false };
    this.#data.findings[this.#point] = {
      familiar: said[fields.familiar] ?? null,
      tenderness: fields.tenderness === "" ? null : Number(fields.tenderness),
      taut_band: said[fields.taut_band] ?? null,
      twitch: said[fields.twitch] ?? null,
    };
    this.#sending.add(this.#data.findings_at, fields);
    event.target.closest("details").open = false;
  }

  #showFinding(found) {
    const form = this.#part("finding");
    for (const key of ["familiar", "taut_band", "twitch"]) {
      form.elements[key].value = found?.[key] == null ? "" : found[key] ? "yes" : "no";
    }
    form.elements.tenderness.value = found?.tenderness ?? "";
  }

  // ---- another place

  #showAt(place) {
    const found = Object.entries(this.#data.points).filter(([, point]) => point.places.includes(place));
    this.#list(found);
    for (const region of this.#part("figures").querySelectorAll("[data-place]")) {
      region.classList.toggle("is-chosen", region.dataset.place === place);
    }
  }

  #look(typed) {
    const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const fits = ([, point]) => words.every((word) => point.name.toLowerCase().includes(word));
    this.#list(words.length ? Object.entries(this.#data.points).filter(fits).slice(0, FOUND) : []);
  }

  #list(found) {
    const rows = found.map(([id, point]) => {
      const row = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "queue-point";
      button.disabled = Boolean(point.closed);
      button.dataset.point = id;
      button.append(text("span", point.name), text("span", point.closed ?? "", "small quiet"));
      row.append(button);
      if (point.closed && point.areas && point.closed === this.#data.words.waits) row.append(this.#askFor(point.areas));
      return row;
    });
    this.#part("found").replaceChildren(...(rows.length ? rows : [text("li", this.#data.words.nothing_here, "quiet small")]));
  }

  #askFor(areas) {
    const link = document.createElement("a");
    const asked = new URLSearchParams(areas.map((area) => ["area", area]));
    link.href = `${this.#data.consent_at}?${asked}`;
    link.className = "small";
    link.textContent = this.#data.words.ask_consent;
    return link;
  }

  // ---- showing

  #show(seconds) {
    const goal = this.#point ? this.#data.points[this.#point].seconds : 20;
    this.#part("seconds").textContent = String(Math.floor(seconds));
    this.#part("fill").style.strokeDasharray = `${Math.min(100, (100 * seconds) / goal)} 100`;
    this.#part("ring").classList.toggle("is-full", seconds >= goal);
  }

  #showLevel() {
    this.#part("level").textContent = fill(this.#data.words.level, { n: this.#level() });
  }

  #showDone() {
    const { words } = this.#data;
    this.#part("done").replaceChildren(
      ...this.#data.holds.map((hold) => {
        const row = document.createElement("li");
        const name = hold.name ?? this.#data.points[hold.point].name;
        const facts = [fill(words.seconds, { n: hold.seconds }), fill(words.level, { n: hold.level })];
        const back = text("button", words.take_back, "link-button");
        back.type = "button";
        back.dataset.back = hold.public_id;
        row.append(text("span", `${name}: ${facts.join(", ")}`), back);
        return row;
      }),
    );
  }

  #count(button) {
    const here = this.#data.holds.filter((hold) => hold.point === button.dataset.point).length;
    const closed = this.#data.points[button.dataset.point]?.closed;
    button.querySelector("[data-count]").textContent = closed ?? (here ? fill(this.#data.words.done, { n: here }) : "");
  }

  #showState(state, waiting) {
    const { words } = this.#data;
    const said = { saved: words.saved, sending: words.sending, waiting: fill(words.waiting, { n: waiting }), "signed-out": words.signed_out };
    this.#part("saved").textContent = said[state];
    this.#part("saved").classList.toggle("is-waiting", state === "waiting" || state === "signed-out");
  }

  #say(words, isUrgent = false) {
    this.#part("say").textContent = words;
    this.#part("say").classList.toggle("is-urgent", isUrgent);
  }

  #unmark() {
    for (const button of this.querySelectorAll("[aria-pressed]")) button.removeAttribute("aria-pressed");
  }

  /** A soft tick: felt where the device can, heard as one short low tone. */
  #signal() {
    navigator.vibrate?.(60);
    try {
      const sound = new AudioContext();
      const tone = sound.createOscillator();
      const volume = sound.createGain();
      volume.gain.setValueAtTime(0.06, sound.currentTime);
      volume.gain.exponentialRampToValueAtTime(0.0001, sound.currentTime + 0.25);
      tone.frequency.value = 330;
      tone.connect(volume).connect(sound.destination);
      tone.start();
      tone.stop(sound.currentTime + 0.25);
      tone.onended = () => sound.close();
    } catch {
      // no sound here: the ring says it too
    }
  }

  async #stayAwake() {
    try {
      this.#wake = await navigator.wakeLock?.request("screen");
    } catch {
      this.#wake = null; // the battery is low, or it isn't allowed: the gap is noticed
    }
  }
}

function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (_all, key) => values[key]);
}

function item(words) {
  return text("li", words);
}

function text(tag, words, className = "") {
  const element = document.createElement(tag);
  element.textContent = words;
  if (className) element.className = className;
  return element;
}

customElements.define("session-guide", SessionGuide);

/*
 * <session-guide>: one trigger point after another, with a ring that counts the seconds of each press.
 *
 * All that it needs stands in the page (`#guide`, from unknot.web.care.guide), so that a lost connection stops
 * nothing; what was charted goes out by `sending`. The seconds come from the clock and not from counted ticks:
 * a screen that slept is noticed by the gap, and the hold asks how long it was.
 */

import { sending } from "./charted.js";

const TICK = 100; // ms
const SLEPT = 2500; // ms between two ticks, from which on the screen has slept
const FOUND = 12;
const TWICE = 400; // ms within which a second tap is meant for the first
const LESS_MOTION = matchMedia("(prefers-reduced-motion: reduce)");

class SessionGuide extends HTMLElement {
  #data;
  #point = null; // the id of the chosen one
  #hold = null; // the press that runs or was just ended
  #asked = null; // the one whose length is asked
  #tapped = -TWICE; // when the button was last pressed
  #timer = null;
  #wake = null;

  connectedCallback() {
    this.#data = JSON.parse(document.getElementById("guide").textContent);
    for (const hold of this.#data.holds) hold.isKept = true;
    for (const { fields } of sending.items) this.#remember(fields);
    this.#part("figures").hidden = false;
    this.#listen();
    this.#listenToSending();
    this.#showHolds();
    this.#goOn();
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
    this.#wake?.release();
  }

  #part(name) {
    return this.querySelector(`[data-${name}]`);
  }

  #listen() {
    this.#part("press").addEventListener("click", () => this.#tap());
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
    window.addEventListener("pagehide", () => {
      if (this.#timer) this.#letGo(); // what was pressed by then waits on the device
    });
  }

  #listenToSending() {
    sending.addEventListener("kept", ({ detail }) => {
      const hold = this.#holdOf(detail.fields);
      if (!hold) return;
      hold.isKept = true;
      this.#showHolds();
    });
    sending.addEventListener("mended", ({ detail }) => {
      this.#remember(detail.fields);
      this.#showHolds();
    });
    sending.addEventListener("refused", ({ detail }) => {
      this.#say(this.#refused(detail), true);
      this.#showHolds();
    });
    sending.addEventListener("removed", ({ detail }) => {
      const hold = this.#holdOf(detail.fields);
      if (hold && !hold.isKept) this.#forget(hold.public_id);
      else this.#showHolds();
    });
  }

  #holdOf(fields) {
    return this.#data.holds.find((hold) => hold.public_id === fields.public_id);
  }

  /** What waits since this page was open before stands among what was done. */
  #remember(fields) {
    const hold = this.#holdOf(fields);
    if (fields.hold) this.#data.holds = this.#data.holds.filter((one) => one.public_id !== fields.hold);
    else if (hold) Object.assign(hold, fields);
    else if (fields.public_id && this.#data.points[fields.point]) this.#data.holds.push({ ...fields });
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

  /** Where the page was left: at the point that was begun last, else at the first that wasn't yet. */
  #goOn() {
    const last = this.#data.holds.at(-1)?.point;
    const isHalfDone = this.#data.points[last]?.levels && this.#press(last) > 0;
    this.#choose(isHalfDone ? last : this.#untouched());
  }

  #untouched() {
    const open = this.#data.queue.filter((id) => !this.#data.points[id].closed);
    return open.find((id) => !this.#held(id).length) ?? open[0];
  }

  #choose(id) {
    const point = this.#data.points[id];
    if (!point || point.closed || this.#timer) return;
    this.#settle();
    this.#point = id;
    this.#hold = null;
    this.#part("name").textContent = point.name;
    this.#part("where").textContent = [point.at, point.where].filter(Boolean).join(": ");
    this.#part("only-by").hidden = !point.only_by_grip;
    this.#part("grip").textContent = point.grip;
    const grip = point.only_by_grip ? "" : point.grip; // stands above the ring already
    this.#part("cautions").replaceChildren(...[point.where, point.position, grip, ...point.cautions].filter(Boolean).map(item));
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
    this.#part("press").textContent = this.#press() ? words.next_press : words.press;
    this.#show(0, this.#level());
    this.#say(fill(words.round, { n: this.#press() + 1, of: this.#presses().length }));
  }

  /** The levels of all presses of a point. */
  #presses(id = this.#point) {
    const { levels, rounds } = this.#data.points[id];
    return Array.from({ length: rounds }, () => levels).flat();
  }

  /** What was pressed at a point; charted before this page was opened, or in it. */
  #held(id = this.#point) {
    return this.#data.holds.filter((hold) => hold.point === id);
  }

  /** Which press of a point comes next, from 0; after the last it begins anew. */
  #press(id = this.#point) {
    return this.#held(id).length % this.#presses(id).length;
  }

  /** Of the press that comes next: as planned, and lighter than what hurt more than was agreed. */
  #level() {
    const { ceiling } = this.#data.points[this.#point];
    const tooMuch = this.#held().filter((hold) => hold.pain_during > ceiling);
    const lighter = tooMuch.map((hold) => Math.max(1, hold.level - 1));
    return Math.min(this.#presses()[this.#press()], ...lighter);
  }

  // ---- holding

  #tap() {
    const now = performance.now(); // the clock may be set back
    if (now - this.#tapped < TWICE) return;
    this.#tapped = now;
    if (this.#timer) this.#letGo();
    else this.#begin();
  }

  #begin() {
    this.#settle();
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
    this.#show(0, this.#hold.level);
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
    this.#show(seconds, this.#hold.level);
    if (Math.floor(seconds) !== before && Math.floor(seconds) === point.seconds) this.#signal();
    if (seconds >= point.most) this.#say(this.#data.words.longer, true);
  }

  #wokeUp() {
    this.#hold.slept = true;
    this.#letGo(this.#hold.seen);
    if (this.#hold) this.#askHowLong(this.#data.words.slept);
  }

  /** Asked by the chart of the hold that was just ended; what is charted stays until it is answered. */
  #askHowLong(words, n = this.#hold.seconds) {
    this.#asked = this.#hold;
    this.#part("slept").hidden = false;
    this.#part("after").hidden = false;
    this.#part("slept-words").textContent = fill(words, { n, longest: this.#data.longest });
    this.#part("slept-seconds").value = this.#hold.seconds;
  }

  #letGo(at = Date.now()) {
    clearInterval(this.#timer);
    this.#timer = null;
    this.#wake?.release();
    this.#wake = null;
    const lasted = Math.floor((at - this.#hold.begun) / 1000); // as the ring counted
    if (lasted < 1) return this.#notPressed();
    this.#hold.seconds = Math.min(lasted, this.#data.longest);
    this.#keepHold(this.#hold);
    this.#data.holds.push(this.#hold);
    this.#showHolds();
    this.#show(this.#hold.seconds, this.#hold.level);
    const isLast = this.#press() === 0;
    this.#part("after").hidden = !isLast;
    this.#part("during").hidden = false;
    this.#part("press").textContent = isLast ? this.#data.words.press : this.#data.words.next_press;
    this.#sayNext();
    this.#mindLength(lasted);
  }

  /** What comes next while the last press still stands in the ring; nothing when the point is done. */
  #sayNext() {
    const next = { n: this.#press() + 1, of: this.#presses().length, level: this.#level() };
    this.#say(this.#press() ? fill(this.#data.words.next_at, next) : "");
  }

  /** Touched by mistake. */
  #notPressed() {
    this.#hold = null;
    this.#ready();
  }

  #mindLength(lasted) {
    const { most } = this.#data.points[this.#point];
    if (lasted > most) this.#say(fill(this.#data.words.over, { n: lasted, most }), true);
    if (lasted > this.#data.longest) this.#askHowLong(this.#data.words.too_long, lasted);
  }

  #rate(button, key, value) {
    if (!this.#hold) return;
    this.#hold[key] = value;
    for (const other of button.parentElement.children) other.toggleAttribute("aria-pressed", other === button);
    button.setAttribute("aria-pressed", "true");
    if (key === "pain_during") this.#mindCeiling(value);
    if (!this.#timer) this.#keepHold(this.#hold);
  }

  /** Above what was agreed the guide says so, and the next presses are a level lighter. */
  #mindCeiling(pain) {
    const { ceiling } = this.#data.points[this.#point];
    if (pain <= ceiling) return this.#timer ? this.#say("") : this.#sayNext();
    this.#say(fill(this.#data.words.ease_off, { pain, ceiling }), true);
    this.#signal();
  }

  #correct(field) {
    if (!this.#asked || !field.value || !field.reportValidity()) return;
    if (this.#asked.seconds === Number(field.value)) return;
    this.#asked.seconds = Number(field.value);
    this.#keepHold(this.#asked);
    if (this.#asked === this.#hold) this.#show(this.#hold.seconds, this.#hold.level);
    this.#showHolds();
  }

  /** What was typed counts also where the field didn't lose the focus before the next tap, as on some tablets. */
  #settle() {
    const field = this.#part("slept-seconds");
    if (field.checkValidity()) this.#correct(field);
    this.#asked = null;
    this.#part("slept").hidden = true;
  }

  #keepHold(hold) {
    const { public_id, point, level, seconds, pain_during, pain_after, response } = hold;
    const fields = { public_id, point, level, seconds, pain_during, pain_after, response };
    sending.add(this.#data.holds_at, fields, this.#words(hold));
  }

  #takeBack(public_id) {
    const { words } = this.#data;
    const label = `${words.take_back}: ${this.#words(this.#holdOf({ public_id }))}`;
    for (const one of sending.aside.filter((aside) => aside.fields.public_id === public_id)) sending.remove(one.id);
    sending.add(this.#data.forget_at, { hold: public_id }, label);
    this.#forget(public_id);
  }

  /** Takes a hold out of this page, also out of the hand: a rating would bring it back. */
  #forget(public_id) {
    this.#data.holds = this.#data.holds.filter((hold) => hold.public_id !== public_id);
    if (this.#asked?.public_id === public_id) this.#asked = null;
    if (this.#hold?.public_id === public_id) {
      this.#hold = null;
      this.#unmark();
    }
    if (this.#point && !this.#hold) this.#ready();
    else if (this.#point && !this.#timer) this.#sayNext();
    this.#showHolds();
  }

  #nextPoint() {
    this.#choose(this.#untouched() ?? this.#point);
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
    sending.add(this.#data.findings_at, fields, this.#findingWords(event.target));
    event.target.closest("details").open = false;
  }

  #findingWords(form) {
    const said = [...form.querySelectorAll("select")].filter((field) => field.value);
    const facts = said.map((field) => `${field.labels[0].textContent}: ${field.selectedOptions[0].textContent}`);
    return `${this.#data.points[this.#point].name}: ${facts.join(", ")}`;
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

  /** Posted, so that no address says where somebody is to be touched. */
  #askFor(areas) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = this.#data.consent_at;
    const secret = this.#part("finding").elements.csrfmiddlewaretoken.cloneNode();
    const button = text("button", this.#data.words.ask_consent, "link-button small");
    form.append(secret, hidden("ask", "yes"), ...areas.map((area) => hidden("area", area)), button);
    return form;
  }

  // ---- showing

  #show(seconds, level) {
    const goal = this.#point ? this.#data.points[this.#point].seconds : 20;
    this.#part("seconds").textContent = String(Math.floor(seconds));
    this.#part("level").textContent = fill(this.#data.words.level, { n: level });
    const filled = LESS_MOTION.matches ? Math.floor(seconds) : seconds;
    this.#part("fill").style.strokeDasharray = `${Math.min(100, (100 * filled) / goal)} 100`;
    this.#part("ring").classList.toggle("is-full", seconds >= goal);
    this.#part("ring").classList.toggle("is-empty", filled === 0);
  }

  #showHolds() {
    this.#part("none").hidden = this.#data.holds.length > 0;
    this.#part("done").replaceChildren(...this.#data.holds.map((hold) => this.#done(hold)));
    for (const button of this.#part("queue").querySelectorAll("[data-point]")) this.#count(button);
  }

  #done(hold) {
    const { words } = this.#data;
    const row = document.createElement("li");
    const back = text("button", words.take_back, "link-button");
    back.type = "button";
    back.dataset.back = hold.public_id;
    row.append(text("span", this.#words(hold)), back);
    const refused = sending.aside.find(({ fields }) => fields.public_id === hold.public_id);
    if (refused) row.append(text("span", this.#refused(refused), "error small"));
    return row;
  }

  #refused({ why }) {
    return why ? fill(this.#data.words.refused, { why }) : this.#data.words.unknown;
  }

  /** A hold in one line; also for the note, where it couldn't be kept. */
  #words(hold) {
    const { words } = this.#data;
    const facts = [fill(words.seconds, { n: hold.seconds }), fill(words.level, { n: hold.level })];
    if (hold.pain_during !== null) facts.push(fill(words.pain_during, { n: hold.pain_during }));
    if (hold.pain_after !== null) facts.push(fill(words.pain_after, { n: hold.pain_after }));
    if (hold.response) facts.push(words[hold.response]);
    return `${hold.name ?? this.#data.points[hold.point].name}: ${facts.join(", ")}`;
  }

  #count(button) {
    const here = this.#data.holds.filter((hold) => hold.point === button.dataset.point).length;
    const closed = this.#data.points[button.dataset.point]?.closed;
    button.querySelector("[data-count]").textContent = closed ?? (here ? fill(this.#data.words.done, { n: here }) : "");
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

/** Words that count are two, for one and for more. */
function fill(words, values) {
  const said = Array.isArray(words) ? words[values.n === 1 ? 0 : 1] : words;
  return said.replace(/\{(\w+)\}/g, (_all, key) => values[key]);
}

function item(words) {
  return text("li", words);
}

function hidden(name, value) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name, value });
  return field;
}

function text(tag, words, className = "") {
  const element = document.createElement(tag);
  element.textContent = words;
  if (className) element.className = className;
  return element;
}

customElements.define("session-guide", SessionGuide);

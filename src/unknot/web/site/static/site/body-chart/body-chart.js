/*
 * <body-chart>: mark on a figure how strongly it hurts where.
 *
 * It adds to what the server rendered, and holds no state of its own: the fields of the list are the drawing.
 *
 *   <body-chart>
 *     <div data-figures> … what unknot.atlas.chart.render_chart() returns … </div>
 *     <div data-list>
 *       <input type="number" name="pain-temple:left" aria-label="Temple, left">   (or a <select>; "" is no pain)
 *       …
 *     </div>
 *   </body-chart>
 *
 * A tap on a region opens the picker, whose choice goes into the field `pain-<place>`; the field then fires
 * `input` and `change`, as if typed. Where the shape under the finger is finer than a fingertip, that part opens
 * larger first: the figure named in `data-opens`, else the place itself, magnified. What is typed into the list
 * shows on the figures. All words are the server's. The figures are hidden from assistive technology; the list
 * is the way by keyboard.
 */

const FINGERTIP = 44; // CSS pixels
const FINE_ENOUGH = { mouse: 15, touch: 38, pen: 30 }; // breadth in CSS pixels that each can hit
const NUMBER = 15; // CSS pixels, where the shape has room for it
const SVG = "http://www.w3.org/2000/svg";

class BodyChart extends HTMLElement {
  #figures;
  #fields = new Map(); // place → field
  #chosen = null; // the place that the picker is open for
  #undo = []; // [place, value before]
  #gone = new AbortController(); // ends all listening

  connectedCallback() {
    this.#figures = this.querySelector("[data-figures]");
    if (!this.#figures?.querySelector("[data-picker]")) return;
    for (const field of this.querySelectorAll('[data-list] [name^="pain-"]')) {
      this.#fields.set(field.name.slice("pain-".length), field);
    }
    this.#listen();
    this.#part("tabs").hidden = false;
    this.#part("hint").hidden = false;
    this.classList.add("is-live");
    this.#watchSwipes();
    this.paint();
  }

  disconnectedCallback() {
    this.#gone.abort();
    this.#gone = new AbortController();
  }

  /** Show on every figure what the list says. */
  paint() {
    for (const place of this.#fields.keys()) this.#paintPlace(place);
  }

  #part(name) {
    return this.#figures.querySelector(`[data-${name}]`);
  }

  #intensity(place) {
    const value = Number(this.#fields.get(place)?.value);
    return Number.isInteger(value) && value >= 1 && value <= 10 ? value : 0;
  }

  #name(place) {
    const field = this.#fields.get(place);
    return field?.getAttribute("aria-label") || field?.labels?.[0]?.textContent.trim() || place;
  }

  // ---- painting

  #paintPlace(place) {
    const intensity = this.#intensity(place);
    for (const region of this.#figures.querySelectorAll(`[data-place="${place}"]`)) paintRegion(region, intensity);
  }

  // ---- listening

  #listen() {
    const { signal } = this.#gone;
    const on = (target, type, run) => target.addEventListener(type, run, { signal });
    on(this.#figures, "click", (event) => this.#click(event));
    on(this.#figures, "pointermove", (event) => this.#hover(event));
    on(this.#figures, "pointerleave", () => this.#unname());
    on(this.#part("picker"), "pointerover", (event) => this.#say(event.target));
    on(this.#part("picker"), "focusin", (event) => this.#say(event.target));
    const list = this.querySelector("[data-list]");
    on(list, "input", (event) => this.#paintPlace(placeOf(event.target)));
    on(list, "change", (event) => this.#paintPlace(placeOf(event.target)));
    on(list, "focusin", (event) => this.#pointAt(placeOf(event.target)));
    on(list, "focusout", () => this.#pointAt(null));
    on(document, "keydown", (event) => this.#key(event));
    on(document, "pointerdown", (event) => this.#pressOutside(event));
    on(window, "pageshow", () => this.paint()); // the browser may fill fields in again
  }

  #key(event) {
    if (event.key !== "Escape") return;
    if (this.#chosen) this.#close();
    else this.#showWhole();
  }

  #pressOutside(event) {
    if (this.#chosen && !this.#figures.contains(event.target)) this.#close();
  }

  #click(event) {
    const does = event.target.closest("[data-do]")?.dataset.do;
    const step = event.target.closest(".picker-step");
    const tab = event.target.closest("[data-show]");
    if (step) this.#choose(step.value);
    else if (does === "remove") this.#choose("");
    else if (does === "close") this.#close();
    else if (does === "undo") this.#takeBack();
    else if (does === "whole") this.#showWhole();
    else if (tab) this.#show(tab.dataset.show);
    else if (!event.target.closest("[data-picker]")) this.#tap(event);
  }

  #tap(event) {
    const region = event.target.closest("[data-place]") ?? this.#nearest(event);
    if (!region) {
      this.#close();
      return;
    }
    const svg = region.ownerSVGElement;
    const larger = Boolean(region.closest("[data-larger]"));
    const breadth = Number(region.dataset.breadth) * scaleOf(svg);
    const enough = FINE_ENOUGH[event.pointerType] ?? FINE_ENOUGH.mouse;
    if (region.dataset.opens) this.#openPart(region.dataset.opens);
    else if (!larger && breadth < enough) this.#magnify(region, event);
    else this.#open(region.dataset.place, event);
  }

  /** The region next to a tap of a finger that just missed the body. */
  #nearest(event) {
    const svg = event.target.closest("svg");
    if (!svg || event.pointerType === "mouse") return null;
    for (let reach = 6; reach <= FINGERTIP / 2; reach += 4) {
      for (let angle = 0; angle < 2 * Math.PI; angle += Math.PI / 6) {
        const x = event.clientX + reach * Math.cos(angle);
        const y = event.clientY + reach * Math.sin(angle);
        const found = document.elementFromPoint(x, y)?.closest("[data-place]");
        if (found?.ownerSVGElement === svg) return found;
      }
    }
    return null;
  }

  // ---- names

  #hover(event) {
    const label = this.#part("name");
    const region = event.target.closest("[data-place]");
    if (!region || event.pointerType !== "mouse") {
      this.#unname();
      return;
    }
    const place = region.dataset.place;
    const intensity = this.#intensity(place);
    label.textContent = intensity ? `${this.#name(place)} · ${intensity}` : this.#name(place);
    label.hidden = false;
    const frame = label.parentElement.getBoundingClientRect();
    const x = Math.min(event.clientX - frame.left + 14, frame.width - label.offsetWidth);
    const y = Math.max(event.clientY - frame.top - label.offsetHeight - 10, 0);
    label.style.transform = `translate(${Math.max(x, 0)}px, ${y}px)`;
  }

  #unname() {
    this.#part("name").hidden = true;
  }

  /** Show on the figures which region the field that has the focus stands for. */
  #pointAt(place) {
    for (const region of this.#figures.querySelectorAll(".is-near")) region.classList.remove("is-near");
    if (!place) return;
    for (const region of this.#figures.querySelectorAll(`[data-place="${place}"]`)) region.classList.add("is-near");
  }

  // ---- the picker

  #open(place, event) {
    this.#close();
    this.#unname();
    this.#chosen = place;
    const picker = this.#part("picker");
    const now = this.#intensity(place);
    picker.querySelector("[data-place-name]").textContent = this.#name(place);
    picker.querySelector('[data-do="remove"]').hidden = !now;
    for (const step of picker.querySelectorAll(".picker-step")) {
      step.setAttribute("aria-pressed", String(Number(step.value) === now));
    }
    this.#say(picker);
    picker.hidden = false;
    this.#placePicker(picker, event);
    for (const region of this.#figures.querySelectorAll(`[data-place="${place}"]`)) region.classList.add("is-chosen");
  }

  #placePicker(picker, event) {
    picker.style.left = picker.style.top = "";
    if (getComputedStyle(picker).position === "fixed") {
      const hidden = event.clientY + FINGERTIP - (window.innerHeight - picker.offsetHeight);
      if (hidden > 0) window.scrollBy({ top: hidden, behavior: calm() ? "instant" : "smooth" });
      return;
    }
    const frame = this.#figures.getBoundingClientRect();
    const right = event.clientX - frame.left + 24;
    const left = right - picker.offsetWidth - 48;
    const fits = right + picker.offsetWidth <= frame.width;
    const highest = Math.max(-frame.top + 8, 0);
    const lowest = Math.min(frame.height, window.innerHeight - frame.top - 8) - picker.offsetHeight;
    const top = Math.max(Math.min(event.clientY - frame.top - 60, lowest), highest);
    picker.style.left = `${Math.max(fits ? right : left, 0)}px`;
    picker.style.top = `${top}px`;
  }

  #say(target) {
    const said = this.#part("picker").querySelector(".picker-ask");
    const step = target.closest(".picker-step");
    said.textContent = step ? `${step.value} · ${step.dataset.word}` : said.dataset.ask;
  }

  #close() {
    this.#chosen = null;
    this.#part("picker").hidden = true;
    for (const region of this.#figures.querySelectorAll(".is-chosen")) region.classList.remove("is-chosen");
  }

  #choose(value) {
    const place = this.#chosen;
    this.#undo.push([place, this.#fields.get(place).value]);
    this.#set(place, value);
    this.#close();
    const word = this.#part("picker").querySelector(`.picker-step[value="${value}"]`)?.dataset.word;
    this.#tellDone(value ? `${this.#name(place)}: ${value}, ${word}` : this.#name(place));
  }

  #set(place, value) {
    const field = this.#fields.get(place);
    field.value = value;
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
  }

  #takeBack() {
    const last = this.#undo.pop();
    if (last) this.#set(...last);
    if (this.#undo.length) this.#tellDone(this.#name(this.#undo.at(-1)[0]));
    else this.#tellDone("");
  }

  #tellDone(text) {
    this.#part("said").textContent = text;
    this.#part("done").hidden = !text;
    this.#part("hint").hidden = Boolean(text);
  }

  // ---- figures: which one shows, and parts of them larger

  #show(view) {
    this.#showWhole();
    const stage = this.#part("stage");
    const figure = stage.querySelector(`[data-view="${view}"]`);
    stage.scrollTo({ left: figure.offsetLeft - stage.offsetLeft, behavior: calm() ? "instant" : "smooth" });
  }

  #watchSwipes() {
    const stage = this.#part("stage");
    const tabs = [...this.#figures.querySelectorAll("[data-show]")];
    const seen = (entries) => {
      const shown = entries.find((entry) => entry.isIntersecting)?.target.dataset.view;
      if (!shown) return;
      for (const tab of tabs) tab.setAttribute("aria-pressed", String(tab.dataset.show === shown));
    };
    const watcher = new IntersectionObserver(seen, { root: stage, threshold: 0.6 });
    for (const figure of stage.children) watcher.observe(figure);
    const reachByKey = () => (stage.tabIndex = stage.scrollWidth > stage.clientWidth ? 0 : -1);
    new ResizeObserver(reachByKey).observe(stage);
  }

  #openPart(id) {
    const figure = this.#part("parts").content.querySelector(`[data-view="${id}"]`);
    this.#enlarge(figure.cloneNode(true));
  }

  #magnify(region, event) {
    const figure = region.closest("[data-view]").cloneNode(true);
    const svg = region.ownerSVGElement;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    this.#enlarge(figure);
    frameAround(figure.querySelector("svg"), at, Number(region.dataset.breadth));
    this.paint();
  }

  #enlarge(figure) {
    this.#close();
    this.#unname();
    this.#part("part").replaceChildren(figure);
    this.#part("larger").hidden = false;
    this.#part("stage").hidden = true;
    this.paint();
    this.#part("larger").scrollIntoView({ block: "nearest" });
  }

  #showWhole() {
    this.#close();
    this.#part("larger").hidden = true;
    this.#part("part").replaceChildren();
    this.#part("stage").hidden = false;
    this.paint();
  }
}

function placeOf(field) {
  return field.name?.startsWith("pain-") ? field.name.slice("pain-".length) : null;
}

/** Whether the person asked for less motion. */
function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** CSS pixels for one unit of the figure. */
function scaleOf(svg) {
  return svg.getScreenCTM()?.a || 1; // 1 while it isn't shown
}

function paintRegion(region, intensity) {
  region.classList.remove(...[...region.classList].filter((name) => name.startsWith("pain-")));
  if (intensity) region.classList.add(`pain-${intensity}`);
  const svg = region.ownerSVGElement;
  const place = region.dataset.place;
  svg.querySelector(`text[data-of="${place}"]`)?.remove();
  if (!intensity) return;
  const usual = NUMBER / scaleOf(svg);
  const size = Math.min(usual, Math.max(0.9 * Number(region.dataset.breadth), 0.45 * usual));
  const [x, y] = region.dataset.at.split(" ").map(Number);
  const number = document.createElementNS(SVG, "text");
  number.setAttribute("class", `pain-number on-pain-${intensity}`);
  number.dataset.of = place;
  number.setAttribute("x", x);
  number.setAttribute("y", y + 0.35 * size);
  number.setAttribute("font-size", size);
  number.textContent = intensity;
  svg.append(number);
}

/** Narrow the view to what lies around a point, so that a shape of this breadth fills a fingertip. */
function frameAround(svg, at, breadth) {
  svg.classList.add("is-magnified");
  const whole = svg.viewBox.baseVal;
  const { clientWidth, clientHeight } = svg;
  const width = Math.min((clientWidth * breadth) / (1.25 * FINGERTIP), whole.width);
  const height = Math.min((width * clientHeight) / clientWidth, whole.height);
  const x = Math.min(Math.max(at.x - width / 2, whole.x), whole.x + whole.width - width);
  const y = Math.min(Math.max(at.y - height / 2, whole.y), whole.y + whole.height - height);
  svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
  keepSides(svg, { x, y, width });
}

/** The words for left and right, at the upper corners of what is shown. */
function keepSides(svg, { x, y, width }) {
  const size = NUMBER / scaleOf(svg);
  for (const [number, side] of svg.querySelectorAll(".figure-side").entries()) {
    side.setAttribute("x", x + (number ? width - size / 2 : size / 2));
    side.setAttribute("y", y + 1.3 * size);
    side.setAttribute("font-size", size);
    side.classList.add(number ? "figure-side--end" : "figure-side--start");
    svg.append(side); // over the body
  }
}

customElements.define("body-chart", BodyChart);

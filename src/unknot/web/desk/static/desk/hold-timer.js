/* <hold-timer data-seconds="20">: counts a hold at home, 10 to 30 seconds, by the clock; says when to let go. */

const TICK = 200; // ms

class HoldTimer extends HTMLElement {
  #timer = null;
  #begun = 0;

  connectedCallback() {
    const { start } = this.dataset;
    this.hidden = false;
    this.innerHTML = '<button type="button" class="button button--quiet"></button> <output></output>';
    this.#button.textContent = start;
    this.#button.addEventListener("click", () => (this.#timer ? this.#stop("") : this.#start()));
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  get #button() {
    return this.querySelector("button");
  }

  #start() {
    this.#begun = Date.now();
    this.#button.textContent = this.dataset.stop;
    this.#timer = setInterval(() => this.#tick(), TICK);
    this.#tick();
  }

  #tick() {
    const left = Number(this.dataset.seconds) - Math.floor((Date.now() - this.#begun) / 1000);
    if (left <= 0) this.#stop(this.dataset.done);
    else this.querySelector("output").textContent = String(left);
  }

  #stop(words) {
    clearInterval(this.#timer);
    this.#timer = null;
    this.#button.textContent = this.dataset.start;
    this.querySelector("output").textContent = words;
    if (words) navigator.vibrate?.(80);
  }
}

customElements.define("hold-timer", HoldTimer);

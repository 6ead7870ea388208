/*
 * What was charted goes to the server, and waits on this device until it is there.
 *
 *   const sending = new Sending(key, { token, changed, refused });
 *   sending.add(address, fields);   // fields: an object; its public_id makes a second sending the same thing
 *
 * The waiting stand in localStorage under `key`, in their order. What the server refuses is handed to
 * `refused` and dropped; all else is tried again: when the connection is back, and every few seconds.
 */

const AGAIN = 5000;

export class Sending {
  #key;
  #busy = false;
  #told;
  state = "saved"; // "saved", "sending", "waiting" or "signed-out"

  constructor(key, told) {
    this.#key = key;
    this.#told = told;
    window.addEventListener("online", () => this.flush());
    setInterval(() => this.flush(), AGAIN);
    this.flush();
  }

  get waiting() {
    try {
      return JSON.parse(localStorage.getItem(this.#key)) ?? [];
    } catch {
      return [];
    }
  }

  add(address, fields) {
    this.#keep([...this.waiting, { address, fields, id: crypto.randomUUID() }]);
    this.#told.changed("sending", this.waiting.length);
    this.flush();
  }

  async flush() {
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let [first] = this.waiting; first && (await this.#send(first)); [first] = this.waiting) {
        this.#keep(this.waiting.filter((one) => one.id !== first.id));
      }
    } finally {
      this.#busy = false;
      if (this.state !== "signed-out") this.state = this.waiting.length ? "waiting" : "saved";
      this.#told.changed(this.state, this.waiting.length);
    }
  }

  #keep(waiting) {
    if (waiting.length) localStorage.setItem(this.#key, JSON.stringify(waiting));
    else localStorage.removeItem(this.#key);
  }

  /** Whether this one is done with: kept, or refused for good. */
  async #send({ address, fields }) {
    let answer;
    try {
      answer = await fetch(address, {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": this.#told.token() },
        body: new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== null)),
        redirect: "manual",
        keepalive: true,
      });
    } catch {
      return false; // no connection
    }
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      this.state = "signed-out";
      return false;
    }
    this.state = "saved";
    if (answer.ok) return true;
    if (answer.status !== 409 && answer.status !== 422 && answer.status !== 404) return false; // try again
    const wrong = answer.status === 404 ? {} : (await answer.json()).wrong;
    this.#told.refused(Object.values(wrong).join(" "), fields);
    return true;
  }
}

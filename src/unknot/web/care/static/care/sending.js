/*
 * What was charted goes to the server, and waits on this device until it is there.
 *
 *   const sending = new Sending(key, fresh);
 *   sending.add(address, fields, label);   // a public_id in `fields` makes a second sending the same thing;
 *                                          // what has several values is a list; the answer is the item's id
 *
 * The waiting stand in localStorage under `key`, in their order. What the server refuses, or fails at three
 * times, is set aside with `why`, and no longer sent before somebody mends or removes it; all else is tried
 * again: when the connection is back, and every few seconds. `fresh` is a page of the session, which gives
 * another secret for forms when signing in again has made this page's an old one.
 *
 * Events: "state" after every change; "kept", "mended", "removed" and "refused" with the item.
 */

const AGAIN = 5000;
const TRIES = 3;
const REFUSED = [404, 409, 422];
const NOT_NOW = [429, 502, 503, 504]; // the server isn't there, or has no time: no fault of what is sent
const SECRET = "csrfmiddlewaretoken";

export class Sending extends EventTarget {
  #key;
  #fresh;
  #running = null;
  state = ""; // "" until something is charted; "saved", "sending", "waiting" or "signed-out"

  constructor(key, fresh) {
    super();
    this.#key = key;
    this.#fresh = fresh;
    window.addEventListener("online", () => this.flush());
    setInterval(() => this.flush(), AGAIN);
  }

  /** All that isn't on the server yet. */
  get items() {
    try {
      return JSON.parse(localStorage.getItem(this.#key)) ?? [];
    } catch {
      return [];
    }
  }

  get waiting() {
    return this.items.filter((one) => one.why === undefined);
  }

  get aside() {
    return this.items.filter((one) => one.why !== undefined);
  }

  add(address, fields, label) {
    const id = crypto.randomUUID();
    this.#keep([...this.items, { address, fields, label, id, tries: 0 }]);
    this.#turn("sending");
    this.flush();
    return id;
  }

  /** Sends what was set aside once more, as it was mended. */
  again(id, mended) {
    const { fields } = this.items.find((one) => one.id === id);
    this.#change(id, { fields: { ...fields, ...mended }, tries: 0, why: undefined });
    this.#tell("mended", { fields: { ...fields, ...mended } });
    this.#turn("sending");
    this.flush();
  }

  remove(id) {
    const item = this.items.find((one) => one.id === id);
    this.#drop(id);
    this.#tell("removed", item);
    this.#turn(this.state);
  }

  /** Done when all was tried once. */
  flush() {
    this.#running ??= this.#sendAll().finally(() => (this.#running = null));
    return this.#running;
  }

  async #sendAll() {
    let isDone = true;
    for (let [first] = this.waiting; first && isDone; [first] = this.waiting) isDone = await this.#send(first);
    if (this.waiting.length) return this.#turn(this.state === "signed-out" ? this.state : "waiting");
    this.#turn(this.aside.length ? "" : this.state && "saved");
  }

  /** Whether this one is done with: kept, or set aside. */
  async #send(item) {
    let answer;
    try {
      answer = await this.#post(item);
    } catch {
      this.state = "waiting"; // no connection
      return false;
    }
    this.state = answer.type === "opaqueredirect" || answer.status === 403 ? "signed-out" : "sending";
    if (this.state === "signed-out" || NOT_NOW.includes(answer.status)) return false;
    if (answer.ok) return this.#kept(item);
    if (REFUSED.includes(answer.status)) return this.#setAside(item, await reason(answer));
    this.#change(item.id, { tries: item.tries + 1 });
    return item.tries + 1 >= TRIES && this.#setAside(item, "");
  }

  async #post(item) {
    const answer = await post(item);
    return answer.status === 403 && (await renewed(this.#fresh)) ? post(item) : answer;
  }

  #kept(item) {
    this.#drop(item.id);
    this.#tell("kept", item);
    return true;
  }

  #setAside(item, why) {
    const { id, fields } = item;
    const isEarlier = (one) => one.id !== id && one.why !== undefined && one.fields.public_id === fields.public_id;
    if (fields.public_id) this.#keep(this.items.filter((one) => !isEarlier(one))); // the later one says all
    this.#change(id, { why });
    this.#tell("refused", { ...item, why });
    return true;
  }

  #change(id, what) {
    this.#keep(this.items.map((one) => (one.id === id ? { ...one, ...what } : one)));
  }

  #drop(id) {
    this.#keep(this.items.filter((one) => one.id !== id));
  }

  #keep(items) {
    if (items.length) localStorage.setItem(this.#key, JSON.stringify(items));
    else localStorage.removeItem(this.#key);
  }

  #turn(state) {
    this.state = state;
    this.#tell("state");
  }

  #tell(event, detail) {
    this.dispatchEvent(new CustomEvent(event, { detail }));
  }
}

function post({ address, fields }) {
  return fetch(address, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": document.querySelector(`[name=${SECRET}]`).value },
    body: new URLSearchParams(Object.entries(fields).flatMap(pairs)),
    redirect: "manual",
    keepalive: true,
  });
}

function pairs([name, values]) {
  return [values].flat().filter((value) => value !== null).map((value) => [name, value]);
}

/** Why something was refused, in the server's words. */
async function reason(answer) {
  if (!answer.headers.get("Content-Type")?.startsWith("application/json")) return "";
  return Object.values((await answer.json()).wrong).join(" ");
}

/** Gives all forms of this page the secret that a page of now has; whether there is one. */
async function renewed(address) {
  const answer = await fetch(address, { redirect: "manual", cache: "no-store" });
  if (!answer.ok) return false;
  const [, secret] = (await answer.text()).match(new RegExp(`name="${SECRET}" value="([^"]+)"`)) ?? [];
  for (const field of document.querySelectorAll(`[name=${SECRET}]`)) field.value = secret ?? field.value;
  return Boolean(secret);
}

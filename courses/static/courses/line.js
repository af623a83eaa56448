// Sends what waits on this device, in order, as often as it takes. Every save has a key of its
// own and names the revision it saw: sent twice it counts once, and nobody is overwritten.

import { newKey } from "./store.js";

const PAUSE = 600;
const REPEAT = 20_000;
const PATIENCE = 25_000;

const secondsIn = (response) => Number(response.headers.get("Retry-After")) || 0;

export class Line {
  #timer;
  #running = false;
  #again = false;
  #failures = 0;

  // `page`: attempt, addresses and token. `hear`: what the page does when something happens.
  constructor(shelf, page, hear) {
    Object.assign(this, { shelf, page, hear, records: new Map(), isSignedOut: false });
  }

  async load() {
    for (const record of await this.shelf.of(this.page.attempt)) {
      this.records.set(record.question, record);
    }
    window.addEventListener("online", () => this.resume());
    document.addEventListener("visibilitychange", () => document.hidden || this.resume());
    setInterval(() => this.waiting && !this.isSignedOut && this.flush(), REPEAT);
  }

  get waiting() {
    return [...this.records.values()].filter(({ state }) => state === "waiting").length;
  }

  get handIn() {
    return this.records.get("");
  }

  // A change is on the device before anything else happens to it.
  async change(question, response, saw) {
    const record = this.records.get(question) ?? { attempt: this.page.attempt, question, saw };
    Object.assign(record, { response, key: newKey(), state: "waiting", problem: "" });
    this.records.set(question, record);
    await this.shelf.put(record);
    this.hear.changed();
    this.#soon(PAUSE);
    return record;
  }

  // The hand-in waits behind all answers. Its key stays the same until it is acknowledged.
  async askToHandIn() {
    const record = this.handIn ?? { attempt: this.page.attempt, question: "", key: newKey() };
    record.state = "waiting";
    this.records.set("", record);
    await this.shelf.put(record);
    this.hear.changed();
    return this.resume();
  }

  async goOnAnswering() {
    this.records.delete("");
    await this.shelf.remove(this.page.attempt, "");
    this.hear.changed();
  }

  resume() {
    this.#failures = 0;
    this.isSignedOut = false;
    return this.waiting ? this.flush() : undefined;
  }

  #soon(delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), delay);
  }

  async flush() {
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    try {
      do {
        this.#again = false;
        await this.#sendAll();
      } while (this.#again);
      this.#failures = 0;
    } catch (failure) {
      this.#failures += 1;
      if (failure.status !== 401) this.#soon(this.#delay(failure));
    } finally {
      this.#running = false;
      this.hear.changed();
    }
  }

  // 2, 4, 8, 16, 20 seconds: never longer, so that a short gap in a bad line is used.
  #delay({ seconds = 0 }) {
    return Math.max(seconds * 1000, Math.min(REPEAT, 1000 * 2 ** this.#failures));
  }

  async #sendAll() {
    const waiting = [...this.records.values()].filter(({ state }) => state === "waiting");
    for (const record of waiting.filter(({ question }) => question)) await this.#send(record);
    const still = [...this.records.values()].some((r) => r.state === "waiting" && r.question);
    if (this.handIn?.state === "waiting" && !still) await this.#sendHandIn();
  }

  // What was sent and not acknowledged is sent again as it was, before a newer change: whether it
  // arrived is not known, and only its own key can tell.
  async #send(record) {
    record.sent ??= { key: record.key, response: record.response, saw: record.saw };
    await this.shelf.put(record);
    const { question, sent } = record;
    const { status, body } = await this.post(this.page.answers, {
      question,
      ...sent,
      device: this.page.device,
    });
    const isNewest = record.key === sent.key;
    record.sent = null;
    if (status === 200) record.saw = body.revision;
    if (isNewest) record.state = status === 200 ? "saved" : "refused";
    record.problem = status === 200 ? "" : body.detail;
    await this.shelf.put(record);
    if (status === 200) this.hear.saved(question, body, isNewest);
    else this.hear.refused(question, body);
    this.hear.changed();
    if (!isNewest) await this.#send(record);
  }

  async #sendHandIn() {
    const { status, body } = await this.post(this.page.submit, { key: this.handIn.key });
    if (status !== 200 && status !== 409) {
      await this.goOnAnswering();
      this.hear.refused("", body);
      return;
    }
    for (const question of this.records.keys()) {
      await this.shelf.remove(this.page.attempt, question);
    }
    this.records.clear();
    this.hear.handedIn(body.result ?? this.page.result);
  }

  // An answer that means something, or a failure that means "later".
  async post(address, body) {
    const response = await this.#ask(address, body);
    if (response.status === 401 || response.status === 403) return this.#signIn(address, body);
    if (response.status >= 500 || [408, 429].includes(response.status)) {
      throw Object.assign(new Error("later"), { seconds: secondsIn(response) });
    }
    return { status: response.status, body: await response.json() };
  }

  #ask(address, body) {
    return fetch(address, {
      method: "POST",
      body: JSON.stringify(body),
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        "X-CSRFToken": this.page.token,
      },
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
  }

  async #signIn(address, body) {
    const token = this.isSignedOut ? undefined : await this.hear.signIn();
    if (token) {
      this.page.token = token;
      return this.post(address, body);
    }
    this.isSignedOut = true;
    throw Object.assign(new Error("signed out"), { status: 401 });
  }
}

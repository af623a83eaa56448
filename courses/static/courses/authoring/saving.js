// Saves a text as it is typed. Each save names the number that it was written over; of what
// this page sends, one follows the other.

import { Kept } from "./keeping.js";

const PAUSE = 700;
const REPEAT = 5_000;
const PATIENCE = 20_000;
// More than this a browser does not send from a page that goes.
const LAST_WORDS = 60_000;

export class Saving {
  #timer;
  #running = false;
  #changes = 0;
  #acknowledged = 0;

  // `page`: addresses, person, number, sitting, token. `read`: title and text as they are.
  // `hear`: what the page does when something happens.
  constructor(page, read, hear) {
    Object.assign(this, { page, read, hear, state: "idle", savedAt: "", why: "" });
    Object.assign(this, { saw: Number(page.number), sitting: page.sitting, turn: 0 });
    this.kept = new Kept(page.person, page.save, page.sitting);
    window.addEventListener("online", () => this.flush());
    window.addEventListener("pagehide", () => this.#sayLastWords());
    setInterval(() => this.isWaiting && this.state !== "signedOut" && this.flush(), REPEAT);
  }

  get isWaiting() {
    return this.#changes > this.#acknowledged;
  }

  // What an earlier page could not save, if there is anything.
  async takeUp() {
    const found = await this.kept.takeUp();
    if (found) Object.assign(this, { saw: found.saw, sitting: found.sitting, turn: found.turn });
    return found;
  }

  changed() {
    this.#changes += 1;
    this.#keep();
    this.#tell(["signedOut", "waiting"].includes(this.state) ? this.state : "saving");
    this.#soon();
  }

  // Whoever types on without a pause is saved all the same.
  #soon() {
    if (this.state !== "signedOut") this.#timer ??= setTimeout(() => this.flush(), PAUSE);
  }

  #keep() {
    const { saw, sitting, turn } = this;
    this.kept.write({ ...this.read(), saw, sitting, turn });
  }

  #tell(state) {
    this.state = state;
    this.hear.changed(this);
  }

  async flush() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#running || !this.isWaiting) return;
    this.#running = true;
    try {
      await this.#send();
      if (this.isWaiting) this.#soon();
    } catch {
      // What was told of a refusal stays; without a line it is tried again.
      if (this.state === "saving") this.#tell("waiting");
    } finally {
      this.#running = false;
    }
  }

  async #send() {
    const sent = this.#changes;
    this.turn += 1;
    this.#keep();
    const response = await fetch(this.page.save, {
      method: "POST",
      redirect: "manual",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.page.token },
      body: this.#body(),
      signal: AbortSignal.timeout(PATIENCE),
    });
    const isOut = response.type === "opaqueredirect" || [401, 403].includes(response.status);
    if (isOut) return this.#stop("signedOut");
    if (!response.ok) return this.#stop(response.status < 500 ? "refused" : "waiting", response);
    const body = await response.json();
    Object.assign(this, { saw: body.saw, savedAt: body.at });
    this.page.token = body.token;
    this.#acknowledged = sent;
    if (this.isWaiting) this.#keep();
    else this.kept.drop();
    this.#tell(this.isWaiting ? "saving" : "saved");
    return this.hear.saved(body);
  }

  async #stop(state, response) {
    const told = await response?.json().catch(() => ({}));
    this.why = told?.detail ?? String(response?.status ?? "");
    this.#tell(state);
    throw new Error(state);
  }

  #body() {
    const { saw, sitting, turn } = this;
    return JSON.stringify({ ...this.read(), saw, sitting, turn });
  }

  // Signed in again: what waits goes on under the token of the new session.
  resume(token) {
    this.page.token = token;
    // Until it is there nobody is told of an earlier time.
    this.savedAt = "";
    this.#tell("saving");
    return this.flush();
  }

  #sayLastWords() {
    if (!this.isWaiting || this.#running || this.state === "signedOut") return;
    this.turn += 1;
    this.#keep();
    const body = this.#body();
    if (body.length > LAST_WORDS) return;
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.page.token };
    fetch(this.page.save, { method: "POST", keepalive: true, headers, body }).catch(() => {});
  }
}

// The time that is left, drawn from a clock that nobody can set. The server's word counts: every
// save brings it again. Told in a region of its own, politely and seldom.

const STEPS = [600, 300, 60, 30];

export class Clock {
  #ends;
  #told = new Set();
  #interval;

  constructor(face, words, { left, total, say, over }) {
    Object.assign(this, { face, words, total, say, over });
    this.set(left);
    for (const step of this.#steps) if (left < step) this.#told.add(step);
    this.#interval = setInterval(() => this.#draw(), 1000);
    this.#draw();
  }

  get left() {
    return Math.max(0, (this.#ends - performance.now()) / 1000);
  }

  get #steps() {
    return [...new Set([Math.round(this.total / 2), ...STEPS])];
  }

  set(left) {
    if (left === null || left === undefined) return;
    this.#ends = performance.now() + left * 1000;
  }

  // "12 minutes left", "30 seconds left": whole minutes above one.
  inWords() {
    const { left } = this;
    const isLong = left > 60;
    const word = isLong ? this.words.minutes : this.words.seconds;
    return word.replace("{n}", isLong ? Math.round(left / 60) : Math.ceil(left));
  }

  #draw() {
    const left = Math.ceil(this.left);
    const parts = [Math.floor(left / 60), left % 60];
    this.face.textContent = parts.map((part) => String(part).padStart(2, "0")).join(":");
    this.face.closest(".timer").classList.toggle("is-short", left <= 60);
    const due = this.#steps.filter((step) => left <= step && left > 0 && !this.#told.has(step));
    for (const step of due) this.#told.add(step);
    if (due.length) this.say(this.inWords());
    if (left > 0) return;
    clearInterval(this.#interval);
    this.say(this.words.over);
    this.over();
  }
}

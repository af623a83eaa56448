// Moving between questions: one at a time on a phone, all of them on a desk; by keys, if wanted.

const KEYS = "quiz-keys";

const remembered = () => {
  try {
    return localStorage.getItem(KEYS) !== "off";
  } catch {
    return true;
  }
};

const remember = (isOn) => {
  try {
    localStorage.setItem(KEYS, isOn ? "on" : "off");
  } catch {
    // Storage is refused: the choice holds for this page.
  }
};

const isTyping = (target) =>
  target.matches("select, textarea, input:not([type=radio], [type=checkbox])");

export class Steps {
  onTime = () => {};
  #now = 0;

  constructor(parts) {
    Object.assign(this, parts);
    this.links = [...this.root.querySelectorAll(".question-list a")];
    this.steps = [...this.questions, document.getElementById("hand-in")];
    this.states = new Map();
  }

  start() {
    const target = this.steps.findIndex(({ id }) => `#${id}` === window.location.hash);
    this.#show(Math.max(0, target));
    // The browser had gone to it among all questions, before the others were hidden.
    if (target >= 0) this.steps[target].scrollIntoView({ block: "start" });
    window.addEventListener("hashchange", () => {
      const step = this.steps.findIndex(({ id }) => `#${id}` === window.location.hash);
      if (step >= 0) this.go(step);
    });
    this.paper.addEventListener("focusin", ({ target: focused }) => {
      const step = this.steps.indexOf(focused.closest(".question, #hand-in"));
      if (step >= 0) this.#show(step);
    });
    for (const button of this.root.querySelectorAll("[data-step]")) {
      button.addEventListener("click", () => this.go(this.#now + Number(button.dataset.step)));
    }
    this.#startKeys();
  }

  next() {
    this.go(this.#now + 1);
  }

  go(step) {
    const wanted = Math.min(Math.max(0, step), this.steps.length - 1);
    this.#show(wanted);
    const part = this.steps[wanted];
    part.focus({ preventScroll: true });
    part.scrollIntoView({ block: "start" });
  }

  #show(step) {
    this.#now = step;
    this.steps.forEach((part, index) => part.classList.toggle("is-now", index === step));
    for (const part of this.paper.querySelectorAll(".case-text")) {
      part.classList.toggle("is-now", part.dataset.case === this.steps[step].dataset.case);
    }
    this.links.forEach((link, index) => {
      if (index === step) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    });
    const isLast = step === this.questions.length;
    const where = this.root.querySelector("[data-where]");
    where.textContent = isLast ? where.dataset.last : where.dataset.where.replace("{n}", step + 1);
    for (const button of this.root.querySelectorAll("[data-step]")) {
      button.disabled = Number(button.dataset.step) < 0 ? step === 0 : isLast;
    }
  }

  // The state of a question in the list beside the paper, and in the list before handing in.
  draw(question, state) {
    this.states.set(question, state);
    const link = this.links[this.questions.indexOf(question)];
    link.classList.toggle("is-done", state.isAnswered);
    link.classList.toggle("is-flagged", state.isFlagged);
    const said = [state.isAnswered ? this.words.answered : this.words.unanswered];
    if (state.isFlagged) said.push(this.words.flaggedState);
    link.querySelector(".visually-hidden").textContent = said.join(", ");
    this.#list("open-questions", ({ isAnswered }) => !isAnswered);
    this.#list("flagged-questions", ({ isFlagged }) => isFlagged);
  }

  #list(id, wanted) {
    const found = this.questions.filter((question) => wanted(this.states.get(question) ?? {}));
    const place = document.getElementById(id);
    place.hidden = found.length === 0;
    const links = found.map((question) => {
      const link = document.createElement("a");
      link.href = `#${question.id}`;
      link.textContent = question.dataset.position;
      return link;
    });
    place.querySelector("[data-list]").replaceChildren(...links);
    document.getElementById("all-answered").hidden = !document.getElementById("open-questions").hidden;
  }

  #startKeys() {
    const box = document.getElementById("keys-on");
    box.checked = remembered();
    box.addEventListener("change", () => remember(box.checked));
    document.addEventListener("keydown", (event) => {
      const { key, target, ctrlKey, altKey, metaKey } = event;
      if (!box.checked || ctrlKey || altKey || metaKey || isTyping(target)) return;
      if (document.querySelector("dialog[open]")) return;
      if (this.#press(key.toLowerCase())) event.preventDefault();
    });
  }

  #press(key) {
    const question = this.questions[this.#now];
    if (/^[1-9]$/.test(key)) return this.#choose(question, Number(key));
    const acts = {
      n: () => this.next(),
      p: () => this.go(this.#now - 1),
      f: () => question?.querySelector(".flag").click(),
      t: () => this.onTime(),
    };
    acts[key]?.();
    return key in acts;
  }

  #choose(question, digit) {
    const option = question?.querySelectorAll(".option > input")[digit - 1];
    option?.focus();
    option?.click();
    return Boolean(option);
  }
}

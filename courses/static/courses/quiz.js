// A paper: every change is kept on the device at once and sent soon after. Without scripts the
// same page is a plain form.

import { isAnswered, read, watchOrder, write } from "./answers.js";
import { Line } from "./line.js";
import { deviceName, shelfOf } from "./store.js";
import { Steps } from "./steps.js";

const root = document.getElementById("quiz");
const words = document.getElementById("words").dataset;
const paper = document.getElementById("paper");
const stateLine = document.getElementById("save-line");
const questions = [...paper.querySelectorAll(".question")];
const byToken = new Map(questions.map((question) => [question.dataset.question, question]));
const page = { ...root.dataset, device: deviceName(), token: paper.elements.csrfmiddlewaretoken.value };
const language = document.documentElement.lang;
const isPhone = window.matchMedia("(max-width: 47.99rem)");
const tabs = new BroadcastChannel(`answers-${page.attempt}`);
let clock;
let lastSaved = stateLine.querySelector("time")?.dateTime;

const say = (text) => {
  document.getElementById("live").textContent = text;
};
const revisionOf = (question) => Number(question.dataset.revision);
const clockTime = (moment) =>
  new Date(moment).toLocaleTimeString(language, { timeStyle: "short", hourCycle: "h23" });

// --- What the page says of itself -----------------------------------------------------------

const stateWord = () => {
  const { waiting, handIn, isSignedOut } = line;
  const answers = waiting - (handIn?.state === "waiting" ? 1 : 0);
  if (isSignedOut && waiting) return words.signedOut.replace("{n}", answers);
  if (handIn) return words.handingIn;
  if (answers) return (shelf.isLasting ? words.kept : words.unkept).replace("{n}", answers);
  return lastSaved ? words.saved.replace("{time}", clockTime(lastSaved)) : words.nothing;
};

const drawState = () => {
  const text = stateWord();
  // The same words again would be read out again.
  if (stateLine.textContent.trim() !== text) stateLine.textContent = text;
  stateLine.classList.toggle("is-waiting", line.waiting > 0);
  stateLine.classList.toggle("is-idle", text === words.nothing);
  stateLine.hidden = false;
  document.getElementById("sign-in-again").hidden = !(line.isSignedOut && line.waiting);
  document.getElementById("waiting-hand-in").hidden = !line.handIn;
  document.getElementById("ready").hidden = Boolean(line.handIn);
};

const drawQuestion = (question) => {
  const isFlagged = question.dataset.flagged === "yes";
  const flag = question.querySelector(".flag");
  flag.setAttribute("aria-pressed", String(isFlagged));
  steps.draw(question, { isAnswered: isAnswered(question), isFlagged });
};

const tell = (question, text, kind = "hint") => {
  const place = question.querySelector("[data-told]");
  place.textContent = text;
  place.className = kind;
};

// --- What is heard of the line ---------------------------------------------------------------

const saved = (token, body, isNewest) => {
  const question = byToken.get(token);
  lastSaved = body.saved_at;
  askToBeKept();
  question.dataset.revision = body.revision;
  clock?.set(body.seconds_left);
  if (body.outcome === "late") return window.location.assign(page.result);
  if (!isNewest) return undefined;
  tell(question, body.problem || body.read_as, body.problem ? "wrong" : "hint");
  question.querySelector("[data-feedback]").innerHTML = body.feedback ?? "";
  if (body.feedback) say(question.querySelector("[data-feedback] .verdict")?.textContent ?? "");
  if (body.outcome === "beside") {
    question.querySelector("[data-beside]").innerHTML = body.beside;
    say(words.beside.replace("{n}", question.dataset.position));
  }
  const { key } = line.records.get(token);
  return tabs.postMessage({ token, key, revision: body.revision, response: read(question) });
};

const refused = (token, body) => {
  const question = byToken.get(token);
  if (question) tell(question, body.detail, "wrong");
  say(body.detail);
};

// The worker does nothing when it has the page already; a save shows that the line is there.
const askToBeKept = async () => (await navigator.serviceWorker?.ready)?.active.postMessage("keep");

// Gone with the session of the browser, unless another page said that this person stays longer:
// then the copy on this device opens for nobody.
const sayWhoIsHere = () => {
  if (document.cookie.includes(`here=${page.person}`)) return;
  const secure = window.location.protocol === "https:" ? "; secure" : "";
  document.cookie = `here=${page.person}; path=/; samesite=strict${secure}`;
};

const signIn = async () => {
  const { signIn: ask } = await import("./sign-in.js");
  const token = await ask(page, document.getElementById("sign-in"));
  if (token) sayWhoIsHere();
  if (token) askToBeKept();
  return token;
};

const shelf = await shelfOf(page.person);
const line = new Line(shelf, page, {
  changed: drawState,
  saved,
  refused,
  signIn,
  handedIn: (address) => window.location.assign(address),
});
const steps = new Steps({ root, paper, questions, words, isPhone, say });

// --- What the learner does -------------------------------------------------------------------

const changed = async (question) => {
  const response = read(question);
  const record = await line.change(question.dataset.question, response, revisionOf(question));
  drawQuestion(question);
  tabs.postMessage({ record, response, token: question.dataset.question });
};

const flag = async (question) => {
  const isFlagged = question.dataset.flagged !== "yes";
  question.dataset.flagged = isFlagged ? "yes" : "";
  drawQuestion(question);
  say(isFlagged ? words.flagged : words.unflagged);
  const body = { question: question.dataset.question, is_flagged: isFlagged };
  // A flag is a help to memory, not an answer: without a line it stays on this page.
  await line.post(page.flag, body).catch(() => {});
};

const choose = async (question, button) => {
  const [other, verb] = button.value.split(":");
  try {
    const { status, body } = await line.post(page.choose, { other, take: verb === "take" });
    if (status !== 200) return tell(question, body.detail, "wrong");
    question.querySelector("[data-beside]").innerHTML = body.beside;
    question.dataset.revision = body.revision;
    const record = line.records.get(question.dataset.question);
    if (record) Object.assign(record, { saw: body.revision, response: body.response });
    if (record) await shelf.put(record);
    write(question, body.response);
    drawQuestion(question);
    question.focus();
    return say(words.chosen);
  } catch {
    return tell(question, words.later, "wrong");
  }
};

const clear = (question) => {
  write(question, {});
  changed(question);
  question.focus();
};

const actions = { flag, clear, choose };

for (const question of questions) {
  question.addEventListener("input", ({ target }) => {
    if (target.closest(".order")) return;
    changed(question);
  });
  watchOrder(question, (row) => {
    const place = [...row.parentElement.children].indexOf(row) + 1;
    say(words.place.replace("{text}", row.dataset.text).replace("{n}", place));
    changed(question);
  });
  question.addEventListener("click", (event) => {
    const button = event.target.closest("button[name]");
    if (!button || !actions[button.name]) return;
    event.preventDefault();
    actions[button.name](question, button);
  });
  question.querySelector("[data-keep-order]")?.addEventListener("click", () => {
    question.querySelectorAll(".order input").forEach((input, index) => {
      input.value = index + 1;
    });
    changed(question);
    say(words.orderKept);
  });
}

paper.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.submitter?.name !== "go") steps.next();
});

document.getElementById("hand-in-now").addEventListener("click", () => line.askToHandIn());
document.getElementById("go-on").addEventListener("click", () => line.goOnAnswering());
document.getElementById("sign-in-again").addEventListener("click", () => line.resume());

// The file of my answers: from the server, or from this device when the line is dark. The seal came
// with the page; what the device knows better than the server is said to be waiting.
const fileOfAnswers = () => ({
  attempt: page.attempt,
  seal: page.seal,
  device: page.device,
  language: navigator.language,
  made_at: new Date().toISOString(),
  answers: questions.map((question) => {
    const { key, state = "saved", saw } = line.records.get(question.dataset.question) ?? {};
    return {
      question: question.dataset.question,
      position: Number(question.dataset.position),
      response: read(question),
      revision: saw ?? revisionOf(question),
      key,
      state,
    };
  }),
});

document.getElementById("download").addEventListener("click", (event) => {
  if (!line.waiting && navigator.onLine) return;
  event.preventDefault();
  const text = JSON.stringify(fileOfAnswers(), null, 1);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = `answers-${page.attempt}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});

tabs.addEventListener("message", ({ data }) => {
  const question = byToken.get(data.token);
  const own = line.records.get(data.token);
  if (data.revision) question.dataset.revision = data.revision;
  if (!data.record && own?.state === "waiting" && own.key !== data.key) return;
  if (data.record) line.records.set(data.token, data.record);
  else if (own) Object.assign(own, { state: "saved", saw: data.revision, sent: null });
  write(question, data.response);
  drawQuestion(question);
  drawState();
});

window.addEventListener("beforeunload", (event) => {
  if (line.waiting) event.preventDefault();
});

// --- The beginning ---------------------------------------------------------------------------

// What this device knows better than the page it was given: answers that wait, and those that
// were saved after this copy of the page was made.
const recall = () => {
  for (const [token, record] of line.records) {
    const question = byToken.get(token);
    if (!question) continue;
    const isNewer = record.saw > revisionOf(question);
    if (record.state === "waiting" || (record.state === "saved" && isNewer)) {
      write(question, record.response);
    }
    if (record.state === "saved" && isNewer) question.dataset.revision = record.saw;
    if (record.state === "saved" && !isNewer) record.saw = revisionOf(question);
    if (record.state === "refused") tell(question, record.problem, "wrong");
  }
};

const startClock = async () => {
  const { Clock } = await import("./clock.js");
  const timer = root.querySelector(".timer");
  clock = new Clock(timer.querySelector("[role=timer]"), words, {
    left: Number(page.left),
    total: Number(page.total),
    say,
    over: () => line.askToHandIn(),
  });
  steps.onTime = () => say(clock.inWords());
  timer.hidden = false;
  const face = timer.querySelector("[role=timer]");
  const hide = timer.querySelector("[data-hide]");
  hide.addEventListener("click", () => {
    face.hidden = !face.hidden;
    hide.textContent = face.hidden ? hide.dataset.show : hide.dataset.hide;
    hide.setAttribute("aria-pressed", String(face.hidden));
  });
  timer.querySelector("[data-tell]").addEventListener("click", () => steps.onTime());
};

// The server's word on what stands: after a stay in another tab, a sleep or a copy from the device.
page.hearState = (state) => {
  clock?.set(state.seconds_left);
  if (!state.is_open) window.location.assign(page.result);
};

await line.load();
recall();
questions.forEach(drawQuestion);
drawState();
root.classList.add("is-live");
for (const part of root.querySelectorAll("[data-scripted]")) part.hidden = false;
for (const part of root.querySelectorAll("[data-unscripted]")) part.hidden = true;
steps.start();
if (page.left) await startClock();
if (line.waiting) line.flush();

const keep = async () => {
  sayWhoIsHere();
  await navigator.serviceWorker?.register("/sw.js");
  await askToBeKept();
};
keep().catch(() => {});

// Remembers where somebody reads, and that the end was reached. Without scripts a button does it;
// without a line it waits on this device.

import { keepTick, post, sendTicks, tellRefused, waitingTicks } from "./ticks.js";

const PAUSE = 3000;
const AT_ONCE = 300;
const REPEAT = 20_000;
const text = document.getElementById("lesson");
const state = document.getElementById("tick");
const form = document.getElementById("done-form");
const address = text.dataset.place;
const token = form?.querySelector("input[name=csrfmiddlewaretoken]")?.value;
const isByReading = text.dataset.rule === "read";
const blocks = [...text.querySelectorAll("[id^='b-']")];
const words = state.querySelector("span").textContent;
let sent = "";
let read = false;
let isDark = false;
let isDone = state.dataset.done === "yes";
let timer;

// The block that is being read: the last one that begins in the upper half of the window.
const inView = () => {
  const middle = window.innerHeight / 2;
  const begun = blocks.filter((block) => block.getBoundingClientRect().top < middle);
  return (begun.at(-1) ?? blocks[0])?.id ?? "";
};

const body = (block) => {
  const fields = { block, csrfmiddlewaretoken: token };
  return read ? { ...fields, read: "on" } : fields;
};

const say = (words) => {
  const line = state.querySelector("span");
  if (line.textContent === words) return;
  line.textContent = words;
  document.getElementById("live").textContent = words;
};

const tick = () => {
  isDone = true;
  state.classList.replace("is-open", "is-done");
  say(state.dataset.words);
  form.hidden = true;
  document.getElementById("outline-here")?.classList.add("is-done");
};

const drawWaiting = (isLasting = true) => {
  say(isLasting ? state.dataset.waiting : state.dataset.unkept);
  form.hidden = isLasting;
};

// The lesson is not in the course any more, or the course was left.
const drawRefused = (refused) => {
  if (refused.some(isThisOne)) {
    state.querySelector("span").textContent = words;
    form.hidden = isDone;
  }
  tellRefused(refused);
};

// Without a line or a session: what was read is on the device before the words say so.
const keepHere = async (block, done = "") => {
  isDark = true;
  const isLasting = await keepTick({ place: address, block, read: read && !isDone, done });
  if ((read || done) && !isDone) drawWaiting(isLasting);
};

const send = async () => {
  const block = inView();
  if (block === sent && (!read || isDone)) return;
  try {
    const heard = await post(address, body(block));
    if (heard === "led on") throw new Error("signed out");
    sent = block;
    isDark = false;
    if (heard === "gone") return read && !isDone ? drawRefused([{ question: address, read }]) : undefined;
    if (read && !isDone) tick();
  } catch {
    await keepHere(block);
  }
};

const leave = () => {
  const block = inView();
  if (isDark || (block === sent && (!read || isDone))) return;
  if (navigator.sendBeacon(address, new URLSearchParams(body(block)))) sent = block;
};

const soon = (pause = PAUSE) => {
  clearTimeout(timer);
  timer = setTimeout(send, pause);
};

// What waits from here or from other lessons. The newest place of this lesson is sent by `send`.
const flush = async () => {
  const { arrived, refused } = await sendTicks(token);
  if (refused.length) drawRefused(refused);
  if (!arrived.length) return;
  isDark = false;
  if (!isDone && arrived.some(isThisOne)) tick();
};

// The button: the line is tried first, so that a dark one does not end on an error page.
const press = async (event) => {
  event.preventDefault();
  read ||= isByReading;
  try {
    // What the server will not count, its own page says.
    if ((await post(address, body(inView()))) === "led on") throw new Error("signed out");
    form.submit();
  } catch {
    await keepHere(inView(), isByReading ? "" : form.getAttribute("action"));
  }
};

const isThisOne = ({ question, read: isRead }) => question === address && isRead;

if (address && token) {
  if (!isDone && (await waitingTicks()).some(isThisOne)) drawWaiting();
  flush();
  setInterval(async () => (await waitingTicks()).length && flush(), REPEAT);
  document.addEventListener("scroll", () => soon(read && !isDone ? AT_ONCE : PAUSE), { passive: true });
  window.addEventListener("pagehide", leave);
  window.addEventListener("online", flush);
  form.addEventListener("submit", press);
  soon();
  if (isByReading && !isDone) {
    const end = document.getElementById("lesson-end");
    // A short text is on the screen at once: it counts as read after the pause. Who read longer
    // sees the tick at once.
    const lookForEnd = () => {
      if (read || end.getBoundingClientRect().top > window.innerHeight) return;
      read = true;
      soon(Math.max(AT_ONCE, PAUSE - performance.now()));
    };
    // Whoever jumps to the foot of the page passes the end without its ever being on the screen.
    document.addEventListener("scroll", lookForEnd, { passive: true });
    new IntersectionObserver(lookForEnd).observe(end);
  }
}

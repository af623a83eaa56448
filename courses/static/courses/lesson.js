// Remembers where somebody reads, and that the end was reached. Without scripts a button does it.

const PAUSE = 3000;
const AT_ONCE = 300;
const text = document.getElementById("lesson");
const state = document.getElementById("tick");
const address = text.dataset.place;
const token = document.querySelector("#done-form input[name=csrfmiddlewaretoken]")?.value;
const blocks = [...text.querySelectorAll("[id^='b-']")];
let sent = "";
let read = false;
let isDone = state.dataset.done === "yes";
let timer;

// The block that is being read: the last one that begins in the upper half of the window.
const inView = () => {
  const middle = window.innerHeight / 2;
  const begun = blocks.filter((block) => block.getBoundingClientRect().top < middle);
  return (begun.at(-1) ?? blocks[0])?.id ?? "";
};

const body = (block) => {
  const fields = new URLSearchParams({ block, csrfmiddlewaretoken: token });
  if (read) fields.set("read", "on");
  return fields;
};

const say = (words) => {
  state.querySelector("span").textContent = words;
  document.getElementById("live").textContent = words;
};

const tick = () => {
  isDone = true;
  state.classList.replace("is-open", "is-done");
  say(state.dataset.words);
  document.getElementById("done-form").hidden = true;
  document.getElementById("outline-here")?.classList.add("is-done");
};

const send = async () => {
  const block = inView();
  if (block === sent && (!read || isDone)) return;
  try {
    const response = await fetch(address, { method: "POST", body: body(block), keepalive: true, redirect: "manual" });
    if (response.status !== 204) throw new Error("not kept");
    sent = block;
    if (read && !isDone) tick();
  } catch {
    // Without a line or a session the button stays; what was read is sent when the line is back.
    if (read && !isDone) say(state.dataset.waiting);
  }
};

const leave = () => {
  const block = inView();
  if (block === sent && (!read || isDone)) return;
  if (navigator.sendBeacon(address, body(block))) sent = block;
};

const soon = (pause = PAUSE) => {
  clearTimeout(timer);
  timer = setTimeout(send, pause);
};

if (address && token) {
  document.addEventListener("scroll", () => soon(read && !isDone ? AT_ONCE : PAUSE), { passive: true });
  window.addEventListener("pagehide", leave);
  window.addEventListener("online", send);
  soon();
  if (text.dataset.rule === "read" && !isDone) {
    // A short text is on the screen at once: it counts as read after the pause. Who read longer
    // sees the tick at once.
    new IntersectionObserver(([end]) => {
      if (!end.isIntersecting) return;
      read = true;
      soon(Math.max(AT_ONCE, PAUSE - performance.now()));
    }).observe(document.getElementById("lesson-end"));
  }
}

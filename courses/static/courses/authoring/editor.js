// A lesson as it is written: saved as it is typed, shown beside as learners see it.

import { offerPictures } from "./pictures.js";
import { Saving } from "./saving.js";
import { offerToolbar, putBlock, putIn } from "./toolbar.js";

const SOON = 250;
const SEEN = 20_000;
// What makes a pasted text more than plain words.
const FORMED = /<(h[1-6]|li|table|a\s|b>|strong|em>|i>)|MsoList/i;

const form = document.getElementById("editor");
const words = form.dataset;
const { title, text } = form.elements;
const page = { ...words, token: form.elements.csrfmiddlewaretoken.value, answers: words.state };
const line = document.getElementById("save-line");
const language = document.documentElement.lang;

const say = (sentence) => {
  document.getElementById("live").textContent = sentence;
};
const clockTime = (moment) =>
  new Date(moment).toLocaleTimeString(language, { timeStyle: "short", hourCycle: "h23" });
const send = (address, body, signal) =>
  fetch(address, {
    method: "POST",
    redirect: "manual",
    headers: { "Content-Type": "application/json", "X-CSRFToken": page.token },
    body: JSON.stringify(body),
    signal,
  });

// --- What the page says of itself -----------------------------------------------------------

const sentenceOf = ({ state, kept, savedAt, why }) => {
  // While it is on its way the line stays as it was: nobody is told of each letter.
  if (state === "saving" && !savedAt) return words.saving;
  if (state === "saved" || state === "saving") return words.saved.replace("{time}", clockTime(savedAt));
  if (state === "signedOut") return words.signedOut;
  if (state === "refused") return words.refused.replace("{why}", why);
  return kept.isLasting ? words.kept : words.unkept;
};

const drawState = (saving) => {
  const sentence = sentenceOf(saving);
  if (line.textContent !== sentence) line.textContent = sentence;
  line.classList.toggle("is-waiting", saving.state !== "saved");
  line.hidden = false;
  document.getElementById("sign-in-place").hidden = saving.state !== "signedOut";
};

const drawOthers = (names) => {
  const badges = names.map((name) => {
    const badge = document.createElement("span");
    badge.className = "badge is-signal";
    badge.textContent = words.writes.replace("{name}", name);
    return badge;
  });
  const place = document.getElementById("others");
  if (place.textContent.trim() !== badges.map((one) => one.textContent).join("")) {
    place.replaceChildren(...badges);
  }
};

const offer = (id) => {
  const notice = document.getElementById(id);
  notice.querySelector("a").href = window.location.pathname;
  notice.hidden = false;
};

const saved = (body) => {
  form.elements.saw.value = body.saw;
  drawOthers(body.others);
  document.getElementById("told").innerHTML = body.told;
  if (body.outcome === "beside") offer("beside");
};

const saving = new Saving(page, () => ({ title: title.value, text: text.value }), {
  changed: drawState,
  saved,
});

// --- The preview ------------------------------------------------------------------------------

const paper = form.querySelector(".sheet-of-paper");
let asking;
let timer;

const show = async () => {
  asking?.abort();
  asking = new AbortController();
  const pictures = paper.dataset.width === "low" ? "off" : "on";
  try {
    const response = await send(words.show, { text: text.value, pictures }, asking.signal);
    if (!response.ok) return;
    document.getElementById("shown").innerHTML = (await response.json()).html;
  } catch {
    // Overtaken by a newer text, or without a line: the last preview stays.
  }
};
const showSoon = () => {
  clearTimeout(timer);
  timer = setTimeout(show, SOON);
};

const offerWidths = (group) => {
  const buttons = [...group.querySelectorAll("[data-width]")];
  for (const button of buttons) {
    button.addEventListener("click", () => {
      paper.dataset.width = button.dataset.width;
      for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
      show();
    });
  }
  group.hidden = false;
};

// --- What its writer does ---------------------------------------------------------------------

const changed = () => {
  document.getElementById("shown-title").textContent = title.value;
  saving.changed();
  showSoon();
};

const pasted = async (event) => {
  const html = event.clipboardData?.getData("text/html") ?? "";
  if (!FORMED.test(html)) return;
  const plain = event.clipboardData.getData("text/plain");
  event.preventDefault();
  let found = plain;
  try {
    const response = await send(words.paste, { html });
    if (response.ok) found = (await response.json()).text || plain;
  } catch {
    // Without a line the plain words must do.
  }
  putIn(text, found);
};

const signIn = async () => {
  const { signIn: ask } = await import("../sign-in.js");
  const token = await ask(page, document.getElementById("sign-in"));
  if (token) saving.resume(token);
};

const beSeen = async () => {
  if (document.hidden || saving.state === "signedOut") return;
  try {
    const response = await send(words.state, {});
    if (!response.ok) return;
    const body = await response.json();
    drawOthers(body.others);
    if (body.number > saving.saw && !saving.isWaiting) offer("newer");
  } catch {
    // Nobody is told where there is no line.
  }
};

// On a slow line somebody types before this script is there.
const typedBefore = ({ defaultValue: given, value }) => {
  let start = 0;
  while (start < given.length && given[start] === value[start]) start += 1;
  let end = 0;
  const most = Math.min(given.length, value.length) - start;
  while (end < most && given.at(-1 - end) === value.at(-1 - end)) end += 1;
  return value.slice(start, value.length - end).trim();
};

const takeUp = async () => {
  const found = await saving.takeUp();
  const isTyped = [title, text].some((field) => field.value !== field.defaultValue);
  if (!found) return isTyped && changed();
  if (found.text === text.value && found.title === title.value) return saving.kept.drop();
  const early = typedBefore(text);
  const isThere = !early || found.text.includes(early);
  Object.assign(title, { value: found.title });
  Object.assign(text, { value: isThere ? found.text : `${found.text.trimEnd()}\n\n${early}\n` });
  say(words.found);
  changed();
};

form.addEventListener("input", ({ target }) => (target === title || target === text) && changed());
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (saving.isWaiting) saving.flush();
  else drawState(Object.assign(saving, { state: "saved", savedAt: saving.savedAt || Date.now() }));
});
text.addEventListener("paste", pasted);
document.getElementById("sign-in-again").addEventListener("click", signIn);
window.addEventListener("beforeunload", (event) => {
  if (saving.isWaiting && !saving.kept.isLasting) event.preventDefault();
});
setInterval(beSeen, SEEN);
offerToolbar(form.querySelector(".toolbar"), text);
offerPictures(
  form.querySelector('[data-mark="picture"]'),
  document.getElementById("pictures"),
  (markdown) => putBlock(text, markdown),
);
offerWidths(form.querySelector(".widths"));
takeUp();

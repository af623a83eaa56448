// Modules on this device: the buttons of the course page and of a module's own page. The service
// worker fetches and keeps; here is what the reader sees of it.

import { sendTicks, tellRefused, waitingTicks } from "./ticks.js";

const page = document.getElementById("keep");
const words = page.dataset;
const { lang } = document.documentElement;
// The site writes days before months, in English too.
const language = lang === "en" ? "en-GB" : lang;
const SHELF = `kept-${words.person}`;
const REPEAT = 20_000;
const SILENCE = 60_000;

const say = (text) => {
  document.getElementById("live").textContent = text;
};
const kb = (bytes) => Math.ceil(bytes / 1024).toLocaleString(language);
const day = (moment) => new Date(moment).toLocaleDateString(language, { day: "numeric", month: "short" });
const parts = [...document.querySelectorAll("[data-keep]")];
const listOf = (part) => `/kept/${words.course}/${part.dataset.keep}`;

const moduleOf = ({ dataset }) => {
  const lessons = dataset.lessons.split(" ");
  return {
    person: words.person,
    course: words.course,
    code: words.code,
    courseTitle: words.courseTitle,
    key: dataset.keep,
    title: dataset.title,
    address: dataset.address,
    lessons,
    pages: [words.courseAddress, dataset.address, ...lessons],
  };
};

// Not `caches.match`: opening a shelf makes one, and that of somebody else is not asked.
const entryOf = async (part) => {
  if (!(await caches.has(SHELF))) return undefined;
  return (await (await caches.open(SHELF)).match(listOf(part)))?.json();
};

const look = (part) => ({
  keep: part.querySelector("[data-verb=keep]"),
  remove: part.querySelector("[data-verb=remove]"),
  bar: part.querySelector("progress"),
  told: part.querySelector("[data-told]"),
});

const tell = (part, text, kind = "hint") => {
  const { told } = look(part);
  told.className = kind;
  told.textContent = text;
  if (text) say(text);
};

const stateWord = ({ bytes, at, left }) => {
  const kept = words.kept.replace("{kb}", kb(bytes)).replace("{on}", day(at));
  return left ? `${kept} · ${words.left.replace("{n}", left)}` : kept;
};

const draw = (part, entry) => {
  const { keep, remove, bar, told } = look(part);
  bar.hidden = true;
  keep.hidden = Boolean(entry);
  remove.hidden = !entry;
  told.className = entry ? "badge is-good" : "hint";
  told.textContent = entry ? stateWord(entry) : "";
};

// The worker answers on a port of its own: with progress, and at last with what came of it.
const order = async (verb, module, hear = () => {}) => {
  await navigator.serviceWorker.register("/sw.js");
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    // A worker that ended says nothing more.
    let timer = setTimeout(reject, SILENCE);
    port1.onmessage = ({ data }) => {
      clearTimeout(timer);
      timer = setTimeout(reject, SILENCE);
      if ("done" in data) return hear(data.done);
      clearTimeout(timer);
      return resolve(data);
    };
    active.postMessage({ verb, module }, [port2]);
  });
};

const titleOf = (part, address) => {
  if (address === words.courseAddress) return words.courseTitle;
  if (address === part.dataset.address) return part.dataset.title;
  const link = document.querySelector(`.outline a[href="${address}"]`);
  return (link ?? document.getElementById(address.split("/").at(-2)))?.textContent.trim();
};

const problemWord = (part, { problem, missing = [], used = 0 }) =>
  (words[problem] ?? words.dark)
    .replace("{list}", missing.map((address) => titleOf(part, address)).join("; "))
    .replace("{kb}", kb(used));

const fail = (part, heard) => {
  const { keep, bar } = look(part);
  bar.hidden = true;
  keep.disabled = false;
  keep.textContent = words.again;
  tell(part, problemWord(part, heard), "wrong");
};

const keepIt = async (part) => {
  const { keep, bar, remove } = look(part);
  const module = moduleOf(part);
  const all = module.lessons.length;
  const hear = (n) => {
    bar.value = n;
    tell(part, words.going.replace("{n}", n).replace("{all}", all));
  };
  keep.disabled = true;
  bar.hidden = false;
  hear(0);
  navigator.storage?.persist?.().catch(() => {});
  const heard = await order("keep", module, hear).catch(() => ({ problem: "dark" }));
  if (!heard.kept) return fail(part, heard);
  keep.disabled = false;
  draw(part, heard.kept);
  say(stateWord(heard.kept));
  return remove.focus();
};

const removeIt = async (part) => {
  const heard = await order("remove", moduleOf(part)).catch(() => ({}));
  if (!heard.removed) return;
  draw(part);
  tell(part, words.removed);
  look(part).keep.focus();
};

// What was kept of another edition, or before a correction, is fetched anew while it is looked at.
const renew = async (part, entry) => {
  if (entry.version === words.version) return;
  const heard = await order("keep", { ...moduleOf(part), list: entry.list }).catch(() => ({}));
  if (heard.kept) draw(part, heard.kept);
};

const set = async (part) => {
  part.hidden = false;
  part.addEventListener("click", ({ target }) => {
    const verb = target.closest("button")?.dataset.verb;
    if (verb === "keep") keepIt(part);
    if (verb === "remove") removeIt(part);
  });
  const entry = await entryOf(part);
  draw(part, entry);
  if (entry) renew(part, entry);
};

// This page came for this person: what was kept for somebody else goes.
const forgetOthers = async () => {
  if (!document.cookie.includes(`here=${words.person}`)) return;
  for (const name of await caches.keys()) {
    if (name.startsWith("kept-") && name !== SHELF) await caches.delete(name);
  }
};

// Lessons finished without a line stand in the outline until the server has heard of them.
const rowOf = ({ question }) =>
  document.querySelector(`.outline a[href="${question.replace(/place\/$/, "")}"]`)?.closest("li");

const drawTicks = async () => {
  for (const old of document.querySelectorAll("[data-waits]")) old.remove();
  for (const record of (await waitingTicks()).filter(({ read }) => read)) {
    const word = document.createElement("b");
    word.dataset.waits = "";
    word.textContent = `${words.waiting} · `;
    rowOf(record)?.querySelector("small").prepend(word);
  }
};

const flush = async () => {
  if (!(await waitingTicks()).length) return;
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const { arrived, refused } = await sendTicks(token);
  await drawTicks();
  if (refused.length) tellRefused(refused);
  for (const record of arrived.filter(({ read }) => read)) {
    const row = rowOf(record);
    row?.classList.add("is-done");
    row?.querySelector("small b")?.replaceChildren(words.done);
    say(words.arrived);
  }
};

if ("serviceWorker" in navigator && "caches" in window) {
  await forgetOthers().catch(() => {});
  page.hidden = !parts.length;
  for (const part of parts) await set(part).catch(() => {});
}
await drawTicks();
flush();
window.addEventListener("online", flush);
setInterval(flush, REPEAT);

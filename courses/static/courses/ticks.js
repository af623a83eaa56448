// Lessons that were opened or finished without a line: they wait beside the answers of the same
// person on this device, and are sent when the line is back. Sent twice they count once.

import { newKey, shelfOf } from "./store.js";

// The name under which they stand on the shelf.
const LESSONS = "lessons";
const PATIENCE = 25_000;

const person = document.querySelector("form[data-person]")?.dataset.person;
let opened;

// Opening a shelf makes one: somebody's reading alone leaves nothing on the device.
const shelfOfReader = async ({ makes = false } = {}) => {
  const isThere = async () => {
    const names = await indexedDB.databases?.().catch(() => undefined);
    return names?.some(({ name }) => name === `answers-${person}`) ?? true;
  };
  if (!opened && (makes || (await isThere()))) opened = shelfOf(person);
  return opened;
};

export const waitingTicks = async () => (await (await shelfOfReader())?.of(LESSONS)) ?? [];

// `place`: where the lesson hears of it. `done`: the lesson's own button, if that was pressed.
// False where the browser stores nothing: then it waits only as long as this page is open.
export const keepTick = async ({ place, block = "", read = false, done = "" }) => {
  const shelf = await shelfOfReader({ makes: true });
  const before = (await waitingTicks()).find(({ question }) => question === place);
  await shelf.put({
    attempt: LESSONS,
    question: place,
    key: newKey(),
    state: "waiting",
    block,
    read: read || Boolean(done) || Boolean(before?.read),
    done: done || before?.done || "",
  });
  return shelf.isLasting;
};

// The server's word: "kept", "gone" (no such lesson for this person) or a failure that means "later".
export const post = async (address, fields) => {
  const response = await fetch(address, {
    method: "POST",
    body: new URLSearchParams(fields),
    keepalive: true,
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (response.status === 204) return "kept";
  if ([400, 404, 409].includes(response.status)) return "gone";
  if (response.type === "opaqueredirect") return "led on";
  throw new Error("later");
};

const sendOne = async (record, csrfmiddlewaretoken) => {
  const fields = { csrfmiddlewaretoken, block: record.block };
  const heard = await post(record.question, { ...fields, ...(record.read && { read: "on" }) });
  if (heard === "led on") throw new Error("signed out");
  // The session was there a moment ago: what leads on now is the lesson's own answer.
  if (heard !== "kept" || !record.done) return heard;
  return (await post(record.done, fields)) === "gone" ? "gone" : heard;
};

const titleOf = ({ question }) => {
  const address = question.replace(/place\/$/, "");
  const link = document.querySelector(`.outline a[href="${address}"]`);
  return link?.textContent.trim() ?? address.split("/").at(-2);
};

// The device promised that these would be counted.
export const tellRefused = (refused) => {
  const line = document.getElementById("refused");
  const said = line.dataset.words.replace("{list}", refused.map(titleOf).join("; "));
  if (line.textContent === said) return;
  line.textContent = said;
  line.hidden = false;
  document.getElementById("live").textContent = said;
};

// Sends all that waits; gives those that arrived, and those that the server will not count. The
// rest goes on waiting, and so does what was put here while its older state was on its way.
export const sendTicks = async (token) => {
  const heard = { kept: [], gone: [] };
  for (const record of await waitingTicks()) {
    try {
      heard[await sendOne(record, token)].push(record);
    } catch {
      break;
    }
    await (await opened).removeSent(record);
  }
  return { arrived: heard.kept, refused: heard.gone.filter(({ read }) => read) };
};

// Lessons that were opened or finished without a line: they wait beside the answers of the same
// person on this device, and are sent when the line is back. Sent twice they count once.

import { shelfOf } from "./store.js";

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
  if (heard === "kept" && record.done) await post(record.done, fields);
  return heard;
};

// Sends all that waits; gives those that arrived. The rest goes on waiting.
export const sendTicks = async (token) => {
  const arrived = [];
  for (const record of await waitingTicks()) {
    try {
      if ((await sendOne(record, token)) === "kept") arrived.push(record);
    } catch {
      break;
    }
    await (await opened).remove(LESSONS, record.question);
  }
  return arrived;
};

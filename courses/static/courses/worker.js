// The service worker's work. A page that says "Keep-For: person" is kept under that person's name,
// opens again without a line while that person is here, and goes at sign-out.

const SHELF = "shell-1";
const PERSONAL = "kept-";
const ATTEMPT = /^\/courses\/attempts\/[0-9a-f-]{36}\/$/;
const ENDED = /^\/courses\/attempts\/[0-9a-f-]{36}\/result\/$/;
const DOOR = /^\/account\/sign-(in|out)\/$/;

const shelves = async () => (await caches.keys()).filter((name) => name.startsWith(PERSONAL));

const forgetAll = async () => {
  await Promise.all((await shelves()).map((name) => caches.delete(name)));
};

const forgetPage = async (address) => {
  for (const name of await shelves()) await (await caches.open(name)).delete(address);
};

// Only one person is kept at a time: the one who was here last.
const keep = async (address, response) => {
  const person = response.headers.get("Keep-For");
  if (!person) return;
  for (const name of await shelves()) if (name !== PERSONAL + person) await caches.delete(name);
  await (await caches.open(PERSONAL + person)).put(address, response);
};

// Whoever is here now, as the page told the browser for as long as it is open.
const isHere = async (name) => {
  if (!self.cookieStore) return true;
  const cookie = await self.cookieStore.get("here");
  return cookie?.value === name.slice(PERSONAL.length);
};

const recall = async (address) => {
  for (const name of await shelves()) {
    const found = await (await caches.open(name)).match(address);
    if (found && (await isHere(name))) return found;
  }
  return undefined;
};

const openAttempt = async (event, address) => {
  try {
    const response = await fetch(event.request);
    if (response.ok) event.waitUntil(keep(address, response.clone()));
    else if (response.status >= 500) return (await recall(address)) ?? response;
    else event.waitUntil(forgetPage(address));
    return response;
  } catch (failure) {
    const kept = await recall(address);
    if (kept) return kept;
    throw failure;
  }
};

const openFile = async (request) => {
  try {
    return await fetch(request);
  } catch (failure) {
    const kept = await (await caches.open(SHELF)).match(request);
    if (kept) return kept;
    throw failure;
  }
};

const fill = async () => {
  const shelf = await caches.open(SHELF);
  for (const kept of await shelf.keys()) {
    if (!SHELL.includes(new URL(kept.url).pathname)) await shelf.delete(kept);
  }
  await shelf.addAll(SHELL);
};

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(fill());
});

const isKept = async (address) => {
  for (const name of await shelves()) {
    if (await (await caches.open(name)).match(address)) return true;
  }
  return false;
};

// The page that is open already is asked for once more: it came before anybody could keep it.
const adopt = async () => {
  await self.clients.claim();
  for (const { url } of await self.clients.matchAll({ type: "window" })) {
    const address = new URL(url).pathname;
    if (ATTEMPT.test(address) && !(await isKept(address))) await keep(address, await fetch(address));
  }
};

self.addEventListener("activate", (event) => event.waitUntil(adopt().catch(() => {})));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (DOOR.test(pathname) && request.method === "POST") event.waitUntil(forgetAll());
    else if (ENDED.test(pathname)) event.waitUntil(forgetPage(pathname.replace("result/", "")));
    else if (ATTEMPT.test(pathname)) event.respondWith(openAttempt(event, pathname));
    return;
  }
  if (SHELL.includes(pathname)) event.respondWith(openFile(request));
});

// A page asks to be kept that was not, because the line was dark or somebody was at the door.
self.addEventListener("message", ({ data }) => {
  if (data === "keep") adopt().catch(() => {});
});

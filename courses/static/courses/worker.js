// The service worker's work: over the line first, and what is kept on the device where the line
// is dark or stalls. A page that says "Keep-For: person" is kept under that person's name, opens
// again while that person is here, and goes at sign-out.

const STALLS = 4000;
const ENDED = /^\/courses\/attempts\/[0-9a-f-]{36}\/result\/$/;
const DOOR = /^\/account\/(sign-(in|up|out)|code(\/name)?)\/$/;
const OUT = /^\/account\/sign-out\/$/;
const FILE = /^\/static\/.+\.[0-9a-f]{12}\.\w+$/;

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

// A lesson from the device says so; a paper has a line of its own for that.
const asKept = async (address, kept) => {
  if (ATTEMPT.test(address)) return kept;
  const html = await kept.text();
  const language = html.match(/<html lang="([\w-]+)"/)?.[1];
  const at = new Date(kept.headers.get("Kept-At"));
  const day = at.toLocaleString(language === "en" ? "en-GB" : language, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" });
  const note = `<div class="messages" role="status"><ul><li class="message warning">${escaped(KEPT_AT.replace("{at}", day))}</li></ul></div>`;
  const page = html.replace("<main ", () => `${note}\n  <main `);
  return new Response(page, { headers: { "Content-Type": "text/html; charset=utf-8" } });
};

// Where nothing is kept for whoever is here, the browser's own page says that there is no line.
const offlinePage = async () => {
  const isThere = self.cookieStore ? await shelfHere() : (await shelves()).length;
  return isThere ? (await caches.open(SHELF)).match(OFFLINE) : undefined;
};

const hear = async (address, response) => {
  const version = response.headers.get("Keep-Version");
  // A page that was kept for somebody came for nobody: the session has ended.
  if (response.ok && !response.headers.has("Keep-For") && (await isKept(address))) return nobodyIsHere();
  if (response.ok) await keep(address, response);
  else if (response.status < 500) {
    if ((response.status || ATTEMPT.test(address)) && (await isKept(address))) await forgetPage(address);
    return;
  }
  if (version) await renewAfter(address, version);
};

const silence = () => new Promise((resolve) => setTimeout(resolve, STALLS));

const openPage = async (asked, address) => {
  const kept = await recall(address);
  try {
    const response = await (kept ? Promise.race([asked, silence()]) : asked);
    if (response && (response.status < 500 || !kept)) return response;
  } catch (failure) {
    const page = kept ? undefined : await offlinePage();
    if (page) return page;
    if (!kept) throw failure;
  }
  return asKept(address, kept);
};

// A name stands for one content: what is on the shelf need not be asked for.
const openFile = async (request) =>
  (await (await caches.open(SHELF)).match(request)) ?? fetch(request);

const openPicture = async (request, address) => {
  try {
    return await fetch(request);
  } catch (failure) {
    const kept = await recallPicture(address);
    if (kept) return kept;
    throw failure;
  }
};

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(fill());
});

// The page that is open already is asked for once more: it came before anybody could keep it.
const adopt = async () => {
  await self.clients.claim();
  for (const { url } of await self.clients.matchAll({ type: "window" })) {
    const address = new URL(url).pathname;
    const has = self.cookieStore ? recall : isKept;
    if (ATTEMPT.test(address) && !(await has(address))) await keep(address, await fetch(address));
  }
};

// After the site's files changed, papers and modules are fetched with the new ones.
const moveOver = async () => {
  const shelf = await shelfHere();
  for (const { url } of (await shelf?.keys()) ?? []) {
    const address = new URL(url).pathname;
    if (ATTEMPT.test(address)) await keep(address, await ask(address));
  }
  await renew(({ edition }) => edition !== EDITION);
  await tidy();
};

self.addEventListener("activate", (event) =>
  event.waitUntil(adopt().then(moveOver).catch(() => {})),
);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST") {
    if (OUT.test(pathname)) event.waitUntil(forgetAll().then(shut));
    else if (DOOR.test(pathname)) event.waitUntil(shut());
  } else if (request.mode === "navigate") {
    if (ENDED.test(pathname)) event.waitUntil(forgetPage(pathname.replace("result/", "")));
    const asked = fetch(request);
    // Only what may be kept is copied: a long download would be held in memory twice.
    const heard = asked.then((response) => {
      const copy = response.headers.has("Keep-For") ? response.clone() : response;
      return search ? undefined : hear(pathname, copy);
    });
    event.waitUntil(heard.catch(() => {}));
    event.respondWith(openPage(asked, pathname));
  } else if (FILE.test(pathname)) event.respondWith(openFile(request));
  else if (request.destination === "image") event.respondWith(openPicture(request, pathname));
});

const verbs = {
  keep: keepModule,
  remove: removeModule,
  here: async ({ person }) => {
    Object.assign(told, { person, at: Date.now() });
    return { heard: true };
  },
};

const obey = async ({ verb, module }, port) => {
  const tell = (word) => port.postMessage(word);
  tell(await verbs[verb](module, tell).catch(() => ({ problem: "dark" })));
};

// A page asks to be kept that was not, because the line was dark or somebody was at the door; or
// somebody asks for a module.
self.addEventListener("message", (event) => {
  const { data, ports } = event;
  if (data === "keep") event.waitUntil(adopt().catch(() => {}));
  else if (verbs[data?.verb]) event.waitUntil(obey(data, ports[0]));
});

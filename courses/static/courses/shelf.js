// The service worker's shelves: what it needs of the site itself, and one shelf for the person
// who was here last. Nothing of a shelf opens unless the page said that this person is here.

const SHELF = "shell-1";
const PERSONAL = "kept-";
const ATTEMPT = /^\/courses\/attempts\/[0-9a-f-]{36}\/$/;
const WIDTH = /^(\/media\/pictures\/[0-9a-f-]{36}\/)(\d+)\.webp$/;
const LIST = "/kept/";
const KEPT_IN = "Keep-Language";
const A_MOMENT = 10_000;
// Of the site's files as they are now: changes with every one of them.
const EDITION = SHELL.join(" ");

const shelves = async () => (await caches.keys()).filter((name) => name.startsWith(PERSONAL));

// Counts how often all was forgotten: what was on its way then is not put away after that.
let forgotten = 0;

const forgetAll = async () => {
  forgotten += 1;
  await Promise.all((await shelves()).map((name) => caches.delete(name)));
};

const forgetOthers = async (person) => {
  for (const name of await shelves()) if (name !== PERSONAL + person) await caches.delete(name);
};

const forgetPage = async (address) => {
  for (const name of await shelves()) await (await caches.open(name)).delete(address);
};

// Where the worker cannot read cookies, a page reads them for it, again and again.
const told = { person: "", at: 0 };

const whoIsHere = async () => {
  if (self.cookieStore) return (await self.cookieStore.get("here"))?.value ?? "";
  return Date.now() - told.at < A_MOMENT ? told.person : "";
};

// Until a page says who is here, what is kept opens for nobody.
const nobodyIsHere = async () => {
  told.person = "";
  await self.cookieStore?.delete("here");
};

// Somebody is at the door.
const shut = async () => {
  await nobodyIsHere();
  if (!self.cookieStore) await forgetAll();
};

// Opening a shelf makes one: who keeps nothing has none.
const shelfHere = async () => {
  const person = await whoIsHere();
  const name = PERSONAL + person;
  return person && (await caches.has(name)) ? caches.open(name) : undefined;
};

const recall = async (address) => (await shelfHere())?.match(address);

// A picture of a course lies here in one width; whatever the screen asks for, it is that one.
const recallPicture = async (address) => {
  const kept = await recall(address);
  const place = address.match(WIDTH)?.[1];
  if (kept || !place) return kept;
  const shelf = await shelfHere();
  const names = (await shelf?.keys()) ?? [];
  const other = names.find(({ url }) => new URL(url).pathname.startsWith(place));
  return other && shelf.match(other);
};

const isKept = async (address) => {
  for (const name of await shelves()) if (await (await caches.open(name)).match(address)) return true;
  return false;
};

// A module stays in the languages it was kept in, whatever is read over the line meanwhile.
const isKeptIn = async (address, languages) => {
  for (const name of await shelves()) {
    const copy = await (await caches.open(name)).match(address);
    if (copy) return (copy.headers.get(KEPT_IN) ?? languages) === languages;
  }
  return false;
};

// As it is put away: with the moment, so that the copy can tell how old it is.
const stamped = async (response) => {
  const headers = new Headers(response.headers);
  headers.set("Kept-At", new Date().toISOString());
  return new Response(await response.blob(), { status: response.status, headers });
};

// A page that came over the line: a paper is always kept, a lesson when its module is. Only one
// person is kept at a time, the one who was here last.
const keep = async (address, response) => {
  const person = response.headers.get("Keep-For");
  const began = forgotten;
  if (!person) return;
  await forgetOthers(person);
  if (!ATTEMPT.test(address) && !(await isKeptIn(address, response.headers.get(KEPT_IN)))) return;
  const copy = await stamped(response);
  if (began === forgotten) await (await caches.open(PERSONAL + person)).put(address, copy);
  if (began !== forgotten) await caches.delete(PERSONAL + person);
};

// What is on the shelf, module by module.
const modulesOn = async (shelf) => {
  const lists = (await shelf.keys()).filter(({ url }) => new URL(url).pathname.startsWith(LIST));
  return Promise.all(lists.map(async (list) => (await shelf.match(list)).json()));
};

// Removes what belongs to no module: a module that was given up, or that was kept only by half.
const sweep = async (shelf) => {
  const wanted = (await modulesOn(shelf)).flatMap(({ list, pages, pictures }) => [list, ...pages, ...pictures]);
  for (const request of await shelf.keys()) {
    const { pathname } = new URL(request.url);
    if (!ATTEMPT.test(pathname) && !wanted.includes(pathname)) await shelf.delete(request);
  }
};

// The site's own files. Their names change with their content, so that old ones may stay beside
// the new ones until no kept page asks for them.
const fill = async () => {
  const shelf = await caches.open(SHELF);
  const missing = [];
  for (const file of SHELL) if (!(await shelf.match(file))) missing.push(file);
  await shelf.addAll(missing);
  // Asked for as a visitor: it must say nobody's name.
  const page = await fetch(new Request(OFFLINE, { credentials: "omit", cache: "reload" }));
  if (!page.ok) throw new Error("not now");
  await shelf.put(OFFLINE, page);
};

const tidy = async () => {
  for (const name of await shelves()) {
    const modules = await modulesOn(await caches.open(name));
    if (modules.some(({ edition }) => edition !== EDITION)) return;
  }
  const shelf = await caches.open(SHELF);
  for (const { url } of await shelf.keys()) {
    if (![...SHELL, OFFLINE].includes(new URL(url).pathname)) await shelf.delete(url);
  }
};

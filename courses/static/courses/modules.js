// The service worker's modules: fetched whole or not at all, renewed when their words change.

const MOST_PICTURES = 2 * 1024 * 1024;
const MOST = 25 * 1024 * 1024;
const PATIENCE = 25_000;
// Of a wider picture the file of this width is kept: it is there, and wide enough for a telephone.
const KEPT_WIDTH = 720;
const PICTURE = /<img\b[^>]*\ssrc="(\/[^"]+)"/g;

const listOf = ({ course, key }) => `${LIST}${course}/${key}`;

// `languages`: those of a module that was kept before; else the reader's own as they are now.
const ask = async (address, languages) => {
  const headers = languages ? { [KEPT_IN]: languages } : {};
  const signal = AbortSignal.timeout(PATIENCE);
  const response = await fetch(address, { cache: "no-cache", headers, signal });
  if (!response.ok || response.redirected) throw new Error(`${response.status}`);
  return response;
};

// All pages of a module in memory. What did not come is tried again once, then told.
const fetchPages = async (module, tell) => {
  const got = new Map();
  const missing = [];
  for (const address of module.pages) {
    const again = () => ask(address, module.languages).catch(() => undefined);
    const response = await ask(address, module.languages).catch(again);
    if (response && response.headers.get("Keep-For") !== module.person) return { problem: "other" };
    if (response) got.set(address, await stamped(response));
    else missing.push(address);
    tell({ done: module.lessons.filter((lesson) => got.has(lesson)).length });
  }
  if (!got.size) return { problem: "dark" };
  return missing.length ? { problem: "missing", missing } : { got };
};

const asKeptWide = (address) =>
  address.replace(WIDTH, (all, place, width) =>
    Number(width) > KEPT_WIDTH ? `${place}${KEPT_WIDTH}.webp` : all,
  );

// As many pictures as the limit bears; the pages say in words what the others show.
const fetchPictures = async (pages) => {
  const texts = await Promise.all([...pages.values()].map((page) => page.clone().text()));
  const named = new Set(texts.flatMap((text) => [...text.matchAll(PICTURE)].map(([, address]) => asKeptWide(address))));
  const got = new Map();
  let room = MOST_PICTURES;
  for (const address of named) {
    const response = await ask(address).catch(() => undefined);
    const size = response ? (await response.clone().blob()).size : Infinity;
    if (size > room) continue;
    room -= size;
    got.set(address, response);
  }
  return { got, left: named.size - got.size };
};

const sizeOf = async (responses) => {
  const blobs = await Promise.all(responses.map((response) => response.clone().blob()));
  return blobs.reduce((sum, { size }) => sum + size, 0);
};

// `module`: person, course, key, pages, lessons, titles. The answer is what stands on the shelf,
// or a problem; then nothing new stands there.
const keepModule = async (module, tell = () => {}) => {
  const began = forgotten;
  const pages = await fetchPages(module, tell);
  if (pages.problem) return pages;
  const pictures = await fetchPictures(pages.got);
  const all = [...pages.got, ...pictures.got];
  const bytes = await sizeOf(all.map(([, response]) => response));
  if (began !== forgotten) return { problem: "other" };
  await forgetOthers(module.person);
  const shelf = await caches.open(PERSONAL + module.person);
  const list = listOf(module);
  // A module that is only renewed may have been removed meanwhile.
  if (module.list && !(await shelf.match(list))) return { problem: "removed" };
  const others = (await modulesOn(shelf)).filter((other) => other.list !== list);
  const used = others.reduce((sum, other) => sum + other.bytes, 0);
  if (used + bytes > MOST) return { problem: "full", used };
  const entry = {
    ...module,
    list,
    bytes,
    pictures: [...pictures.got.keys()],
    left: pictures.left,
    languages: pages.got.get(module.pages[0]).headers.get(KEPT_IN),
    version: pages.got.get(module.pages[0]).headers.get("Keep-Version"),
    edition: EDITION,
    at: new Date().toISOString(),
  };
  try {
    for (const [address, response] of all) await shelf.put(address, response);
    await shelf.put(list, Response.json(entry));
  } catch {
    await sweep(shelf);
    return { problem: "room" };
  }
  await sweep(shelf);
  if (began !== forgotten) {
    await caches.delete(PERSONAL + module.person);
    return { problem: "other" };
  }
  return { kept: entry };
};

const removeModule = async ({ person, course, key }) => {
  const name = PERSONAL + person;
  const shelf = await caches.open(name);
  await shelf.delete(listOf({ course, key }));
  await sweep(shelf);
  if (!(await shelf.keys()).length) await caches.delete(name);
  return { removed: true };
};

// The module's lessons as the course lists them now. None: the course was left, or the module is
// not in the edition that is read now.
const listed = async (module) => {
  const page = await ask(module.pages[0], module.languages);
  if (page.headers.get("Keep-For") !== module.person) throw new Error("somebody else");
  const named = new RegExp(`data-keep="${module.key}"[^>]*\\sdata-lessons="([^"]*)"`);
  const lessons = (await page.text()).match(named)?.[1].trim().split(/\s+/);
  return lessons && { ...module, lessons, pages: [...module.pages.slice(0, 2), ...lessons] };
};

let isRenewing = false;

// What was kept from other words or with other files of the site is fetched anew, whole; when
// that fails, the old copy stays until the next page comes over the line.
const renew = async (isOld) => {
  const shelf = await shelfHere();
  if (!shelf || isRenewing) return;
  isRenewing = true;
  try {
    for (const module of (await modulesOn(shelf)).filter(isOld)) {
      const now = await listed(module);
      if (now) await keepModule(now);
      else await removeModule(module);
    }
  } finally {
    isRenewing = false;
  }
};

// A page that came over the line tells by its version that the course was corrected.
const renewAfter = (address, version) =>
  renew(
    (module) =>
      module.edition !== EDITION || (module.pages.includes(address) && module.version !== version),
  );

// Says what is on this device for whoever is here, instead of a page that does not come.

const heading = document.getElementById("offline");
const kept = document.getElementById("kept");
const { lang } = document.documentElement;
const language = lang === "en" ? "en-GB" : lang;
const person = document.cookie.match(/(?:^|; )here=([0-9a-f-]{36})/)?.[1];
const ATTEMPT = /^\/courses\/attempts\//;

const make = (tag, text = "", more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);
const kb = (bytes) => Math.ceil(bytes / 1024).toLocaleString(language);
const day = (moment) => new Date(moment).toLocaleDateString(language, { dateStyle: "medium" });
const titleOf = (html) => new DOMParser().parseFromString(html, "text/html").title.split(" · ")[0].trim();

const lessonRow = async (shelf, address) => {
  const page = await shelf.match(address);
  const row = make("li");
  if (page) row.append(make("a", titleOf(await page.text()).replace(/,[^,]*$/, ""), { href: address, dir: "auto" }));
  return row;
};

const moduleBlock = async (shelf, module) => {
  const block = make("div", "", { className: "outline-part" });
  const heading = make("h3");
  heading.append(make("a", module.title, { href: module.address, dir: "auto" }));
  const about = make("p", "", { className: "meta-line" });
  const course = make("a", `${module.code} ${module.courseTitle}`, { href: module.pages[0], dir: "auto" });
  const size = kept.dataset.kb.replace("{kb}", kb(module.bytes)).replace("{on}", day(module.at));
  about.append(course, make("span", size));
  const list = make("ol", "", { className: "outline" });
  for (const address of module.lessons) list.append(await lessonRow(shelf, address));
  block.append(heading, about, list);
  return block;
};

const paperBlock = async (shelf, address) => {
  const block = make("p");
  const title = titleOf(await (await shelf.match(address)).text());
  block.append(make("a", title, { href: address, dir: "auto" }), ` (${kept.dataset.quiz})`);
  return block;
};

const show = async () => {
  const name = `kept-${person}`;
  if (!person || !(await caches.has(name))) return 0;
  const shelf = await caches.open(name);
  const addresses = (await shelf.keys()).map(({ url }) => new URL(url).pathname);
  const lists = addresses.filter((address) => address.startsWith("/kept/"));
  const modules = await Promise.all(lists.map(async (list) => (await shelf.match(list)).json()));
  const blocks = [];
  for (const address of addresses) if (ATTEMPT.test(address)) blocks.push(await paperBlock(shelf, address));
  for (const module of modules) blocks.push(await moduleBlock(shelf, module));
  kept.querySelector("[data-list]").append(...blocks);
  const total = kept.querySelector("[data-total]");
  total.textContent = total.dataset.total.replace("{kb}", kb(modules.reduce((sum, { bytes }) => sum + bytes, 0)));
  kept.hidden = !blocks.length;
  return blocks.length;
};

// Where the worker cannot read cookies, it is told who is here; then the page is asked for again.
const open = async () => {
  const worker = navigator.serviceWorker?.controller;
  if (window.cookieStore || !person || !worker) return;
  const shelf = (await caches.has(`kept-${person}`)) && (await caches.open(`kept-${person}`));
  if (!shelf || !(await shelf.match(location.pathname))) return;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => location.reload();
  worker.postMessage({ verb: "here", module: { person } }, [port2]);
};

if (location.pathname !== heading.dataset.address) {
  heading.textContent = heading.dataset.dark;
  document.getElementById("dark").hidden = false;
  const again = document.getElementById("again");
  again.hidden = false;
  again.querySelector("button").onclick = () => location.reload();
  window.addEventListener("online", () => location.reload());
  await open();
}
document.getElementById("nothing").hidden = Boolean(await show().catch(() => 0));

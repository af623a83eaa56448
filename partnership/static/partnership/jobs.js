// Renews the list of jobs while one of them is live. Without scripts the link beside it does.

const PAUSE = 3000;
const list = document.getElementById("jobs");
const renewal = document.getElementById("renewal");
const stop = renewal.querySelector("button");
const words = { stop: stop.textContent, resume: renewal.dataset.resume };
const live = (state) => state === "queued" || state === "running";
let timer;

const announce = (text) => {
  document.getElementById("live").textContent = text;
};

// A row is changed in place, so that neither the focus nor an open note is lost without need.
const renewRow = (row, fresh) => {
  if (row.outerHTML === fresh.outerHTML) return;
  const held = row.contains(document.activeElement);
  const open = row.querySelector("details")?.open;
  if (row.dataset.state !== fresh.dataset.state) announce(fresh.dataset.name);
  const next = document.importNode(fresh, true);
  if (open && next.querySelector("details")) next.querySelector("details").open = true;
  row.replaceWith(next);
  if (!held) return;
  const target = next.querySelector("button, summary") ?? next;
  if (target === next) next.tabIndex = -1;
  target.focus();
};

const renew = async () => {
  try {
    const response = await fetch(window.location.href, { headers: { Accept: "text/html" } });
    if (!response.ok || response.redirected) throw new Error("no list");
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const rows = [...page.querySelectorAll("#jobs > .job")];
    for (const fresh of rows) {
      const row = document.getElementById(fresh.id);
      if (row) renewRow(row, fresh);
    }
    renewal.querySelector("p").textContent = page.querySelector("#renewal p").textContent;
    if (rows.some((row) => live(row.dataset.state))) timer = setTimeout(renew, PAUSE);
    else stop.hidden = true;
  } catch {
    renewal.querySelector("p").textContent = renewal.dataset.ended;
    stop.textContent = words.resume;
    timer = undefined;
  }
};

if (list && stop) {
  stop.hidden = false;
  stop.addEventListener("click", () => {
    const running = timer !== undefined;
    clearTimeout(timer);
    timer = running ? undefined : setTimeout(renew, 0);
    stop.textContent = running ? words.resume : words.stop;
  });
  timer = setTimeout(renew, PAUSE);
}

// Signs of Markdown around what is chosen in the text. What is put in can be undone as typed.

const put = (field, text, from, to) => {
  field.focus();
  field.setSelectionRange(from, to);
  // The one way that the browser's own undo knows of; where it is gone, the text is set.
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, from, to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
};

const chosen = (field) => field.value.slice(field.selectionStart, field.selectionEnd);

const around = (field, sign) => {
  const { selectionStart: from, selectionEnd: to } = field;
  const words = chosen(field);
  const isMarked = words.startsWith(sign) && words.endsWith(sign) && words.length > 2 * sign.length;
  const text = isMarked ? words.slice(sign.length, -sign.length) : `${sign}${words}${sign}`;
  put(field, text, from, to);
  const start = isMarked ? from : from + sign.length;
  field.setSelectionRange(start, start + (isMarked ? text.length : words.length));
};

// Of the lines that are chosen, each begins with the sign; a second time it goes again.
const lines = (field, sign) => {
  const from = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const end = field.value.indexOf("\n", field.selectionEnd);
  const to = end < 0 ? field.value.length : end;
  const found = field.value.slice(from, to).split("\n");
  const areMarked = found.every((line) => line.startsWith(sign));
  const text = found.map((line) => (areMarked ? line.slice(sign.length) : sign + line)).join("\n");
  put(field, text, from, to);
};

// A block of its own, with an empty line on both sides; what stands for words is chosen.
const block = (field, text, words = "") => {
  const { selectionStart: from, selectionEnd: to } = field;
  const before = field.value.slice(0, from);
  const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  put(field, `${gap}${text}\n\n`, from, to);
  const at = from + gap.length + text.indexOf(words);
  if (words) field.setSelectionRange(at, at + words.length);
};

const link = (field) => {
  const { selectionStart: from, selectionEnd: to } = field;
  const words = chosen(field) || "…";
  put(field, `[${words}](https://)`, from, to);
  const at = from + words.length + 3;
  field.setSelectionRange(at, at + 8);
};

const table = (field, words) => {
  const row = (text) => `| ${[1, 2, 3].map(text).join(" | ")} |`;
  const rows = [row((n) => `${words} ${n}`), row(() => "---"), row(() => "…"), row(() => "…")];
  block(field, rows.join("\n"), `${words} 1`);
};

const ACTS = {
  bold: (field) => around(field, "**"),
  italic: (field) => around(field, "*"),
  heading: (field) => lines(field, "## "),
  list: (field) => lines(field, "- "),
  link,
  table,
  callout: (field, words) => block(field, `> **${words}** ${chosen(field) || "…"}`, chosen(field) || "…"),
  formula: (field, words) => block(field, `> ${chosen(field) || words}`, chosen(field) || words),
  figure: (field, words, name) => block(field, `\`\`\`figure ${name}\n${words}\n\`\`\``, words),
};
const KEYS = { b: "bold", i: "italic", k: "link" };

// One stop for the tab key; the arrows go from sign to sign.
const rove = (bar, items) => {
  const stop = (item) => items.forEach((one) => (one.tabIndex = one === item ? 0 : -1));
  stop(items[0]);
  bar.addEventListener("focusin", ({ target }) => items.includes(target) && stop(target));
  bar.addEventListener("keydown", (event) => {
    const isTurned = getComputedStyle(bar).direction === "rtl";
    const step = { ArrowRight: isTurned ? -1 : 1, ArrowLeft: isTurned ? 1 : -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = items.indexOf(document.activeElement);
    items.at((at + step) % items.length).focus();
  });
};

export const offerToolbar = (bar, field) => {
  const items = [...bar.querySelectorAll("[data-mark]")];
  const act = (item, name) => ACTS[item.dataset.mark](field, item.dataset.words, name);
  for (const item of items) {
    if (item.tagName !== "SELECT") item.addEventListener("click", () => act(item));
    else {
      item.addEventListener("change", () => {
        const name = item.value;
        item.value = "";
        if (name) act(item, name);
      });
    }
  }
  field.addEventListener("keydown", (event) => {
    const mark = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && KEYS[event.key];
    if (!mark) return;
    event.preventDefault();
    ACTS[mark](field);
  });
  rove(bar, items);
  bar.hidden = false;
};

export const putIn = (field, text) => put(field, text, field.selectionStart, field.selectionEnd);

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

// Where a block can begin: after the line of the place, with an empty line between.
const gapBefore = (field, at) => {
  const before = field.value.slice(0, at);
  return !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
};
const endOfLine = (field) => {
  const end = field.value.indexOf("\n", field.selectionEnd);
  return end < 0 ? field.value.length : end;
};

// A block of its own in the place of what is chosen, or behind the line; `words` are chosen then.
const block = (field, text, words, from = endOfLine(field), to = from) => {
  const gap = gapBefore(field, from);
  put(field, `${gap}${text}\n\n`, from, to);
  const at = from + gap.length + text.indexOf(words);
  field.setSelectionRange(at, at + words.length);
};

const quote = (field, sign, instead) => {
  const words = chosen(field);
  const told = (words || instead).replaceAll("\n", "\n> ");
  const place = words ? [field.selectionStart, field.selectionEnd] : [];
  block(field, `> ${sign}${told}`, told, ...place);
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

// In the line where words are chosen, else in lines of its own.
const formula = (field, words) =>
  chosen(field) ? around(field, "$") : block(field, `$$\n${words}\n$$`, words);

const medium = (field, kind, words, facts) =>
  block(field, `\`\`\`${kind}\n${words}\nhttps://\n${facts}\n\`\`\``, words);

const ACTS = {
  bold: (field) => around(field, "**"),
  italic: (field) => around(field, "*"),
  heading: (field) => lines(field, "## "),
  list: (field) => lines(field, "- "),
  link,
  table,
  callout: (field, words) => quote(field, `**${words}** `, "…"),
  formula,
  video: (field, words, name, { said }) => medium(field, "video", words, `4 min, 18 MB\n\n${said}`),
  file: (field, words) => medium(field, "file", words, "18 KB"),
  reference: (field, words, text) => put(field, text, field.selectionStart, field.selectionEnd),
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
  const items = [...bar.querySelectorAll("[data-mark], a")];
  const own = items.filter((item) => ACTS[item.dataset.mark]);
  const act = (item, name) => ACTS[item.dataset.mark](field, item.dataset.words, name, item.dataset);
  for (const item of own) {
    if (item.tagName === "BUTTON") item.addEventListener("click", () => act(item));
    if (item.tagName === "SELECT") {
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

// A block of its own behind the line, with no more empty lines around it than it needs.
export const putBlock = (field, text) => {
  const at = endOfLine(field);
  const after = field.value.slice(at);
  const gap = after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  put(field, `${gapBefore(field, at)}${text}${gap}`, at, at);
};

const BLOCK = /^(#|- |\d+\. |\||> )/;

// What was pasted; what begins a block does not go on in the line.
export const putIn = (field, text) => {
  const { selectionStart: from, selectionEnd: to } = field;
  put(field, BLOCK.test(text) ? `${gapBefore(field, from)}${text}` : text, from, to);
};

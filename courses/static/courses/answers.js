// Reads an answer from a question's fields, and writes one back into them.

const all = (question, selector) => [...question.querySelectorAll(selector)];

const orderOf = (question) => all(question, ".order > li");

const typed = (question) => {
  const text = question.querySelector("[data-text]").value;
  const unit = question.querySelector("[data-unit]");
  return unit ? { text, unit: unit.value } : { text };
};

export const read = (question) => {
  switch (question.dataset.kind) {
    case "number":
      return { ...typed(question), unit: question.querySelector("[data-unit]")?.value ?? "" };
    case "short_text":
      return typed(question);
    case "matching": {
      const chosen = all(question, "select").filter(({ value }) => value);
      return { pairs: Object.fromEntries(chosen.map((one) => [one.dataset.left, one.value])) };
    }
    case "ordering": {
      const placed = orderOf(question).filter((row) => row.querySelector("input").value);
      return { order: placed.map((row) => row.dataset.option) };
    }
    default:
      return { chosen: all(question, "input:checked").map(({ value }) => value) };
  }
};

const number = (question, isPlaced = true) => {
  orderOf(question).forEach((row, index) => {
    row.querySelector("input").value = isPlaced ? index + 1 : "";
  });
};

const arrange = (question, order) => {
  const list = question.querySelector(".order");
  const rows = new Map(orderOf(question).map((row) => [row.dataset.option, row]));
  for (const token of [...order].reverse()) list.prepend(rows.get(token));
  number(question, order.length > 0);
};

export const write = (question, response) => {
  const { chosen = [], pairs = {}, order = [], text = "", unit = "" } = response ?? {};
  for (const input of all(question, "input:is([type=radio], [type=checkbox])")) {
    input.checked = chosen.includes(input.value);
  }
  for (const select of all(question, "select")) select.value = pairs[select.dataset.left] ?? "";
  if (question.dataset.kind === "ordering") arrange(question, order);
  const field = question.querySelector("[data-text]");
  if (field) field.value = text;
  const unitField = question.querySelector("[data-unit]");
  if (unitField) unitField.value = unit;
};

export const isAnswered = (question) =>
  Object.entries(read(question)).some(
    ([part, value]) => part !== "unit" && (value.length ?? Object.keys(value).length) > 0,
  );

// Moves a line of an ordering to a place, from 0; the others make room and all are numbered.
const move = (question, row, place) => {
  const rows = orderOf(question).filter((other) => other !== row);
  const target = rows[Math.max(0, place)];
  if (target) target.before(row);
  else row.parentElement.append(row);
  number(question);
};

export const watchOrder = (question, changed) => {
  question.addEventListener("click", ({ target }) => {
    const button = target.closest("button[data-by]");
    if (!button) return;
    const row = button.closest("li");
    const by = Number(button.dataset.by);
    move(question, row, orderOf(question).indexOf(row) + by);
    button.focus();
    changed(row);
  });
  question.addEventListener("change", ({ target }) => {
    if (target.type !== "number") return;
    // After the focus has gone where it is going: a row that moves meanwhile would pull it back.
    setTimeout(() => place(question, target, changed));
  });
  // A number whose field was not left yet counts too, for a page that goes or is put aside.
  const takeTyped = () => {
    const input = document.activeElement;
    if (question.contains(input) && input.type === "number" && !isDrawn(question, input)) {
      place(question, input, changed);
    }
  };
  window.addEventListener("pagehide", takeTyped);
  document.addEventListener("visibilitychange", () => document.hidden && takeTyped());
};

const isDrawn = (question, input) => {
  const rows = orderOf(question);
  const isNumbered = rows.every((row) => row.querySelector("input").value);
  const isHere = rows.indexOf(input.closest("li")) === Number(input.value) - 1;
  return !input.value || (isNumbered && isHere);
};

const place = (question, input, changed) => {
  const row = input.closest("li");
  const held = document.activeElement;
  const wanted = Number(input.value) - 1;
  if (input.value && orderOf(question).indexOf(row) !== wanted) move(question, row, wanted);
  else if (input.value) number(question);
  if (row.contains(held)) held.focus({ preventScroll: true });
  changed(row);
};

// Tells an answer in its place, without loading the lesson again. Without scripts the form does it.

import { watchOrder } from "./answers.js";

const form = document.getElementById("self-checks");
let isRefused = false;

const say = (words) => {
  document.getElementById("live").textContent = words;
};

// Seen and heard, in the place of the answer. Its page's fields stay as they are.
const tellLater = (question) => {
  const line = document.createElement("p");
  line.className = "wrong";
  line.textContent = form.dataset.later;
  question.querySelector(".self-check-told").replaceChildren(line);
  say("");
  say(form.dataset.later);
};

const prepare = (question) => {
  for (const part of question.querySelectorAll("[data-scripted]:not([data-keep-order])")) part.hidden = false;
  // What was told is told of the answer that stood there then.
  const forget = () => question.querySelector(".self-check-told").replaceChildren();
  question.addEventListener("input", forget);
  if (question.dataset.kind === "ordering") watchOrder(question, forget);
};

// Of what comes back only this question is drawn anew; what stands in the others stays.
const draw = (question, text) => {
  const page = new DOMParser().parseFromString(text, "text/html");
  const told = page.querySelector("fieldset");
  question.replaceWith(told);
  prepare(told);
  told.querySelector(".self-check-told").focus();
};

const ask = async (question, button) => {
  const fields = new URLSearchParams(new FormData(form));
  fields.set("check", button.value);
  fields.set("part", "1");
  const response = await fetch(button.formAction, { method: "POST", body: fields });
  if (response.status >= 500) throw new Error("later");
  if (response.ok) return draw(question, await response.text());
  // Why not, the site says on a page of its own.
  isRefused = true;
  return form.requestSubmit(button);
};

for (const question of form.querySelectorAll(".question")) prepare(question);
form.addEventListener("submit", async (event) => {
  // Enter in a field is meant for the question that the field belongs to.
  const button = event.submitter?.name ? event.submitter : document.activeElement?.closest(".question")?.querySelector("button[name=check]");
  if (!button || isRefused) return;
  event.preventDefault();
  const question = button.closest(".question");
  try {
    await ask(question, button);
  } catch {
    tellLater(question);
  }
});

// Before somebody signs out: answers and finished lessons that only this device knows of are not
// dropped without a question.

import { forget, shelfOf } from "./store.js";

const asked = (words, number) =>
  new Promise((resolve) => {
    const dialog = document.createElement("dialog");
    dialog.className = "sheet";
    dialog.setAttribute("aria-label", words.title);
    const text = document.createElement("p");
    text.textContent = words.text.replace("{n}", number);
    const actions = document.createElement("p");
    actions.className = "actions";
    const button = (label, kind, answer) => {
      const made = document.createElement("button");
      Object.assign(made, { type: "button", className: `button ${kind}`, textContent: label });
      made.onclick = () => {
        dialog.remove();
        resolve(answer);
      };
      return made;
    };
    actions.append(button(words.stay, "is-main", false), button(words.drop, "", true));
    dialog.append(text, actions);
    dialog.oncancel = () => resolve(false);
    document.body.append(dialog);
    dialog.showModal();
  });

export const mayLeave = async ({ person, ...words }) => {
  const shelf = await shelfOf(person);
  // A hand-in waits behind its answers, and a lesson that was only opened is no loss.
  const counts = ({ question, attempt, read }) => question && (attempt !== "lessons" || read);
  const waiting = (await shelf.waiting()).filter(counts);
  if (waiting.length && !(await asked(words, waiting.length))) return false;
  await forget(person);
  return true;
};

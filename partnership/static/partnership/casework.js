// What is typed into a case study and not saved yet is kept on this device, under the text that it
// was written over, until it has arrived.

const form = document.querySelector(".case-form");
const line = document.getElementById("unsaved");
const place = `case ${form.dataset.person} ${window.location.pathname}`;

const stored = (doing) => {
  try {
    return doing();
  } catch {
    // Storage is refused or full, or what lies there is not ours.
    return undefined;
  }
};

const typed = () =>
  [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "saw"].includes(name));

const say = (sentence) => {
  line.textContent = sentence;
  line.hidden = false;
};

const putIn = (fields) => {
  const values = new Map(fields);
  for (const field of form.elements) {
    if (!field.name || ["csrfmiddlewaretoken", "saw", "do"].includes(field.name)) continue;
    if (field.type === "checkbox") field.checked = values.has(field.name);
    else if (values.has(field.name)) field.value = values.get(field.name);
  }
};

const store = (isSent) =>
  stored(() => localStorage.setItem(place, JSON.stringify({ saw, isSent, fields: typed() })));
const drop = () => stored(() => localStorage.removeItem(place));

let { value: saw } = form.elements.saw;
let isSending = false;
let isChanged = false;

const takeUp = () => {
  const kept = stored(() => JSON.parse(localStorage.getItem(place)));
  if (!kept) return;
  // It arrived: this person has saved since it was written.
  const arrived = kept.isSent && Number(form.dataset.mine) > Number(kept.saw);
  if (arrived || JSON.stringify(kept.fields) === JSON.stringify(typed())) {
    drop();
    return;
  }
  // Over a text that somebody else saved meanwhile it is kept beside.
  saw = form.elements.saw.value = kept.saw;
  putIn(kept.fields);
  isChanged = true;
  say(form.dataset.found);
};

form.addEventListener("input", () => {
  isChanged = true;
  store(false);
  say(form.dataset.unsaved);
});
form.addEventListener("submit", () => {
  isSending = true;
  if (isChanged) store(true);
});
addEventListener("pageshow", () => {
  isSending = false;
});
addEventListener("beforeunload", (event) => {
  if (isChanged && !isSending) event.preventDefault();
});
takeUp();

// What the pages gain when scripts run. Reading and answering need none of it.

const themes = ["system", "light", "dark"];
const root = document.documentElement;

const announce = (words) => {
  document.getElementById("live").textContent = words;
};

const remember = (theme) => {
  try {
    if (theme === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    // Storage is refused: the choice holds for this page.
  }
};

const wear = (theme, button) => {
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  button.textContent = button.dataset[theme];
};

const offerThemes = (button) => {
  const worn = () => root.dataset.theme ?? "system";
  wear(worn(), button);
  button.hidden = false;
  button.addEventListener("click", () => {
    const theme = themes[(themes.indexOf(worn()) + 1) % themes.length];
    wear(theme, button);
    remember(theme);
    announce(button.textContent);
  });
  window.addEventListener("storage", ({ key, newValue }) => {
    if (key === "theme") wear(newValue ?? "system", button);
  });
};

// Escape closes the source note that is open around the focus.
const closeNotes = ({ key, target }) => {
  const note = key === "Escape" && target.closest?.("details.note[open]");
  if (!note) return;
  note.open = false;
  note.querySelector("summary").focus();
};

// Who signs out is asked first about answers that only this device has.
const leaving = document.querySelector("form[data-leaving]");
const askFirst = async (event) => {
  const form = event.target;
  if (form.action !== leaving.action || form.dataset.asked || !localStorage.getItem("answers")) return;
  event.preventDefault();
  const { mayLeave } = await import(leaving.dataset.leaving);
  if (!(await mayLeave(leaving.dataset))) return;
  form.dataset.asked = "yes";
  form.requestSubmit();
};

// Who chooses another language goes on reading at the same place of the page.
const placeHere = () => {
  const step = document.querySelector('.question-list [aria-current="step"]');
  if (step) return step.hash;
  if (window.scrollY < 100) return "";
  const shown = [...document.querySelectorAll("main [id]")].map((part) => [part.id, part.getBoundingClientRect()]);
  // Where the browser puts what an address points at, and a little more.
  const passed = shown.filter(([, { height, top }]) => height && top < 160);
  return passed.length ? `#${passed.at(-1)[0]}` : "";
};
for (const form of document.querySelectorAll("form.languages")) {
  form.addEventListener("submit", () => {
    const { next } = form.elements;
    next.value = next.value.split("#")[0] + placeHere();
  });
}

const button = document.querySelector("button.theme-switch");
if (button) offerThemes(button);
document.addEventListener("keydown", closeNotes);
document.querySelector(".error-summary")?.focus();
if (leaving) document.addEventListener("submit", askFirst);

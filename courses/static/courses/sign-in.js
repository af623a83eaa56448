// Signing in again over the work. Nothing that was answered moves: it waits on the device.

const tokenIn = (html) =>
  new DOMParser()
    .parseFromString(html, "text/html")
    .querySelector("form[method=post] [name=csrfmiddlewaretoken]")?.value;

// The token of the session that is there now, if it is this person's.
const tokenOf = async (page) => {
  const response = await fetch(page.answers, { headers: { Accept: "application/json" } });
  if (!response.ok) return undefined;
  const state = await response.json();
  page.hearState?.(state);
  return state.person === page.person ? state.token : undefined;
};

const send = async (form) => {
  const address = form.action;
  const csrf = tokenIn(await (await fetch(address)).text());
  const body = new URLSearchParams(new FormData(form));
  const response = await fetch(address, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": csrf, "X-Requested-With": "XMLHttpRequest" },
  });
  return response.ok;
};

export const signIn = async (page, dialog) => {
  const token = await tokenOf(page);
  if (token) return token;
  const form = dialog.querySelector("form");
  const told = dialog.querySelector("[data-told]");
  const tell = (word) => {
    told.textContent = word ? dialog.dataset[word] : "";
  };
  return new Promise((resolve) => {
    const finish = (found) => {
      form.reset();
      tell("");
      dialog.close();
      resolve(found);
    };
    const tryAgain = async (failure) => {
      try {
        const found = await tokenOf(page);
        if (found) finish(found);
        else tell(failure);
      } catch {
        tell("dark");
      }
    };
    form.onsubmit = async (event) => {
      event.preventDefault();
      try {
        tell("busy");
        await tryAgain((await send(form)) ? "other" : "wrong");
      } catch {
        tell("dark");
      }
    };
    dialog.querySelector("[data-again]").onclick = () => tryAgain("still");
    dialog.querySelector("[data-later]").onclick = () => finish();
    dialog.oncancel = () => resolve();
    dialog.showModal();
  });
};

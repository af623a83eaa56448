// Signing in again over the work, with a password or a mailed code. Nothing that was answered
// moves: it waits on the device.

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

const post = async (address, body, headers) => {
  const csrf = tokenIn(await (await fetch(address)).text());
  return fetch(address, { method: "POST", body, headers: { "X-CSRFToken": csrf, ...headers } });
};

const sendPassword = async (form) => {
  const body = new URLSearchParams(new FormData(form));
  return (await post(form.action, body, { "X-Requested-With": "XMLHttpRequest" })).ok;
};

// What was asked, answered in a sentence either way.
const ask = async (address, fields) => {
  const response = await post(address, new URLSearchParams(fields), { Accept: "application/json" });
  const { detail } = await response.json();
  return { isDone: response.ok, detail };
};

export const signIn = async (page, dialog) => {
  const token = await tokenOf(page);
  if (token) return token;
  const [byPassword, byCode] = dialog.querySelectorAll("form");
  const told = dialog.querySelector("[data-told]");
  const say = (sentence) => {
    told.textContent = sentence;
  };
  const tell = (word) => say(word ? dialog.dataset[word] : "");
  const show = (form) => {
    byPassword.hidden = form !== byPassword;
    byCode.hidden = form !== byCode;
    form.querySelector("input").focus();
  };
  return new Promise((resolve) => {
    const finish = (found) => {
      document.removeEventListener("visibilitychange", look);
      byPassword.reset();
      byCode.reset();
      show(byPassword);
      tell("");
      dialog.close();
      resolve(found);
    };
    const tryAgain = async (failure) => {
      const found = await tokenOf(page);
      if (found) finish(found);
      else tell(failure);
    };
    // Whoever signed in on a page of its own comes back to a dialog that has noticed.
    const look = () => {
      if (!document.hidden) tokenOf(page).then((found) => found && finish(found), () => {});
    };
    // One thing at a time; a line that is dark is said and changes nothing.
    const doing = (act) => async (event) => {
      event.preventDefault();
      tell("busy");
      try {
        await act();
      } catch {
        tell("dark");
      }
    };
    byPassword.onsubmit = doing(async () => tryAgain((await sendPassword(byPassword)) ? "other" : "wrong"));
    dialog.querySelector("[data-mail]").onclick = doing(async () => {
      const login = byPassword.elements.login;
      if (!login.reportValidity()) return tell("");
      const { isDone, detail } = await ask(byPassword.dataset.code, { login: login.value });
      if (isDone) show(byCode);
      say(detail);
    });
    byCode.onsubmit = doing(async () => {
      const { isDone, detail } = await ask(byCode.action, { code: byCode.elements.code.value });
      if (isDone) await tryAgain("other");
      else say(detail);
    });
    dialog.querySelector("[data-back]").onclick = () => {
      tell("");
      show(byPassword);
    };
    dialog.querySelector("[data-again]").onclick = doing(() => tryAgain("still"));
    for (const later of dialog.querySelectorAll("[data-later]")) later.onclick = () => finish();
    dialog.oncancel = () => finish();
    document.addEventListener("visibilitychange", look);
    dialog.showModal();
  });
};

// A picture of the course's shelf is put into the text: chosen among those there, or sent first.

export const offerPictures = (opener, dialog, put) => {
  const place = dialog.querySelector("[data-pictures]");
  const { failed } = dialog.dataset;
  const close = (markdown) => {
    dialog.close();
    if (markdown) put(markdown);
  };

  const draw = (html) => {
    place.innerHTML = html;
    const sent = place.querySelector("[data-sent]");
    if (sent) return close(sent.dataset.sent);
    place.querySelector("form").addEventListener("submit", send);
    const wrong = place.querySelector(".is-wrong input");
    if (wrong) wrong.focus();
  };

  const ask = async (body) => {
    place.setAttribute("aria-busy", "true");
    try {
      const how = body ? { method: "POST", body, redirect: "manual" } : { redirect: "manual" };
      const response = await fetch(dialog.dataset.address, how);
      if (!response.ok && response.status !== 400) throw new Error(response.status);
      draw(await response.text());
    } catch {
      // What was typed stays: only the sentence is added.
      const told = document.createElement("p");
      told.className = "callout is-caution";
      told.setAttribute("role", "alert");
      told.textContent = failed;
      place.prepend(told);
    }
    place.removeAttribute("aria-busy");
  };

  const send = (event) => {
    event.preventDefault();
    ask(new FormData(event.target));
  };

  opener.addEventListener("click", () => {
    dialog.showModal();
    ask();
  });
  place.addEventListener("click", ({ target }) => {
    const choice = target.closest("[data-markdown]");
    if (choice) close(choice.dataset.markdown);
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => close());
};

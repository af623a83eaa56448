// A link beside its button: pressed, it is copied. Without scripts the field can be read and marked.

const live = document.getElementById("live");
for (const button of document.querySelectorAll("button[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.done;
    if (live) live.textContent = button.dataset.done;
  });
}

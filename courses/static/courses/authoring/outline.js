// Parts of the outline can be dragged where the pointer is fine; the buttons do the same.

const parts = document.querySelector(".parts");
const act = document.getElementById("act");
let dragged;

const kindOf = (row) => row.dataset.part.split(":")[0];

// The row of the same kind before which it would stand, and the module that it would be in.
const placeAt = (target, y) => {
  const row = target.closest("[data-part]");
  const chapter = target.closest("[data-module]");
  if (!chapter) return undefined;
  const module = chapter.dataset.module;
  if (kindOf(dragged) === "module") {
    const chapters = [...parts.querySelectorAll('.chapter[data-module]:not([data-module=""])')];
    const { top, height } = chapter.getBoundingClientRect();
    const next = y < top + height / 2 ? chapter : chapters[chapters.indexOf(chapter) + 1];
    return { module: "", before: next ? `module:${next.dataset.module}` : "", mark: next ?? chapter };
  }
  const rows = [...chapter.querySelectorAll(`[data-part^="${kindOf(dragged)}:"]`)];
  const before = rows.find((one) => {
    const { top, height } = one.getBoundingClientRect();
    return y < top + height / 2;
  });
  return { module, before: before?.dataset.part ?? "", mark: before ?? row ?? chapter };
};

const unmark = () => {
  for (const row of parts.querySelectorAll(".is-target")) row.classList.remove("is-target");
};

const drop = (place) => {
  const told = { act: "place", part: dragged.dataset.part, module: place.module, before: place.before };
  if (told.before === told.part) return;
  for (const [name, value] of Object.entries(told)) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    act.append(field);
  }
  act.requestSubmit();
};

const isFine = window.matchMedia("(pointer: fine)").matches;
for (const row of isFine ? parts.querySelectorAll("[data-part]") : []) {
  row.draggable = true;
  row.addEventListener("dragstart", (event) => {
    // Words of a field that is open are chosen, not dragged.
    if (event.target !== row) return;
    dragged = row;
    row.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.dataset.part);
  });
  row.addEventListener("dragend", () => {
    row.classList.remove("is-dragged");
    unmark();
    dragged = undefined;
  });
}
parts.addEventListener("dragover", (event) => {
  const place = dragged && placeAt(event.target, event.clientY);
  if (!place) return;
  event.preventDefault();
  unmark();
  place.mark.classList.add("is-target");
});
parts.addEventListener("drop", (event) => {
  const place = dragged && placeAt(event.target, event.clientY);
  if (!place) return;
  event.preventDefault();
  drop(place);
});

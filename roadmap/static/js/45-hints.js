// The hint above a new list points at the first milestone, and says something else after the first mark.

const hint = document.querySelector("[data-hint]");
if (hint) {
  rowOf(hint.dataset.hint)?.classList.add("begin-here");
  document.addEventListener("roadmap:changed", () => {
    hint.querySelector("[data-before]").hidden = true;
    hint.querySelector("[data-after]").hidden = false;
  }, { once: true });
}

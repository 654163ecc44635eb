// Toasts say what happened and offer to undo it; they stay while pointed at or focused.

const TOAST_TIME = 12_000;
let toastTimer;
// A redo is offered, and not taken by the key of undo.
const undoForms = [];
const addUndo = (form) => { if (form && !form.elements.redo) undoForms.push(form); };

function removeLater(toast) {
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) removeLater(toast);
    else toast.remove();
  }, TOAST_TIME);
}

// What the page itself came with; it is gone once its undo was used, or where it floats and another one comes.
const flashed = document.querySelector(".flashed");
const floats = flashed && getComputedStyle(flashed).position === "fixed";

function showToast(content) {
  const region = document.getElementById("toasts");
  if (!region) return null;
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.append(...[...content.childNodes].map((node) => document.importNode(node, true)));
  const hadFocus = [region, flashed].some((place) => place?.contains(document.activeElement));
  if (floats || flashed?.matches(".is-used")) flashed.remove();
  region.replaceChildren(toast);
  if (hadFocus) toast.querySelector("button")?.focus();
  addUndo(toast.querySelector("form"));
  removeLater(toast);
  // The row that was just marked, and the next one, stay clear of the toast.
  document.activeElement?.closest("[data-list] [data-milestone]")?.scrollIntoView({ block: "nearest" });
  return toast;
}

// A message of the scripts. With an action it has a button, and stays until that is pressed.
function showMessage(text, action) {
  const content = document.createElement("div");
  content.append(Object.assign(document.createElement("p"), { textContent: text }));
  const toast = showToast(content);
  if (toast && action) {
    clearTimeout(toastTimer);
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: action.label });
    button.addEventListener("click", action.act);
    toast.append(button);
  }
  announce(text);
}

function undoLast() {
  const form = undoForms.pop();
  if (!form) return showMessage("Nothing to undo on this page. The history has every change.");
  if (form.isConnected) return form.requestSubmit();
  return send(form.getAttribute("action"), new FormData(form), () => location.reload());
}

document.addEventListener("submit", ({ target }) => {
  if (undoForms.at(-1) === target) undoForms.pop();
  target.closest(".flashed")?.classList.add("is-used");
});
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-dismiss]")) target.closest(".toast, .notice")?.remove();
});

const flashedToast = flashed?.querySelector(".toast");
if (flashedToast) {
  addUndo(flashedToast.querySelector("form"));
  announce(flashedToast.querySelector("p")?.textContent);
  if (floats) removeLater(flashedToast);
}

// Toasts say what happened and offer to undo it; they stay while pointed at or focused.

const STAYS = 12_000;
let leaving;
// A redo is offered, and not taken by the key of undo.
const undos = [];
const keepUndo = (form) => { if (form && !form.elements.redo) undos.push(form); };

function leaveLater(toast) {
  clearTimeout(leaving);
  leaving = setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) leaveLater(toast);
    else toast.remove();
  }, STAYS);
}

function showToast(content) {
  const region = document.getElementById("toasts");
  if (!region) return;
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.append(...[...content.childNodes].map((node) => document.importNode(node, true)));
  const hadFocus = region.contains(document.activeElement);
  region.replaceChildren(toast);
  if (hadFocus) toast.querySelector("button")?.focus();
  keepUndo(toast.querySelector("form"));
  leaveLater(toast);
}

function tell(text) {
  const words = document.createElement("div");
  words.append(Object.assign(document.createElement("p"), { textContent: text }));
  showToast(words);
  say(text);
}

function undoLast() {
  const form = undos.pop();
  if (!form) return tell("Nothing to undo on this page. The history has every change.");
  if (form.isConnected) return form.requestSubmit();
  return send(form.getAttribute("action"), new FormData(form), () => location.reload());
}

document.addEventListener("submit", ({ target }) => { if (undos.at(-1) === target) undos.pop(); });
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-dismiss]")) target.closest(".toast, .notice")?.remove();
});

const waiting = document.querySelector("#toasts .toast");
if (waiting) {
  keepUndo(waiting.querySelector("form"));
  say(waiting.querySelector("p")?.textContent);
  leaveLater(waiting);
}

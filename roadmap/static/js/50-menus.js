// Menus close on a click or focus elsewhere; all rows share one menu of marks; the theme changes without a page load.

function closeMarks(returnsFocus) {
  const dots = marksMenu?.closest("li")?.querySelector(".dots");
  if (!dots) return;
  marksParent.append(marksMenu);
  marksMenu.hidden = true;
  dots.removeAttribute("aria-expanded");
  if (returnsFocus) dots.focus();
}

function openMarks(item, dots) {
  for (const button of marksMenu.children) button.hidden = button.dataset.mark === item.dataset.status || (button.dataset.mark === "known" && item.dataset.status === "done");
  dots.after(marksMenu);
  dots.setAttribute("aria-expanded", "true");
  marksMenu.hidden = false;
  marksMenu.scrollIntoView({ block: "nearest" });
  marksMenu.querySelector("button:not([hidden])").focus({ preventScroll: true });
}

const openMenus = "details.menu[open]";
function closeMenus(except) {
  for (const menu of document.querySelectorAll(openMenus)) if (menu !== except) menu.open = false;
}

document.addEventListener("click", ({ target }) => {
  closeMenus(target.closest("details"));
  const item = target.closest("[data-milestone]");
  const dots = target.closest(".dots");
  const chosen = target.closest("[data-mark]");
  const wasOpen = dots?.hasAttribute("aria-expanded");
  if (chosen || (marksMenu && !target.closest("#marks"))) closeMarks(Boolean(chosen));
  if (chosen?.dataset.mark === "known") markKnown(item);
  else if (chosen) mark(item, chosen.dataset.mark);
  else if (dots && !wasOpen) openMarks(item, dots);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || isComposing(event)) return;
  const menu = document.activeElement?.closest(openMenus);
  closeMenus(null);
  menu?.querySelector("summary").focus();
  if (document.activeElement?.closest("#marks")) closeMarks(true);
});
document.addEventListener("focusin", ({ target }) => {
  closeMenus(target.closest("details"));
  if (marksMenu && !marksMenu.contains(target) && !target.closest(".dots")) closeMarks(false);
});

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (!form.matches("[data-themes]") || !submitter) return;
  event.preventDefault();
  const theme = submitter.value;
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button === submitter));
  const data = new FormData(form, submitter);
  fetch(form.action, { method: "POST", body: new URLSearchParams([...data]), headers: { "X-CSRFToken": token() }, redirect: "manual" })
    .then(({ type }) => { if (type !== "opaqueredirect") throw new Error("Not saved"); })
    .catch(() => showMessage("The server didn’t confirm this theme, so it may not be saved. Choose it again later."));
});

// Every skill is open on paper; those that were closed are closed again afterwards.
addEventListener("beforeprint", () => {
  for (const skill of document.querySelectorAll("details.skill:not([open])")) Object.assign(skill, { open: true }).dataset.printed = "";
});
addEventListener("afterprint", () => {
  for (const skill of document.querySelectorAll("details[data-printed]")) { skill.open = false; delete skill.dataset.printed; }
});

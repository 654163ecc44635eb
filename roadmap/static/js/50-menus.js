// Menus close when one looks elsewhere; one menu of marks serves all rows; the theme changes without a page load.

function closeMarks(focuses) {
  const dots = marksMenu?.closest("li")?.querySelector(".dots");
  if (!dots) return;
  marksHome.append(marksMenu);
  marksMenu.hidden = true;
  dots.removeAttribute("aria-expanded");
  if (focuses) dots.focus();
}

function openMarks(item, dots) {
  for (const each of marksMenu.children) each.hidden = each.dataset.mark === item.dataset.status;
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
  if (chosen) mark(item, chosen.dataset.mark);
  else if (dots && !wasOpen) openMarks(item, dots);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
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
  for (const each of form.querySelectorAll("button")) each.setAttribute("aria-pressed", String(each === submitter));
  const data = new FormData(form, submitter);
  fetch(form.action, { method: "POST", body: new URLSearchParams([...data]), headers: { "X-CSRFToken": token() }, redirect: "manual" });
});

// What was printed has every skill open; what was open before is open again afterwards.
addEventListener("beforeprint", () => {
  for (const each of document.querySelectorAll("details.skill:not([open])")) Object.assign(each, { open: true }).dataset.printed = "";
});
addEventListener("afterprint", () => {
  for (const each of document.querySelectorAll("details[data-printed]")) { each.open = false; delete each.dataset.printed; }
});

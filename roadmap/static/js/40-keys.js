// Letter keys, for those who want them: move through the list, set marks, go places.

const row = () => document.activeElement?.closest("[data-milestone]");
const STATUS = { d: "done", i: "in_progress", s: "skipped", n: "not_started" };

async function askToWithdraw() {
  const dialog = document.getElementById("withdraws");
  if (!dialog) return true;
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((resolve) => { dialog.addEventListener("close", resolve, { once: true }); });
  return dialog.returnValue === "yes";
}

function step(by) {
  const items = rowsOf().filter((item) => item.checkVisibility());
  const at = items.indexOf(row());
  const next = items[at < 0 ? (by > 0 ? 0 : items.length - 1) : at + by];
  next?.querySelector("a")?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

// A row has a button that marks it; a station of the map has its link alone.
function markUrl(item) {
  const button = item?.querySelector('button[name="status"]');
  if (button) return button.getAttribute("formaction");
  const link = item?.closest("[data-marks]") && item.querySelector("a");
  return link && `${link.getAttribute("href")}/progress`;
}

async function mark(item, status) {
  const url = markUrl(item);
  if (!url || item.dataset.status === status) return;
  if (withdraws(item, status) && !(await askToWithdraw())) return;
  const data = new FormData();
  data.set("status", status);
  await send(url, data, () => location.reload());
}

const go = (name) => document.querySelector(`[data-go="${name}"]`)?.click();

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  "/": () => (document.querySelector('input[name="q"]') ?? document.body).focus(),
  u: () => undoLast(),
  "?": () => document.getElementById("keys")?.showModal(),
};

let afterG = 0;
function onKey(event) {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (document.querySelector("dialog[open]") || target.matches("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]")) return;
  const item = row();
  let act = KEYS[key];
  if (Date.now() - afterG < 1500 && "trm".includes(key)) act = () => go(key);
  else if (key === "g") act = () => { afterG = Date.now(); };
  else if (item && STATUS[key]) act = () => mark(item, STATUS[key]);
  else if (item && key === " " && target.matches("a")) act = () => mark(item, item.dataset.status === "done" ? "not_started" : "done");
  if (key !== "g") afterG = 0;
  if (!act) return;
  event.preventDefault();
  act();
}

if (document.body.dataset.letterKeys !== "off") document.addEventListener("keydown", onKey);
for (const opener of document.querySelectorAll("[data-opens]")) {
  opener.hidden = false;
  opener.addEventListener("click", () => document.getElementById(opener.dataset.opens)?.showModal());
}

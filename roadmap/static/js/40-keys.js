// Letter keys, for those who want them: move through the list, set marks, go places.

const row = () => document.activeElement?.closest("[data-milestone]");

// Where j and k stop, in the order of the page: at milestones, submissions and results, without any at changes.
// On a milestone's page they go to its neighbours.
const PLACES = ["[data-list] [data-milestone] > a, [data-stop], [data-queue] h3 a", ".change"];
const shownOf = (places) => [...document.querySelectorAll(places)].filter((place) => place.checkVisibility());
const around = (place) => place.closest("[data-milestone], .change, li") ?? place;

function step(by) {
  const [before, after] = ["prev", "next"].map((rel) => document.querySelector(`main a[rel="${rel}"]`));
  if (before || after) return (by > 0 ? after : before)?.click();
  const places = PLACES.map(shownOf).find((found) => found.length) ?? [];
  const at = places.findIndex((place) => around(place).contains(document.activeElement));
  const next = places[at < 0 ? (by > 0 ? 0 : places.length - 1) : at + by];
  (next?.matches("a") ? next : next?.querySelector("a, button, summary"))?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

// A row has a button that marks it; a station of the map has its link alone.
function markUrl(item) {
  const button = item?.querySelector('button[name="status"]');
  if (button) return button.getAttribute("formaction");
  const link = item?.closest("[data-marks]") && item.querySelector("a");
  return link && `${link.getAttribute("href")}/progress`;
}

// A page without the list has a form of its own, and shows the result by loading again.
function sendMark(item, status) {
  const form = item.querySelector('form[action$="/progress"]');
  if (!form) return;
  const button = Object.assign(document.createElement("button"), { name: "status", value: status, hidden: true });
  (form.querySelector("fieldset") ?? form).append(button);
  form.requestSubmit(button);
}

async function mark(item, status) {
  if (!item || item.dataset.status === status) return;
  if (withdraws(item, status) && !(await askToWithdraw())) return;
  const url = markUrl(item);
  if (!url) return sendMark(item, status);
  const data = new FormData();
  data.set("status", status);
  await send(url, data, () => location.reload());
}

function search() {
  const field = ["main", ".seek"].map((part) => document.querySelector(`${part} input[type="search"]`)).find((each) => each?.checkVisibility());
  if (!field) return go("/");
  field.focus();
  field.select();
}

const go = (name) => document.querySelector(`[data-go="${name}"]`)?.click();

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  "/": search,
  u: () => undoLast(),
  "?": showKeys,
};

let afterG = 0;
function onKey(event) {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (document.querySelector("dialog[open]") || target.matches("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]")) return;
  const item = row();
  const marked = item ?? document.getElementById("milestone-state");
  let act = KEYS[key];
  if (Date.now() - afterG < 1500 && "trmp".includes(key)) act = () => go(key);
  else if (key === "g") act = () => { afterG = Date.now(); };
  else if (marked && VERBS[key]) act = () => mark(marked, VERBS[key][0]);
  else if (item && key === " " && target.matches("a")) act = () => mark(item, item.dataset.status === "done" ? "not_started" : "done");
  if (key !== "g") afterG = 0;
  if (!act) return;
  event.preventDefault();
  act();
}

if (document.body.dataset.letterKeys !== "off") document.addEventListener("keydown", onKey);
for (const opener of document.querySelectorAll("[data-keys]")) {
  opener.hidden = false;
  opener.addEventListener("click", showKeys);
}

// Letter keys, which can be switched off: move through the list, set marks, open other pages.

const row = () => document.activeElement?.closest("[data-milestone]");

// Where j and k stop, in the order of the page: at milestones, submissions and results, without any at changes.
// On a milestone's page they go to its neighbours.
const STOPS = ["[data-list] [data-milestone] > a, [data-stop], [data-queue] h3 a", ".change"];
const visible = (selector) => [...document.querySelectorAll(selector)].filter((stop) => stop.checkVisibility());
const itemOf = (stop) => stop.closest("[data-milestone], .change, li") ?? stop;

function step(by) {
  const [before, after] = ["prev", "next"].map((rel) => document.querySelector(`main a[rel="${rel}"]`));
  if (before || after) return (by > 0 ? after : before)?.click();
  const stops = STOPS.map(visible).find(({ length }) => length) ?? [];
  const index = stops.findIndex((stop) => itemOf(stop).contains(document.activeElement));
  const next = stops[index < 0 ? (by > 0 ? 0 : stops.length - 1) : index + by];
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

// A page without the list has a form for each milestone.
function sendMark(item, status) {
  const form = item.querySelector('form[action$="/progress"]');
  if (!form) return;
  const button = Object.assign(document.createElement("button"), { name: "status", value: status, hidden: true });
  (form.querySelector("fieldset") ?? form).append(button);
  form.requestSubmit(button);
  button.remove();
}

async function mark(item, status) {
  if (!item || item.dataset.status === status) return;
  const url = markUrl(item);
  if (!url) return sendMark(item, status);
  if (withdrawsSubmission(item, status) && !(await confirmWithdrawal())) return;
  const data = new FormData();
  data.set("status", status);
  await send(url, data, () => location.reload());
}

// What was known before is done, without counting for pace and week.
async function markKnown(item) {
  const data = new FormData();
  data.set("milestones", item.dataset.milestone);
  await send(markUrl(item).replace(/\/milestones\/.*/, "/known"), data, () => location.reload());
}

function search() {
  const field = ["main", ".seek"].map((part) => document.querySelector(`${part} input[type="search"]`)).find((input) => input?.checkVisibility());
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

// Moving on may repeat while a key is held; what changes something happens once.
const REPEATABLE = new Set(["j", "k"]);

// While an input method composes a text, keys are part of it. A composition may be left open: plain input ends it too.
let composition = "none";
document.addEventListener("compositionstart", () => { composition = "open"; });
document.addEventListener("compositionend", () => { composition = "none"; });
document.addEventListener("input", (event) => { if (composition === "open" && !event.isComposing) composition = "left"; });
// Safari ends a composition before the key that ended it, and marks that key by 229.
const isComposing = (event) => event.keyCode === 229 || (event.isComposing && composition !== "left");

// The character decides, on every layout and with Caps Lock; where it is not Latin, the position of the key does.
const POSITIONS = /^(?:Key([A-Z])|Digit(\d)|(Slash))$/;
function letterOf(event) {
  const { key, code, shiftKey } = event;
  const [, letter, digit, slash] = code.match(POSITIONS) ?? [];
  // The row of digits may have them with Shift only, as in France.
  if (digit && !shiftKey && !/^[a-z/?]$/i.test(key)) return digit;
  if (/^[ -~]+$|\p{Script=Latin}/u.test(key) || event.getModifierState("AltGraph")) return key.toLowerCase();
  if (slash) return shiftKey ? "?" : "/";
  return letter?.toLowerCase() ?? key;
}

let gPressedAt = 0;
function actionOf(letter, target) {
  const item = row();
  const marked = item ?? document.getElementById("milestone-state");
  if (Date.now() - gPressedAt < 1500 && /^[trmp]$/.test(letter)) return () => go(letter);
  if (letter === "g") return () => { gPressedAt = Date.now(); };
  if (marked && VERBS[letter]) return () => mark(marked, VERBS[letter][0]);
  if (item && letter === " " && target.matches("a")) return () => mark(item, item.dataset.status === "done" ? "not_started" : "done");
  return KEYS[letter];
}

function onKey(event) {
  const { target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isComposing(event)) return;
  if (document.querySelector("dialog[open]") || target.matches("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]")) return;
  const letter = letterOf(event);
  const act = actionOf(letter, target);
  if (letter !== "g" && !event.repeat) gPressedAt = 0;
  if (!act) return;
  event.preventDefault();
  if (!event.repeat || REPEATABLE.has(letter)) act();
}

// Enter held down presses a button or follows a link once.
document.addEventListener("keydown", (event) => {
  if (event.repeat && event.key === "Enter" && !event.target.matches("textarea")) event.preventDefault();
});

if (document.body.dataset.letterKeys !== "off") document.addEventListener("keydown", onKey);
for (const opener of document.querySelectorAll("[data-keys]")) {
  opener.hidden = false;
  opener.addEventListener("click", showKeys);
}

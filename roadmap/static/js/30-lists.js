// The list of milestones filters as one types; without the whole list at hand the form asks the server.

const filters = document.querySelector("form[data-filters]");
const rowsOf = () => [...document.querySelectorAll("[data-list] [data-milestone]")];
const FILTERS = {
  all: () => true,
  open: ({ status }) => status === "not_started" || status === "in_progress",
  ready: (item) => "ready" in item,
  submitted: ({ status, verification }) => status === "done" && verification === "submitted",
  returned: ({ status, verification }) => status === "done" && verification === "returned",
  skipped: ({ status }) => status === "skipped",
};
// As `plain` in domain/characters.py: quotes and hyphens as a keyboard has them, nothing invisible.
const plain = (text) =>
  text
    .replace(/[\u2018-\u201b\u2032\u00b4\u02bc\u2039\u203a]/g, "'")
    .replace(/[\u201c-\u201f\u2033\u00ab\u00bb]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}]/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss");

// As `is_in` in domain/learning/searches.py: at the start of a word, or anywhere in scripts without spaces.
const LETTER = /[\p{L}\p{N}]/u;
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff\ud840-\ud8bf]/;
const isIn = (word, text) => {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!at || !LETTER.test(text[at - 1]) || !LETTER.test(text[at]) || UNSPACED.test(text[at])) return true;
  return false;
};

function hideEmpty(selector, filtered) {
  for (const group of document.querySelectorAll(`[data-list] ${selector}`)) {
    const filled = group.querySelector("[data-milestone]:not([hidden])");
    group.hidden = !filled;
    if (!group.matches("details")) continue;
    if (filtered) {
      group.dataset.wasOpen ??= group.open;
      group.open = Boolean(filled);
    } else if (group.dataset.wasOpen) {
      group.open = group.dataset.wasOpen === "true";
      delete group.dataset.wasOpen;
    }
  }
}

// By the key of a milestone; empty until they were fetched.
let topics = {};
function applyFilter(name, text) {
  const words = plain(text).split(/\s+/).filter(Boolean);
  let count = 0;
  for (const item of rowsOf()) {
    const names = plain([item.querySelector("a").textContent, ...(topics[item.dataset.milestone] ?? [])].join("\n"));
    item.hidden = !FILTERS[name](item.dataset) || !words.every((word) => isIn(word, names));
    count += !item.hidden;
  }
  const filtered = name !== "all" || words.length > 0;
  document.querySelector("[data-list]").toggleAttribute("data-filtered", filtered);
  hideEmpty(".skill", filtered);
  hideEmpty(".area", filtered);
  document.querySelector("[data-nothing]").hidden = count > 0;
  return count;
}

if (filters && filters.dataset.filters === "whole") {
  const field = filters.elements.q;
  const buttons = [...filters.querySelectorAll('button[name="filter"][data-filter]')];
  let chosen = "all";
  let announceTimer;
  const update = () => {
    const count = applyFilter(chosen, field.value);
    for (const button of buttons) {
      if (button.value === chosen) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    const query = new URLSearchParams();
    if (field.value) query.set("q", field.value);
    if (chosen !== "all") query.set("filter", chosen);
    history.replaceState(history.state, "", query.size ? `?${query}` : location.pathname);
    clearTimeout(announceTimer);
    announceTimer = setTimeout(() => announce(count === 1 ? "1 milestone" : `${count} milestones`), 600);
  };
  filters.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.matches("[data-filter]")) chosen = event.submitter.value;
    update();
  });
  field.addEventListener("input", update);
  // Topics come when the field is first used; until then titles are searched alone.
  const fetchTopics = async () => {
    try {
      topics = await (await fetch(filters.dataset.topics)).json();
      if (field.value) update();
    } catch {
      field.addEventListener("input", fetchTopics, { once: true });
    }
  };
  if (document.activeElement === field) fetchTopics();
  else field.addEventListener("focus", fetchTopics, { once: true });
}

// A link to a skill opens it where it is folded.
function openLinkedSkill() {
  const linked = document.getElementById(location.hash.slice(1));
  if (linked?.matches("details.skill")) linked.open = true;
}
openLinkedSkill();
addEventListener("hashchange", openLinkedSkill);

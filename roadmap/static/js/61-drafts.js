// A form sent after the session had ended comes back filled once one has signed in again, in the same tab.

const DRAFT = "draft";
const UNKEPT = ["hidden", "password", "submit", "button", "file"];
const isSignedIn = Boolean(document.querySelector('form[action="/logout"]'));
// With its version, so that what was saved meanwhile is a conflict as ever.
const fieldsOf = (form) => [...form.elements].filter(({ name, type }) => name === "version" || (name && !UNKEPT.includes(type)));

function keepDraft(draft) {
  try {
    if (draft) sessionStorage.setItem(DRAFT, JSON.stringify(draft));
    else sessionStorage.removeItem(DRAFT);
  } catch { /* a browser that keeps nothing, or has no room */ }
}

function keptDraft() {
  try { return JSON.parse(sessionStorage.getItem(DRAFT)); } catch { return null; }
}

function noteAt(form, text) {
  const notice = Object.assign(document.createElement("div"), { className: "notice" });
  notice.append(Object.assign(document.createElement("p"), { textContent: text }));
  form.before(notice);
  say(text);
}

function bringBack({ action, fields }) {
  const form = [...document.forms].find((each) => each.getAttribute("action") === action);
  const found = form ? fieldsOf(form) : [];
  if (found.length !== fields.length) return;
  found.forEach((field, index) => { [field.value, field.checked] = fields[index]; });
  noteAt(form, "You were signed out before this was saved. What you typed is back: look it over and send it again.");
  for (let around = form.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
  form.querySelector("textarea").focus();
}

addEventListener("submit", ({ target: form }) => {
  if (!isSignedIn || !form.querySelector("textarea")) return;
  keepDraft({ action: form.getAttribute("action"), fields: fieldsOf(form).map(({ value, checked }) => [value, checked]) });
});

const draft = keptDraft();
if (draft && isSignedIn) {
  keepDraft(null);
  if (draft.isLost) bringBack(draft);
} else if (draft) {
  keepDraft({ ...draft, isLost: true });
  const signIn = location.pathname === "/login" && document.querySelector("main form");
  if (signIn) noteAt(signIn, "You were signed out. What you typed is kept in this tab, and comes back when you have signed in.");
}

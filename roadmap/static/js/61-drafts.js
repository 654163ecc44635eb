// A form sent after the session had ended comes back filled in the same tab, once one has signed in again.

const isSignedIn = document.querySelector('[action="/logout"]');
// With its version: what was saved meanwhile is a conflict as ever.
const fieldsOf = (form) => [...form.elements].filter(({ name, type }) => name === "version" || (name && !/hidden|password|submit/.test(type)));

function showNotice(form, text) {
  form.before(Object.assign(document.createElement("p"), { className: "notice", textContent: text }));
  announce(text);
}

function restoreDraft({ action, fields }) {
  const form = [...document.forms].find((candidate) => candidate.getAttribute("action") === action);
  const controls = form && fieldsOf(form);
  if (controls?.length !== fields.length) return;
  controls.forEach((field, index) => { [field.value, field.checked] = fields[index]; });
  form.closest("details")?.setAttribute("open", "");
  showNotice(form, "You were signed out, so this wasn’t saved. Check it and send it again.");
}

addEventListener("submit", ({ target: form }) => {
  if (!isSignedIn || !form.querySelector("textarea")) return;
  const fields = fieldsOf(form).map(({ value, checked }) => [value, checked]);
  sessionStorage.draft = JSON.stringify({ action: form.getAttribute("action"), fields });
});

const { draft, isLost } = sessionStorage;
if (draft && isSignedIn) {
  sessionStorage.clear();
  if (isLost) restoreDraft(JSON.parse(draft));
} else if (draft) {
  sessionStorage.isLost = true;
  const signIn = document.querySelector("main form");
  if (signIn) showNotice(signIn, "You were signed out. What you typed will be restored when you sign in again.");
}

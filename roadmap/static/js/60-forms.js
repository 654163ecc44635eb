// The browser's time zone for a new account, and a question before typed text is left behind.

for (const field of document.querySelectorAll("[data-time-zone]")) {
  field.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}

const hasText = (form) => [...form.querySelectorAll("textarea")].some((each) => each.value !== each.defaultValue);
let sending = null;
addEventListener("submit", ({ target }) => { sending = target; });
addEventListener("beforeunload", (event) => {
  if ([...document.forms].some((form) => form !== sending && hasText(form))) event.preventDefault();
});

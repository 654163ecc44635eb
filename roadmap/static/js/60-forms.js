// Forms: the browser's time zone, lengths of texts, sending once, and a question before typed text is lost.

for (const field of document.querySelectorAll("[data-time-zone]")) {
  field.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}

// Text is never cut: a field shows its length near the limit, and text that is too long is not sent.
const inCharacters = (count) => count.toLocaleString("en");
function describeLength(length, limit) {
  if (length > limit) return `This is too long: ${inCharacters(length)} characters. The limit is ${inCharacters(limit)}.`;
  return length > 0.9 * limit ? `${inCharacters(length)} of ${inCharacters(limit)} characters` : "";
}

function lengthLine(field) {
  const id = `${field.id}-length`;
  const line = document.getElementById(id) ?? Object.assign(document.createElement("p"), { id });
  if (!line.isConnected) {
    field.after(line);
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
  }
  return line;
}

// Characters as the server counts them: without space around the text, and an emoji is one.
function checkLength(field) {
  const length = [...field.value.trim()].length;
  const text = describeLength(length, Number(field.dataset.limit));
  const isTooLong = length > field.dataset.limit;
  if (isTooLong && field.validity.valid) announce(text);
  field.setCustomValidity(isTooLong ? text : "");
  if (text || document.getElementById(`${field.id}-length`)) Object.assign(lengthLine(field), { textContent: text, className: isTooLong ? "error" : "help" });
}
document.addEventListener("input", ({ target }) => { if (target.dataset.limit) checkLength(target); });

// A double click counts once: the first click may have replaced the button under the pointer by its opposite.
document.addEventListener("click", (event) => {
  if (event.detail > 1 && event.target.closest("button:not([type=button])")?.form?.method === "post") event.preventDefault();
}, true);

// A form that is on its way is not sent again; after some time it may be, since a download leaves the page as it is.
const SENDING_TIME = 5_000;
const sendingForms = new Set();
addEventListener("submit", (event) => {
  const { target: form } = event;
  if (event.defaultPrevented || form.method !== "post") return;
  if (sendingForms.has(form)) return event.preventDefault();
  sendingForms.add(form);
  setTimeout(() => sendingForms.delete(form), SENDING_TIME);
});
addEventListener("pageshow", () => sendingForms.clear());

const hasTypedText = (form) => [...form.querySelectorAll("textarea")].some(({ value, defaultValue }) => value !== defaultValue);
addEventListener("beforeunload", (event) => {
  if ([...document.forms].some((form) => !sendingForms.has(form) && hasTypedText(form))) event.preventDefault();
});

// Forms with data-fragment are sent in the background; parts of the page are replaced by those of the response.

const TIMEOUT = 30_000;
const policy = globalThis.trustedTypes?.createPolicy("roadmap", { createHTML: (html) => html });
const parse = (html) => new DOMParser().parseFromString(policy?.createHTML(html) ?? html, "text/html");
const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

function announce(text) {
  const live = document.getElementById("live");
  if (!live || !text) return;
  live.textContent = "";
  setTimeout(() => { live.textContent = text.trim(); }, 60);
}

// Returns a function that gives the focus inside an element to the same place in the element's replacement.
function saveFocus(element) {
  const focused = document.activeElement;
  if (!focused || !element.contains(focused)) return null;
  const controls = (parent) => [...parent.querySelectorAll("a, button, summary, input, select, textarea")];
  const index = controls(element).indexOf(focused);
  return (replacement) => (controls(replacement)[Math.max(index, 0)] ?? replacement).focus({ preventScroll: true });
}

const rowOf = (key, page = document) => page.querySelector(`[data-list] [data-milestone="${CSS.escape(key)}"]`);
// Rows of the list are found by their milestone, everything else by its id.
const currentPart = ({ id, dataset }) => (id ? document.getElementById(id) : rowOf(dataset.milestone));

function replacePart(part) {
  const old = currentPart(part);
  if (!old) return;
  const restoreFocus = saveFocus(old);
  const replacement = document.importNode(part, true);
  replacement.append(...old.querySelectorAll(".dots"));
  old.replaceWith(replacement);
  restoreFocus?.(replacement);
}

// Returns whether the response had anything for this page: a proxy may answer with a page of its own.
function applyResponse(response) {
  const parts = response.querySelectorAll(":is(body, [data-parts]) > :is([id], [data-milestone])");
  for (const part of parts) replacePart(part);
  const toast = response.querySelector("[data-toast]");
  if (toast) showToast(toast.content ?? toast);
  const announcement = response.querySelector("[data-announce]") ?? (toast?.content ?? toast)?.querySelector("p");
  announce(announcement?.textContent);
  document.dispatchEvent(new Event("roadmap:changed"));
  return Boolean(announcement) || [...parts].some(currentPart);
}

const hasParts = () => document.querySelector("[data-list], #held");

// Returns "done", "refused" (the response says why), or "lost": then it is unknown what the server did.
async function post(url, data) {
  if (!data.has("csrf_token")) data.set("csrf_token", token());
  const { marks } = document.querySelector("[data-marks]")?.dataset ?? {};
  if (marks) data.set("view", marks);
  let response;
  let html;
  try {
    response = await fetch(url, {
      method: "POST",
      body: new URLSearchParams([...data].filter(([, value]) => typeof value === "string")),
      headers: { "X-CSRFToken": token(), ...(hasParts() || data.has("preview") ? { "X-Fragment": "1" } : {}) },
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT),
    });
    html = await response.text();
  } catch {
    return "lost";
  }
  // Done without parts to change, or signed out meanwhile: loading this page again shows which.
  if (response.type === "opaqueredirect") location.reload();
  else if (response.status >= 500) return "lost";
  else if (!response.ok) return "refused";
  else if (!applyResponse(parse(html))) return "lost";
  return "done";
}

const busy = new Set();
async function send(url, data, onRefused) {
  const key = `${url} ${data.get("status") ?? data.get("milestones")}`;
  if (busy.has(key)) return;
  busy.add(key);
  const outcome = await post(url, data);
  if (outcome === "lost") await reportRecord(url, data);
  busy.delete(key);
  if (outcome === "refused") onRefused();
}

const native = new WeakSet();
function submitNatively(form, submitter) {
  native.add(form);
  form.requestSubmit(submitter?.form === form && submitter.isConnected ? submitter : undefined);
}

const withdrawsSubmission = (item, status) => item?.dataset.verification === "submitted" && item.dataset.status === "done" && status !== "done";

async function sendForm(form, submitter) {
  const url = submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? location.href;
  const item = submitter?.closest("[data-milestone]");
  const data = new FormData(form, submitter);
  if (submitter?.name === "status" && withdrawsSubmission(item, submitter.value) && !(await confirmWithdrawal())) return;
  await send(url, data, () => submitNatively(form, submitter));
}

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (!form.matches('[data-fragment], [action$="/progress"]') || native.delete(form)) return;
  event.preventDefault();
  sendForm(form, submitter);
});

// A form with data-preview asks for its preview whenever something in it changes; nothing is saved.
let previewTimer;
async function preview(form) {
  const data = new FormData(form);
  data.set("preview", "1");
  const outcome = await post(form.dataset.preview || location.href, data);
  if (outcome === "lost") showMessage("The preview couldn’t be loaded. Nothing was saved. Change a setting to try again.");
}
document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (!form?.hasAttribute("data-preview")) return;
  clearTimeout(previewTimer);
  previewTimer = setTimeout(() => preview(form), 250);
});

// Forms with data-fragment are sent in the background; named parts of the page change places with the answer's.

const policy = globalThis.trustedTypes?.createPolicy("roadmap", { createHTML: (html) => html });
const parse = (html) => new DOMParser().parseFromString(policy?.createHTML(html) ?? html, "text/html");
const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

function say(text) {
  const live = document.getElementById("live");
  if (!live || !text) return;
  live.textContent = "";
  setTimeout(() => { live.textContent = text.trim(); }, 60);
}

// Where the focus is inside an element, told in a way that also finds it in the element's successor.
function placeOf(element) {
  const focused = document.activeElement;
  if (!focused || !element.contains(focused)) return null;
  const same = (each) => [...each.querySelectorAll("a, button, summary, input, select, textarea")];
  const index = same(element).indexOf(focused);
  return (successor) => (same(successor)[Math.max(index, 0)] ?? successor).focus({ preventScroll: true });
}

// Rows of the list are known by their milestone, everything else by its id.
const predecessorOf = ({ id, dataset }) =>
  id ? document.getElementById(id) : document.querySelector(`[data-list] [data-milestone="${CSS.escape(dataset.milestone)}"]`);

function swap(part) {
  const old = predecessorOf(part);
  if (!old) return;
  const focus = placeOf(old);
  const fresh = document.importNode(part, true);
  fresh.append(...old.querySelectorAll(".dots"));
  old.replaceWith(fresh);
  focus?.(fresh);
}

function show(answer) {
  for (const part of answer.querySelectorAll(":is(body, [data-parts]) > :is([id], [data-milestone])")) swap(part);
  const toast = answer.querySelector("[data-toast]");
  if (toast) showToast(toast.content ?? toast);
  say(answer.querySelector("[data-announce]")?.textContent ?? (toast?.content ?? toast)?.querySelector("p")?.textContent);
  document.dispatchEvent(new Event("roadmap:changed"));
}

const native = new WeakSet();
function sendPlainly(form, submitter) {
  native.add(form);
  form.requestSubmit(submitter?.form === form && submitter.isConnected ? submitter : undefined);
}

async function send(url, data, fallBack) {
  if (!data.has("csrf_token")) data.set("csrf_token", token());
  const { marks } = document.querySelector("[data-marks]")?.dataset ?? {};
  if (marks) data.set("view", marks);
  let response;
  try {
    response = await fetch(url, {
      method: "POST",
      body: new URLSearchParams([...data].filter(([, value]) => typeof value === "string")),
      headers: { "X-Fragment": "1", "X-CSRFToken": token() },
      redirect: "manual",
    });
  } catch {
    tell("No answer from the server, so nothing was changed. Try again in a moment.");
    return;
  }
  // Done without parts to change, or signed out meanwhile: loading this page again shows which.
  if (response.type === "opaqueredirect") location.reload();
  else if (response.ok) show(parse(await response.text()));
  else if (response.status >= 500) tell("The server could not do this, so nothing was changed. Try again in a moment.");
  else fallBack();
}

const withdraws = (item, status) => item?.dataset.verification === "submitted" && item.dataset.status === "done" && status !== "done";

const busy = new Set();
async function sendForm(form, submitter) {
  const url = submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? location.href;
  const item = submitter?.closest("[data-milestone]");
  if (submitter?.name === "status" && withdraws(item, submitter.value) && !(await askToWithdraw())) return;
  const once = `${url} ${submitter?.value}`;
  if (busy.has(once)) return;
  busy.add(once);
  await send(url, new FormData(form, submitter), () => sendPlainly(form, submitter));
  busy.delete(once);
}

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (!form.matches("[data-fragment]") || native.delete(form)) return;
  if (!document.querySelector("[data-list]")) return;
  event.preventDefault();
  sendForm(form, submitter);
});

// A form with data-preview asks for its preview whenever something in it changes; nothing is saved.
let previewing;
async function preview(form) {
  const data = new FormData(form);
  data.set("preview", "1");
  await send(form.dataset.preview || location.href, data, () => {});
}
document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (!form?.hasAttribute("data-preview")) return;
  clearTimeout(previewing);
  previewing = setTimeout(() => preview(form), 250);
});

// Where a response is lost, it is unknown whether the change was recorded: the page asks the server, and says what is true.

const RETRIES = [0, 700, 3_000];
const LOST = "The connection was lost";
const UNKNOWN = `${LOST}, so we don’t know whether your change was recorded.`;
const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

async function fetchPage(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT) });
  // A redirect leads to signing in.
  if (!response.ok || response.redirected) throw new Error(`No page: ${response.status}`);
  return parse(await response.text());
}

// The page without what is searched for, so that every row is on it.
function currentPage() {
  const url = new URL(location.href);
  for (const name of ["q", "filter"]) url.searchParams.delete(name);
  url.hash = "";
  return fetchPage(url);
}

const lastChange = (page) => page.querySelector("#history-part [data-event]")?.dataset.event;

// Returns whether a change that was sent is on record, as far as pages show it.
async function isOnRecord(url, data) {
  const [, change] = url.match(/\/history\/(\d+)\/undo$/) ?? [];
  if (change) return Boolean((await fetchPage(url.replace(/\/\d+\/undo$/, ""))).querySelector(`[data-undoes="${change}"]`));
  if (url.endsWith("/progress")) {
    const page = await fetchPage(url.replace(/\/progress$/, ""));
    const hasStatus = page.querySelector("#milestone-state").dataset.status === data.get("status");
    return hasStatus && (lastChange(document) === undefined || lastChange(document) !== lastChange(page));
  }
  const page = await currentPage();
  if (url.endsWith("/claim")) return Boolean(page.querySelector("#held[data-held]"));
  if (data.has("milestones")) return rowOf(data.get("milestones"), page)?.dataset.status === "done";
  const path = CSS.escape(url);
  return !page.querySelector(`[action="${path}"], [formaction="${path}"]`);
}

// Returns true or false, or null where the server does not answer. It may still be busy, so a no is asked for twice.
async function findOutcome(url, data) {
  let outcome = null;
  for (const delay of RETRIES) {
    await pause(delay);
    const previous = outcome;
    outcome = await isOnRecord(url, data).catch(() => null);
    if (outcome || (outcome === false && previous === false)) break;
  }
  return outcome;
}

const PARTS = '#numbers, #forecast, #held, #hint, #milestone-state, #history-part, #map-frontier, [id^="n-"], [id^="i-"], [data-list] [data-milestone]';
// A row and the form of a milestone have changed with their data; what was typed there stays otherwise.
const describePart = ({ dataset, id, innerHTML }) => JSON.stringify([{ ...dataset }, id && id !== "milestone-state" ? innerHTML : ""]);

// Replaces the parts that show what is on record.
async function showRecord() {
  const page = await currentPage();
  for (const part of page.querySelectorAll(PARTS)) {
    const old = currentPart(part);
    if (old && describePart(old) !== describePart(part)) replacePart(part);
  }
  // Nothing is typed on Today, so all of it is replaced.
  if (page.querySelector(".today")) document.querySelector("main").replaceChildren(...document.importNode(page.querySelector("main"), true).childNodes);
}

async function reportRecord(url, data) {
  showMessage(`${UNKNOWN} Checking.`);
  const outcome = await findOutcome(url, data);
  if (outcome === null) return showMessage(UNKNOWN, { label: "Check again", act: () => reportRecord(url, data) });
  await showRecord().catch(() => {});
  return showMessage(outcome ? `${LOST}, but your change was recorded.` : `${LOST}, and your change wasn’t recorded. Try again.`);
}

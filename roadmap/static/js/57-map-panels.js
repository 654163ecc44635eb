// A station opens a panel beside the map, or from below on a phone; without scripts it is a link to its page.

const currentPanel = () => document.getElementById("map-panel");
const linkOf = (key) => map.querySelector(`[data-milestone="${CSS.escape(key)}"] > a`);
const keyInAddress = () => decodeURIComponent(location.hash).match(/^#milestone=(.+)/)?.[1];
const setHash = (hash) => history.replaceState(history.state, "", location.pathname + location.search + hash);
const fetchPanel = async (key) => (await fetchPage(mapBox.dataset.panel.replace("KEY", key))).getElementById("map-panel");

// The map keeps its size, and scrolls clear of the panel.
let sizesBefore = null;
let opening = null;
async function openPanel(key) {
  const link = linkOf(key);
  if (!link) return;
  opening = key;
  const panel = await fetchPanel(key).catch(() => null);
  if (opening !== key) return;
  if (!panel) return location.assign(link.getAttribute("href"));
  sizesBefore ??= mapSizes.map((size) => size.getAttribute("width"));
  mapSizes[0].setAttribute("width", Math.floor(map.getBoundingClientRect().width));
  mapSizes[1].setAttribute("width", 0);
  currentPanel()?.remove();
  document.body.append(document.importNode(panel, true));
  currentPanel().focus({ preventScroll: true });
  setHash(`#milestone=${encodeURIComponent(key)}`);
  link.scrollIntoView({ block: "nearest", inline: "nearest" });
  lightUp(stationOf(link));
}

function closePanel() {
  const { milestone } = currentPanel().dataset;
  opening = null;
  currentPanel().remove();
  mapSizes.forEach((size, place) => size.setAttribute("width", sizesBefore[place]));
  sizesBefore = null;
  setHash("");
  linkOf(milestone)?.focus();
}

if (mapBox?.dataset.panel) {
  map.addEventListener("click", (event) => {
    const { defaultPrevented, ctrlKey, metaKey, shiftKey, altKey, target } = event;
    const station = stationOf(target);
    if (!station || defaultPrevented || ctrlKey || metaKey || shiftKey || altKey) return;
    event.preventDefault();
    openPanel(station.dataset.milestone);
  });
  document.addEventListener("click", ({ target }) => {
    if (target.closest("#map-panel [data-close]")) closePanel();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && currentPanel() && !document.querySelector("dialog[open]") && !isComposing(event)) closePanel();
  });
  document.addEventListener("roadmap:changed", () => {
    const { milestone } = currentPanel()?.dataset ?? {};
    if (milestone) fetchPanel(milestone).then(replacePart, () => {});
  });
  if (keyInAddress()) openPanel(keyInAddress());
}

// The map: its size, panning by mouse, arrow keys from station to station, and related stations in the foreground.

const mapBox = document.querySelector("[data-map-box]");
const map = mapBox?.querySelector("[data-map]");
const stationOf = (element) => element?.closest?.("[data-map] [data-milestone]");
const linksOf = () => [...map.querySelectorAll("[data-milestone] > a")];

// Two empty boxes hold the map between its least and its natural size; zooming gives both the same width.
function zoomMap(how) {
  const [least, rest] = mapBox.querySelectorAll(".map-sizes svg");
  const style = getComputedStyle(mapBox);
  const available = mapBox.clientWidth - parseFloat(style.paddingInlineStart) - parseFloat(style.paddingInlineEnd);
  const now = map.getBoundingClientRect().width;
  const middle = (mapBox.scrollLeft + mapBox.clientWidth / 2) / mapBox.scrollWidth;
  const width = how === "fit" ? available : Math.min(Math.max(now * (how === "in" ? 1.25 : 0.8), 240), 6 * map.viewBox.baseVal.width);
  least.setAttribute("width", Math.floor(width));
  rest.setAttribute("width", 0);
  mapBox.scrollLeft = middle * mapBox.scrollWidth - mapBox.clientWidth / 2;
  announce(`${Math.round((100 * width) / map.viewBox.baseVal.width)}%`);
}

// A line begins behind the label of a station, or of any in a skill, and ends at the mark of one: both are in its row.
let linesOfMap = null;
const positionOf = (station) => {
  const { e: x, f: y } = station.transform.baseVal.consolidate().matrix;
  return { x, y };
};
function readLines() {
  const stations = [...map.querySelectorAll("[data-milestone]")].map((each) => ({ key: each.dataset.milestone, ...positionOf(each) }));
  const keyAt = ({ x, y }) => {
    const before = stations.filter((each) => each.y === y && each.x <= x);
    return before.reduce((one, other) => (other.x > one.x ? other : one)).key;
  };
  return [...map.querySelectorAll(".map-connections path")].map((line) => {
    const { from } = line.parentElement.dataset;
    return {
      line,
      from: from ? `skill:${from}` : keyAt(line.getPointAtLength(0)),
      to: keyAt(line.getPointAtLength(line.getTotalLength())),
    };
  });
}

function lightUp(station) {
  for (const each of map.querySelectorAll(".is-lit")) each.classList.remove("is-lit");
  map.classList.toggle("has-light", Boolean(station));
  if (!station) return;
  linesOfMap ??= readLines();
  const namesOf = (each) => [each.dataset.milestone, `skill:${each.parentElement.dataset.skill}`];
  const [key, skill] = namesOf(station);
  const related = new Set([key]);
  for (const { line, from, to } of linesOfMap) {
    if (to !== key && from !== key && from !== skill) continue;
    line.classList.add("is-lit");
    related.add(to).add(from);
  }
  for (const each of map.querySelectorAll("[data-milestone]")) {
    if (namesOf(each).some((name) => related.has(name))) each.classList.add("is-lit");
  }
}

// On paper a long map goes on over several pages; without scripts it is made small enough for one.
function cutMap() {
  arrangeMap(false);
  putNames(0);
  const { width, height } = map.viewBox.baseVal;
  const tops = map.dataset.cuts.split(" ").map(Number);
  const parts = tops.map((top, place) => {
    const part = map.cloneNode(true);
    part.setAttribute("viewBox", `0 ${top} ${width} ${(tops[place + 1] ?? height) - top}`);
    part.setAttribute("width", width);
    part.classList.add("map-part");
    return part;
  });
  map.after(...parts);
}

// The nearest station in the direction of the arrow: along the own row first, then in the rows beside it.
const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
function stationTowards(link, [dx, dy]) {
  const placeOf = (each) => each.getScreenCTM();
  const { e: x, f: y } = placeOf(link);
  const candidates = linksOf().map((each) => {
    const { e, f } = placeOf(each);
    const ahead = dx * (e - x) + dy * (f - y);
    return { each, ahead, cost: ahead + 3 * Math.abs(dx ? f - y : 0) + 0.4 * Math.abs(dy ? e - x : 0) };
  });
  return candidates.filter(({ ahead }) => ahead > 1).sort((one, other) => one.cost - other.cost)[0]?.each;
}

function onArrow(event) {
  const link = event.target.closest("[data-milestone] > a");
  const direction = DIRECTIONS[event.key];
  if (!link || !direction || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  event.preventDefault();
  stationTowards(link, direction)?.focus();
}

// Panning by mouse; a touch scrolls the box anyway. What was dragged is no click.
function panMap(start) {
  if (start.pointerType !== "mouse" || start.button !== 0) return;
  let last = start;
  let moved = 0;
  const move = (event) => {
    moved += Math.abs(event.clientX - last.clientX) + Math.abs(event.clientY - last.clientY);
    if (moved > 4) {
      mapBox.classList.add("is-panned");
      mapBox.scrollLeft -= event.clientX - last.clientX;
      scrollBy(0, last.clientY - event.clientY);
    }
    last = event;
  };
  const end = () => {
    removeEventListener("pointermove", move);
    setTimeout(() => mapBox.classList.remove("is-panned"));
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end, { once: true });
}

if (map) {
  const zoom = document.querySelector(".map-zoom");
  zoom.classList.add("is-ready");
  zoom.addEventListener("click", ({ target }) => { if (target.dataset.zoom) zoomMap(target.dataset.zoom); });
  map.addEventListener("keydown", onArrow);
  map.addEventListener("pointerover", ({ target }) => lightUp(stationOf(target) ?? stationOf(document.activeElement)));
  map.addEventListener("pointerleave", () => lightUp(stationOf(document.activeElement)));
  map.addEventListener("focusin", ({ target }) => {
    lightUp(stationOf(target));
    target.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  map.addEventListener("focusout", () => lightUp(stationOf(currentPanel() && linkOf(currentPanel().dataset.milestone))));
  mapBox.addEventListener("pointerdown", panMap);
  mapBox.addEventListener("dragstart", (event) => event.preventDefault());
  mapBox.addEventListener("click", (event) => { if (mapBox.classList.contains("is-panned")) event.preventDefault(); }, true);
  mapBox.addEventListener("scroll", () => putNames(mapBox.scrollLeft), { passive: true });
  addEventListener("beforeprint", cutMap);
  addEventListener("afterprint", (event) => {
    for (const part of mapBox.querySelectorAll(".map-part")) part.remove();
    showMap(event);
  });
}

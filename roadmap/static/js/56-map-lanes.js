// Names of skills and areas stay in sight, and on a narrow screen every lane is moved to where its learner is.

const scaleOfMap = () => map.getBoundingClientRect().width / map.viewBox.baseVal.width;

// Names have lines of their own, so they may go along with what is in sight.
function putNames(left) {
  map.querySelector(".map-names").setAttribute("transform", `translate(${left / scaleOfMap()} 0)`);
}

const AHEAD = 150;
const xOf = (station) => positionOf(station).x;
const isOpen = ({ dataset: { status } }) => status !== "done" && status !== "skipped";

// Where a lane begins, where its first open station is, or would be, and where it ends.
function placesOf(lane) {
  const stations = [...lane.querySelectorAll("[data-milestone]")];
  const [first, last] = [stations[0], stations.at(-1)].map(xOf);
  const open = stations.find(isOpen);
  return { lane, first, here: open ? xOf(open) : last + AHEAD, last };
}

// The line of what is ready becomes straight, and columns mean nothing any more.
function alignLanes() {
  const places = [...map.querySelectorAll("[data-skill]")].map(placesOf);
  const x = Math.max(...places.map(({ first, here }) => here - first)) + 28;
  for (const { lane, here } of places) lane.setAttribute("transform", `translate(${x - here} 0)`);
  const { height } = map.viewBox.baseVal;
  const line = map.querySelector("#map-frontier").cloneNode(true);
  line.id = "map-here";
  line.dataset.x = x;
  for (const path of line.querySelectorAll("path")) path.setAttribute("d", `M${x - 19} 0V${height}${path.matches(".map-behind") ? "H-8V0z" : ""}`);
  line.querySelector("text")?.setAttribute("x", x - 11);
  map.querySelector("#map-frontier").before(line);
  return x + AHEAD + Math.max(...places.map(({ here, last }) => last - here));
}

const mapSizes = map ? [...mapBox.querySelectorAll(".map-sizes svg")] : [];
const natural = map && { width: map.viewBox.baseVal.width, sizes: mapSizes.map((size) => size.getAttribute("width")) };
let isNarrow = false;
function arrangeMap(narrow) {
  if (narrow === isNarrow) return;
  isNarrow = narrow;
  map.classList.toggle("is-aligned", narrow);
  map.querySelector("#map-here")?.remove();
  for (const lane of map.querySelectorAll("[data-skill]")) lane.removeAttribute("transform");
  const width = narrow ? Math.max(alignLanes(), mapBox.clientWidth - 40) : natural.width;
  map.viewBox.baseVal.width = width;
  map.querySelector(".map-land").setAttribute("transform", `scale(${width / natural.width} 1)`);
  mapSizes.forEach((size, place) => size.setAttribute("width", narrow ? [width, 0][place] : natural.sizes[place]));
}

// Opens with what is next at the middle, so that what was done last is in sight too.
function showMap(event) {
  const before = isNarrow;
  arrangeMap(mapBox.clientWidth < 46 * parseFloat(getComputedStyle(document.documentElement).fontSize));
  const here = map.querySelector("#map-here, #map-frontier").dataset.x;
  if (isNarrow !== before || !event) mapBox.scrollLeft = here * scaleOfMap() - 0.45 * mapBox.clientWidth;
  putNames(mapBox.scrollLeft);
}

if (map) {
  showMap();
  addEventListener("resize", showMap);
}

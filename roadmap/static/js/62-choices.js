// Groups of pathways show how many are chosen; on a phone all but the first are closed.

const groups = [...document.querySelectorAll(".choices")];
function showCount(group) {
  group.querySelector("[data-chosen]").textContent = group.querySelectorAll(":checked").length || "none";
}
for (const [place, group] of groups.entries()) {
  showCount(group);
  group.addEventListener("change", () => showCount(group));
  const letter = parseFloat(getComputedStyle(document.documentElement).fontSize);
  if (place && group.clientWidth < 42 * letter) group.open = false;
}

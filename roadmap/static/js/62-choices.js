// Groups of pathways say how many are chosen; on a phone those below the first fold, out of sight as they are.

const groups = [...document.querySelectorAll(".choices")];
function tellChosen(group) {
  group.querySelector("[data-chosen]").textContent = group.querySelectorAll(":checked").length || "none";
}
for (const [place, group] of groups.entries()) {
  tellChosen(group);
  group.addEventListener("change", () => tellChosen(group));
  const letter = parseFloat(getComputedStyle(document.documentElement).fontSize);
  if (place && group.clientWidth < 42 * letter) group.open = false;
}

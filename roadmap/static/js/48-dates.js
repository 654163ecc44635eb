// A day has its weekday and year as title, written when it is first pointed at; moments have theirs from the server.

const LONG_DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: "UTC" });
document.addEventListener("pointerover", ({ target }) => {
  const day = target.closest?.("time:not([title])");
  if (day) day.title = LONG_DAY.format(new Date(day.dateTime));
});

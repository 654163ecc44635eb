// The tab of this page is in sight where the tabs are wider than the page.

for (const tabs of document.querySelectorAll("[data-tabs]")) {
  const current = tabs.querySelector("[aria-current]");
  if (current) tabs.scrollLeft = current.offsetLeft - (tabs.clientWidth - current.offsetWidth) / 2;
}

// Copies an address or a line; where the browser does not let a page do that, the text is selected instead.

async function copyFrom(field) {
  if (field.select) field.select();
  else getSelection().selectAllChildren(field);
  try {
    await navigator.clipboard.writeText(field.value ?? field.textContent);
    showMessage("Copied.");
  } catch {
    field.focus();
    showMessage("Selected. Copy it with your keyboard.");
  }
}

for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", () => copyFrom(document.getElementById(button.dataset.copies)));
}

// A button beside each password that shows what is typed; it is hidden again before it is sent.

function offerToShow(field) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "link fine", textContent: "Show" });
  const show = (isShown) => {
    field.type = isShown ? "text" : "password";
    button.setAttribute("aria-pressed", String(isShown));
  };
  button.dataset.shows = "";
  button.setAttribute("aria-controls", field.id);
  button.setAttribute("aria-label", `Show ${field.labels[0]?.textContent.trim().toLowerCase() ?? "password"}`);
  button.addEventListener("click", () => show(field.type === "password"));
  field.form.addEventListener("submit", () => show(false));
  show(false);
  field.after(button);
}

for (const field of document.querySelectorAll('.field > input[type="password"]')) offerToShow(field);

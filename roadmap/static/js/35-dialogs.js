// What works only with scripts is made by them: dialogs when they are needed, the menu of marks, the dots of a row.

const make = (html) => document.importNode(parse(html).body.firstElementChild, true);
const dialogs = {};

function dialogOf(id, title, html) {
  dialogs[id] ??= document.body.appendChild(make(`<dialog id="${id}" aria-labelledby="${id}-title"><form method="dialog" class="flow"><h2 id="${id}-title">${title}</h2>${html}</form></dialog>`));
  return dialogs[id];
}

const WITHDRAWAL = "<p>This milestone is waiting for a mentor. Changing its mark removes it from the queue. Undo puts it back with its waiting time.</p>";
const WITHDRAWAL_BUTTONS = '<div class="row"><button class="button" value="no">Leave it</button><button class="button button-main" value="yes">Withdraw and change</button></div>';

async function confirmWithdrawal() {
  const dialog = dialogOf("withdraws", "This withdraws your submission", WITHDRAWAL + WITHDRAWAL_BUTTONS);
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((resolve) => { dialog.addEventListener("close", resolve, { once: true }); });
  return dialog.returnValue === "yes";
}

// The sheet of keys shows the list of the help page, which is fetched when it is first needed.
async function showKeys() {
  const sheet = dialogOf("keys", "Keyboard shortcuts", '<div class="row"><button class="button">Close</button></div>');
  try {
    const list = sheet.querySelector("dl") ?? parse(await (await fetch("/help")).text()).querySelector(".keys");
    if (sheet.open) return;
    sheet.querySelector("h2").insertAdjacentElement("afterend", list);
    sheet.showModal();
  } catch {
    location.assign("/help#keys-help");
  }
}

const VERBS = { d: ["done", "Done"], i: ["in_progress", "In progress"], s: ["skipped", "Skipped"], n: ["not_started", "Not started"] };
const verbOf = ([key, [status, verb]]) => `<button type="button" data-mark="${status}"><i class="mark" data-status="${status}"></i> ${verb} <kbd>${key}</kbd></button>`;
const marksParent = document.querySelector("form[data-list] > fieldset");
const marksMenu = marksParent?.appendChild(make(`<div id="marks" class="sheet-menu" hidden>${Object.entries(VERBS).map(verbOf).join("")}<button type="button" data-mark="known"><i class="mark" data-status="done"></i> Already knew it</button></div>`));

if (marksParent) {
  const template = make('<button type="button" class="dots">⋯</button>');
  for (const item of rowsOf()) {
    const dots = template.cloneNode(true);
    dots.setAttribute("aria-label", `Other marks: ${item.querySelector("a").textContent}`);
    item.append(dots);
  }
}

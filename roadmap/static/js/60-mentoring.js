// Reviewing: keys for the queue and for an answer, a claim that renews itself, sentences for criteria that are not met.

const RENEWAL_INTERVAL = 10 * 60_000;
const nextWaiting = document.querySelector("a[data-next]");
if (nextWaiting) KEYS.n = () => nextWaiting.click();

// Nothing is reloaded, because the mentor is typing. Returns whether the claim is theirs now.
async function renew(url) {
  const outcome = await post(url, new FormData());
  if (outcome === "lost") await reportRecord(url);
  if (outcome === "refused") showMessage("We couldn’t claim this for you. What you typed is still here; try again in a moment.");
  return outcome !== "refused" && Boolean(document.querySelector("#held[data-held]"));
}

function renewRegularly(url) {
  setInterval(() => renew(url), RENEWAL_INTERVAL);
}

const startOf = (sentence, text) => text && !text.endsWith("\n") ? `\n${sentence}` : sentence;

function offerSentences(form) {
  const feedback = form.elements.feedback;
  for (const offer of form.querySelectorAll("[data-sentence]")) {
    offer.hidden = false;
    offer.addEventListener("click", () => {
      feedback.focus();
      feedback.setSelectionRange(feedback.value.length, feedback.value.length);
      feedback.setRangeText(startOf(offer.dataset.sentence, feedback.value), feedback.value.length, feedback.value.length, "end");
      feedback.dispatchEvent(new Event("input", { bubbles: true }));
    });
    // Ticked after all: the sentence goes again, unless something was written into it.
    offer.closest(".criterion").querySelector("[name=criteria]").addEventListener("change", ({ target }) => {
      if (!target.checked) return;
      const remaining = feedback.value.split("\n").filter((line) => line.trim() !== offer.dataset.sentence.trim());
      feedback.value = remaining.join("\n");
    });
  }
}

function answerByKeys(form) {
  const { feedback } = form.elements;
  const boxes = [...form.querySelectorAll("[name=criteria]")];
  const button = (outcome) => form.querySelector(`[name=outcome][value=${outcome}]`);
  KEYS.v = () => {
    const open = boxes.filter((box) => !box.checked).length;
    if (!open) return button("verified").click();
    button("verified").focus();
    return announce(open === 1 ? "One criterion isn’t checked. Press Enter to verify anyway." : `${open} criteria aren’t checked. Press Enter to verify anyway.`);
  };
  KEYS.r = () => (feedback.value.trim() ? button("returned") : feedback).focus();
  boxes.slice(0, 9).forEach((box, index) => {
    KEYS[index + 1] = () => { box.click(); box.focus(); };
  });
  for (const text of form.querySelectorAll("textarea")) {
    text.addEventListener("keydown", (event) => { if (event.key === "Escape" && !isComposing(event)) text.blur(); });
  }
}

const answerForm = document.querySelector("form[data-answer]");
if (answerForm) {
  offerSentences(answerForm);
  answerByKeys(answerForm);
  const url = answerForm.dataset.answer;
  if (document.querySelector("#held[data-held]")) renewRegularly(url);
  // Whoever begins to answer holds it from then on.
  else if (document.querySelector("#held form")) {
    answerForm.addEventListener("input", async () => { if (await renew(url)) renewRegularly(url); }, { once: true });
  }
}

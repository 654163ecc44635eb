// The mentor's desk: keys for the queue and for an answer, a claim that renews itself, sentences for what is missing.

const RENEWS = 10 * 60_000;
const nextWaiting = document.querySelector("a[data-next]");
if (nextWaiting) KEYS.n = () => nextWaiting.click();

// A refusal is told and nothing is reloaded: the mentor is typing.
async function renew(url) {
  let response = null;
  try {
    response = await fetch(url, {
      method: "POST",
      body: new URLSearchParams({ csrf_token: token() }),
      headers: { "X-Fragment": "1", "X-CSRFToken": token() },
      redirect: "manual",
    });
  } catch { /* told below */ }
  if (response?.ok) show(parse(await response.text()));
  else tell("This could not be claimed for you. What you typed stays here; try again in a moment.");
  return Boolean(response?.ok && document.querySelector("#held[data-held]"));
}

function keepClaimed(url) {
  setInterval(() => renew(url), RENEWS);
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
      const kept = feedback.value.split("\n").filter((line) => line.trim() !== offer.dataset.sentence.trim());
      feedback.value = kept.join("\n");
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
    return say(open === 1 ? "One criterion is not ticked. Enter verifies all the same." : `${open} criteria are not ticked. Enter verifies all the same.`);
  };
  KEYS.r = () => (feedback.value.trim() ? button("returned") : feedback).focus();
  boxes.slice(0, 9).forEach((box, index) => {
    KEYS[index + 1] = () => { box.click(); box.focus(); };
  });
  for (const text of form.querySelectorAll("textarea")) {
    text.addEventListener("keydown", ({ key }) => { if (key === "Escape") text.blur(); });
  }
}

const answerForm = document.querySelector("form[data-answer]");
if (answerForm) {
  offerSentences(answerForm);
  answerByKeys(answerForm);
  const url = answerForm.dataset.answer;
  if (document.querySelector("#held[data-held]")) keepClaimed(url);
  // Whoever begins to answer holds it from then on.
  else if (document.querySelector("#held form")) {
    answerForm.addEventListener("input", async () => { if (await renew(url)) keepClaimed(url); }, { once: true });
  }
}

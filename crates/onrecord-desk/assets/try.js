// Asks the API from its page, and shows what comes back.
"use strict";
for (const form of document.querySelectorAll("form.try")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const shown = form.parentElement.querySelector("pre");
    shown.hidden = false;
    const answer = await fetch(form.querySelector(".address").value);
    const text = await answer.text();
    let told = text;
    try { told = JSON.stringify(JSON.parse(text), null, 2); } catch { /* what is no JSON is shown as it is */ }
    shown.textContent = answer.status + " " + answer.statusText + "\n" + told.slice(0, 100000);
    shown.focus();
  });
}

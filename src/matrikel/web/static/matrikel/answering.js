// A survey: nothing of it is known before it is sent, so all stays in the tab (filling.js keeps it) until there is a net.
"use strict";
(() => {
  const form = document.querySelector("form[data-filling='']");
  if (document.querySelector("[data-sent]")) sessionStorage.clear();
  form?.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    form.querySelector("[data-saved]").textContent = form.dataset.textUnsaved;
    addEventListener("online", () => form.requestSubmit(event.submitter), { once: true });
  });
})();

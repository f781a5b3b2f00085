// Finds a body in a long list of ticks. Without it the whole list stands there.
(function () {
  "use strict";
  document.addEventListener("input", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !box.matches("[data-filter]")) return;
    const words = box.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    box.closest("[data-filtered]").querySelectorAll("[data-words]").forEach((row) => {
      const text = (row.dataset.words + " " + row.textContent).toLowerCase();
      row.hidden = !row.querySelector("input").checked && !words.every((word) => text.includes(word));
    });
  });
})();

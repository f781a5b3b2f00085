// Forms of registers: attributes of the chosen type, dates that submit, tick all. Pages work without it.
(function () {
  "use strict";
  document.addEventListener("change", (event) => {
    const target = event.target;
    if (!(target instanceof Element)) return;
    if (target.matches("[data-submits]") && target.value) return target.form.requestSubmit();
    if (target.matches("[data-type-choice]")) {
      const place = document.getElementById("attributes");
      if (!place) return;
      const address = `${place.dataset.attributes}?type=${encodeURIComponent(target.value)}`;
      htmx.ajax("GET", address, { target: place, swap: "innerHTML" });
    }
  });
  document.addEventListener("click", (event) => {
    const target = event.target;
    if (!(target instanceof Element) || !target.closest("[data-tick-all]")) return;
    document.querySelectorAll('input[name="confirm"]:not(:disabled)').forEach((box) => {
      box.checked = true;
    });
  });
  const problems = document.getElementById("problems");
  if (problems) problems.focus();
})();

// Keeps each slider, its field and its track together; htmx sends the form and puts the answer in place.
(function () {
  "use strict";
  const form = document.getElementById("sliders");
  if (!form) return;

  function fill(slider) {
    const range = slider.querySelector("input[type=range]");
    const share = Math.min(100, (100 * range.value) / (Number(range.max) || 1));
    slider.querySelector(".done").setAttribute("width", `${share}%`);
  }

  function fromField(slider) {
    const field = slider.querySelector("input[type=number]");
    const range = slider.querySelector("input[type=range]");
    if (field.value === "") return;
    if (Number(field.value) > Number(range.max)) range.max = field.value;
    range.value = field.value;
    fill(slider);
  }

  // Capturing: the field must hold the new number before htmx reads the form.
  form.addEventListener(
    "input",
    (event) => {
      const slider = event.target.closest("[data-slider]");
      if (!slider) return;
      if (event.target.type === "range") {
        slider.querySelector("input[type=number]").value = event.target.value;
        fill(slider);
      } else {
        fromField(slider);
      }
    },
    true,
  );

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    htmx.trigger(form, "recompute");
  });

  document.querySelector("[data-reset]").addEventListener("click", (event) => {
    event.preventDefault();
    form.querySelectorAll("[data-slider]").forEach((slider) => {
      const field = slider.querySelector("input[type=number]");
      field.value = field.dataset.start;
      fromField(slider);
    });
    htmx.trigger(form, "recompute");
  });

  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id !== "sentences") return;
    form.querySelectorAll("[data-slider]").forEach((slider) => {
      const range = slider.querySelector("input[type=range]");
      const marks = slider.querySelector("[data-high]");
      if (marks && Number(marks.dataset.high) !== Number(range.max)) {
        const value = range.value;
        range.max = marks.dataset.high;
        range.value = value;
        fill(slider);
      }
    });
  });

  const copy = document.querySelector("[data-copy-link]");
  if (copy && navigator.clipboard) {
    copy.addEventListener("click", () => {
      navigator.clipboard.writeText(location.href).then(() => {
        copy.classList.add("done");
        window.setTimeout(() => copy.classList.remove("done"), 1500);
      });
    });
  } else if (copy) {
    copy.hidden = true;
  }

  form.querySelectorAll("[data-slider]").forEach(fill);
})();

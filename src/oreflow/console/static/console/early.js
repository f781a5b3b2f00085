// Runs before the first paint, so that nothing jumps: scripts are on, and the rail is as it was left.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  try {
    if (localStorage.getItem("oreflow-rail") === "small") root.classList.add("rail-small");
  } catch (refused) {
    // Storage may be switched off; the rail then starts wide.
  }
})();

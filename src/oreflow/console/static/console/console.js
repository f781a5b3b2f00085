// Drawer, rail, side panel, menus and keyboard moves in tables. Pages work without it.
(function () {
  "use strict";
  const root = document.documentElement;
  const narrow = window.matchMedia("(max-width: 899.98px)");
  const panel = document.getElementById("panel");
  const body = document.getElementById("panel-body");
  let opener = null;

  function drawer(open) {
    root.classList.toggle("drawer", open);
    document.querySelectorAll("[data-open-drawer]").forEach((b) => b.setAttribute("aria-expanded", String(open)));
    if (open) document.querySelector("#rail a").focus();
  }

  function foldRail() {
    const small = root.classList.toggle("rail-small");
    try {
      localStorage.setItem("oreflow-rail", small ? "small" : "wide");
    } catch (refused) {
      // The choice then lasts for this page only.
    }
  }

  function openPanel(link) {
    if (!panel.contains(link)) opener = link;
    document.getElementById("panel-page").href = link.href;
    htmx.ajax("GET", link.href, { target: "#panel-body", swap: "innerHTML" }).then(() => {
      if (!panel.open) narrow.matches ? panel.showModal() : panel.show();
      panel.scrollTop = 0;
      body.focus({ preventScroll: true });
    });
  }

  function closePanel() {
    if (!panel.open) return;
    panel.close();
    if (opener && opener.isConnected) opener.focus();
    opener = null;
  }

  function closeMenus(except) {
    document.querySelectorAll("details.drop[open]").forEach((d) => d !== except && d.removeAttribute("open"));
  }

  document.addEventListener("click", (event) => {
    const target = event.target;
    if (!(target instanceof Element)) return;
    closeMenus(target.closest("details.drop"));
    if (target.closest("[data-open-drawer]")) return drawer(true);
    if (target.closest("[data-close-drawer]")) return drawer(false);
    if (target.closest("[data-toggle-rail]")) return foldRail();
    if (target.closest("[data-close-panel]") || target === panel) return closePanel();
    if (target.closest("[data-print]")) return window.print();
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button) return;
    const link = target.closest("a[data-panel]");
    if (link) {
      event.preventDefault();
      return openPanel(link);
    }
    const row = target.closest("tr[data-row]");
    if (row && !target.closest("a, button, input, summary") && !String(getSelection())) {
      const main = row.querySelector("a[data-panel]");
      if (main) openPanel(main);
    }
  });

  // Arrow keys move from row to row; the first link of a row is what takes the focus.
  function moveRow(event) {
    const row = document.activeElement.closest("tr[data-row]");
    if (!row) return;
    const step = event.key === "ArrowDown" ? "nextElementSibling" : "previousElementSibling";
    const next = row[step] && row[step].querySelector("a");
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input, select, textarea");
    if (event.key === "Escape") {
      if (root.classList.contains("drawer")) {
        drawer(false);
        document.querySelector("[data-open-drawer]").focus();
        return;
      }
      closeMenus(null);
      closePanel();
    } else if (event.key === "/" && !typing) {
      const search = document.querySelector("[data-search]");
      if (search) {
        event.preventDefault();
        search.focus();
      }
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !typing) {
      moveRow(event);
    }
  });
  panel.addEventListener("cancel", (event) => {
    event.preventDefault();
    closePanel();
  });
})();

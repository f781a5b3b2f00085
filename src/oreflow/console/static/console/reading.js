// The reading desk: swaps without reloading, keys, selection, sending files one by one. Pages work without it.
(function () {
  "use strict";
  const typing = (node) => node instanceof Element && Boolean(node.closest("input:not([type=checkbox]), select, textarea"));
  const find = (selector, root) => (root || document).querySelector(selector);
  const desk = () => document.getElementById("desk");
  let scrolled = null;

  // Links and forms inside the desk swap the desk alone.
  function swap(method, url, values, push) {
    const place = desk();
    scrolled = { window: find("#text")?.dataset.window, text: find("#text")?.scrollTop, items: find("#item-list")?.scrollTop };
    return htmx.ajax(method, url, { target: place, source: place, swap: "outerHTML", values: values || {} }).then(() => {
      if (push) history.pushState({ desk: true }, "", push);
    });
  }

  function within(link) {
    const here = new URL(link.href, location.href);
    return here.origin === location.origin && here.pathname === location.pathname;
  }

  document.addEventListener("click", (event) => {
    const target = event.target;
    if (!(target instanceof Element) || event.defaultPrevented) return;
    if (target.closest("[data-help]")) return find("#keys").showModal();
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button) return;
    const tab = target.closest("[data-pane]");
    if (tab && desk()) {
      event.preventDefault();
      return showPane(tab.dataset.pane);
    }
    const link = target.closest("#desk a[href]");
    if (!link || !within(link) || String(getSelection())) return;
    event.preventDefault();
    swap("GET", link.href, {}, link.href);
  });

  function showPane(name) {
    desk().classList.toggle("on-items", name === "items");
    document.querySelectorAll("[data-pane]").forEach((tab) => {
      tab.dataset.pane === name ? tab.setAttribute("aria-current", "true") : tab.removeAttribute("aria-current");
    });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.closest("#desk") || form.method === "dialog") return;
    event.preventDefault();
    if (form.getAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    const values = {};
    for (const [name, value] of new FormData(form)) {
      if (name in values) values[name] = [].concat(values[name], value);
      else values[name] = value;
    }
    if (form.method === "get") {
      const address = `${form.getAttribute("action") || location.pathname}?${new URLSearchParams(new FormData(form))}`;
      return swap("GET", address, {}, address);
    }
    swap("POST", form.action, values, "");
  });

  window.addEventListener("popstate", () => {
    if (desk()) swap("GET", location.href, {}, "");
  });

  // A refusal is an answer too: the desk comes back with the reason in it.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== desk()) return;
    if ([403, 409, 422].includes(event.detail.xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
    const final = event.detail.xhr.responseURL;
    if (event.detail.requestConfig.verb === "post" && final && new URL(final).pathname === location.pathname) {
      history.replaceState({ desk: true }, "", final);
    }
  });

  document.addEventListener("htmx:afterSettle", () => {
    if (desk() && scrolled) settle();
  });

  function settle() {
    const text = find("#text");
    const items = find("#item-list");
    if (text && text.dataset.window === scrolled.window) text.scrollTop = scrolled.text;
    if (items) items.scrollTop = scrolled.items;
    scrolled = null;
    reveal();
    const wrong = find("#desk [aria-invalid=true], #desk [role=alert]");
    const chosen = find("[data-chosen]");
    if (wrong && wrong.matches("input, select, textarea")) wrong.focus();
    else if (chosen) chosen.focus({ preventScroll: true });
  }

  function into(pane, node, top) {
    if (!pane || !node) return;
    if (getComputedStyle(pane).overflowY !== "auto") return node.scrollIntoView({ block: "nearest" });
    const box = pane.getBoundingClientRect();
    const place = node.getBoundingClientRect();
    if (place.top >= box.top + 8 && place.bottom <= box.bottom - 8) return;
    pane.scrollTop += top || place.height > box.height ? place.top - box.top - 8 : place.top - box.top - box.height / 3;
  }

  function reveal() {
    const chosen = find(".item.chosen");
    if (!chosen) return;
    into(find("#item-list"), find(".deciding details[open]", chosen) || chosen, true);
    into(find("#text"), document.getElementById(`mark-${chosen.dataset.item}`) || find("#text .mark.chosen"), false);
  }

  // Keys
  const keys = {
    j: () => follow("[data-next]") || follow("#item-list a[data-row]") || follow("[data-page-after]"),
    k: () => follow("[data-previous]") || follow("[data-page-before]"),
    a: () => press("[data-key=a]"),
    o: () => press("[data-key=o]"),
    e: () => open("[data-key=e]"),
    r: () => open("[data-key=r]"),
    s: () => follow("[data-split]") || open("[data-key=s]"),
    m: () => {
      const box = find(".item.chosen + .item input[type=checkbox], .item:focus-within input[type=checkbox]");
      if (box && !box.disabled) box.checked = !box.checked;
    },
    "?": () => find("#keys").showModal(),
  };

  function follow(selector) {
    const link = find(`#desk ${selector}`);
    if (!link) return false;
    link.click();
    return true;
  }

  function press(selector) {
    const button = find(`#desk ${selector}`);
    if (button && !button.disabled) button.click();
  }

  function open(selector) {
    const details = find(`#desk details${selector}`);
    if (!details) return;
    details.open = true;
    const field = find("input:not([type=hidden]):not(:disabled), textarea:not(:disabled), select:not(:disabled)", details);
    if (field) field.focus();
    into(find("#item-list"), details, true);
  }

  document.addEventListener("keydown", (event) => {
    if (!desk() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && typing(event.target)) return event.target.blur();
    if (typing(event.target) || find("dialog[open]")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // Bulk acceptance: the slider and the number say at once how many it takes.
  document.addEventListener("input", (event) => {
    const input = event.target;
    const form = input instanceof HTMLInputElement && input.closest("[data-bulk]");
    if (!form || !input.matches("[data-bulk-slider], [name=at_least]")) return;
    const share = Math.min(100, Math.max(0, Number(input.value) || 0));
    find("[data-bulk-slider]", form).value = share;
    if (input.matches("[data-bulk-slider]")) find("[name=at_least]", form).value = share;
    find("[data-bulk-count]", form).textContent = form.dataset.bulk.split(" ")[share];
  });

  // Words selected in the text can be added by hand; offsets count characters, not code units.
  function offset(node, at) {
    const line = (node instanceof Element ? node : node.parentElement)?.closest("p[data-start]");
    if (!line) return null;
    const range = document.createRange();
    range.setStart(line, 0);
    range.setEnd(node, at);
    return Number(line.dataset.start) + Array.from(range.toString()).length;
  }

  document.addEventListener("selectionchange", () => {
    const place = find(".selected-words");
    if (!place) return;
    const selection = getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const start = range && find("#text").contains(range.startContainer) ? offset(range.startContainer, range.startOffset) : null;
    const end = range && find("#text").contains(range.endContainer) ? offset(range.endContainer, range.endOffset) : null;
    place.hidden = start === null || end === null || end <= start || end - start > 2000;
    if (place.hidden) return;
    const link = find("[data-add]", place);
    const address = new URL(link.href);
    address.searchParams.set("start", start);
    address.searchParams.set("end", end);
    link.href = address.href;
  });
  document.addEventListener("mousedown", (event) => {
    if (event.target instanceof Element && event.target.closest(".selected-words")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("[data-add]");
    if (!link || event.defaultPrevented) return;
    event.preventDefault();
    getSelection().removeAllRanges();
    swap("GET", link.href, {}, link.href);
  }, true);

  // Files: dropped or chosen, sent one after the other, each with its own bar and its own answer.
  const form = find("[data-upload]");
  if (form) uploads(form);

  function uploads(form) {
    const zone = find("[data-drop]", form);
    const input = find("input[type=file]", form);
    const list = find(".upload-list", form);
    const stop = (event) => event.preventDefault();
    ["dragenter", "dragover"].forEach((name) => zone.addEventListener(name, (event) => {
      stop(event);
      zone.classList.toggle("over", !input.disabled);
    }));
    ["dragleave", "drop"].forEach((name) => zone.addEventListener(name, () => zone.classList.remove("over")));
    zone.addEventListener("drop", (event) => {
      stop(event);
      if (input.disabled) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change"));
    });
    input.addEventListener("change", () => {
      form.querySelectorAll(".single-only").forEach((field) => (field.hidden = input.files.length > 1));
    });
    form.addEventListener("submit", (event) => {
      if (input.files.length < 2) return;
      stop(event);
      find("button[type=submit]", form).disabled = true;
      list.hidden = false;
      const rows = Array.from(input.files, (file) => line(list, file, form.dataset.waiting));
      rows.reduce((before, row) => before.then(() => send(form, row)), Promise.resolve()).then(() => {
        find(".upload-done", form).hidden = false;
        find("button[type=submit]", form).disabled = false;
        form.reset();
      });
    });
  }

  function line(list, file, waiting) {
    const row = document.createElement("li");
    const name = document.createElement("span");
    const bar = document.createElement("progress");
    const said = document.createElement("span");
    name.textContent = file.name;
    bar.max = 100;
    bar.value = 0;
    said.textContent = waiting;
    row.append(name, bar, said);
    list.append(row);
    return { file, bar, said };
  }

  function send(form, row) {
    return new Promise((done) => {
      const body = new FormData();
      for (const [name, value] of new FormData(form)) {
        if (!(value instanceof File) && !["title", "issued", "edition_of"].includes(name)) body.append(name, value);
      }
      body.append("file", row.file);
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      row.said.textContent = form.dataset.sending;
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) row.bar.value = (100 * event.loaded) / event.total;
      });
      request.addEventListener("loadend", () => {
        row.bar.value = 100;
        answer(form, row, request);
        done();
      });
      request.send(body);
    });
  }

  function answer(form, row, request) {
    let said = null;
    try {
      said = JSON.parse(request.responseText);
    } catch (refused) {
      said = { problem: request.status === 413 ? request.responseText : form.dataset.failed };
    }
    row.said.textContent = "";
    if (said.problem) {
      row.said.className = "wrong";
      row.said.textContent = said.problem;
      return;
    }
    const link = document.createElement("a");
    link.href = said.url;
    link.textContent = `${said.title} · ${said.said}`;
    row.said.append(link);
  }

  if (desk()) reveal();
})();

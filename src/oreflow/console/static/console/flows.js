// Draws the flow picture from the data block beside it; redraws when a slider brings new data.
(function () {
  "use strict";
  const holder = document.querySelector("[data-flows]");
  if (!holder) return;
  const place = holder.querySelector("[data-flows-chart]");
  const table = document.getElementById("flow-table");
  const font = getComputedStyle(document.body).fontFamily;

  // One colour per material family everywhere; told apart by colour-blind readers too (after Okabe and Ito).
  const COLOURS = {
    iron: "#8a5a2b", vanadium: "#b8578f", titanium: "#0072b2", "rare-earths": "#009e73", aluminium: "#56a5d8",
    manganese: "#d55e00", energy: "#c98a00", waste: "#8b95a5", other: "#667085",
  };
  const SHORT = "#b42318";
  const INK = "#101828";
  const HALO = { textBorderColor: "rgba(255, 255, 255, 0.9)", textBorderWidth: 3 };

  function data() {
    const block = document.getElementById("flow-data");
    return block ? JSON.parse(block.textContent) : { nodes: [], links: [], words: {}, unit: "" };
  }

  // Labels break by hand: a Latin letter is about half as wide as a Chinese one.
  function wrapped(text, room) {
    const lines = [""];
    let used = 0;
    for (const word of text.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*/g) || []) {
      const width = [...word].reduce((sum, c) => sum + (c > "\u2e7f" ? 12 : 6.4), 0);
      if (used && used + width > room) {
        lines.push("");
        used = 0;
      }
      lines[lines.length - 1] += word;
      used += width;
    }
    return lines.map((line) => line.trim());
  }

  // The word for what is short stands behind the amount, or below it where there is no room.
  function shortWord(node, words, room) {
    if (node.state !== "short" || node.residual) return "";
    return `${node.said} ${words.short}`.length * 7 > room ? `\n{s|${words.short}}` : `{s| ${words.short}}`;
  }

  function nodeOf(node, words, room) {
    const short = node.state === "short";
    const style = short ? "s" : "n";
    const name = wrapped(node.label, room).map((line) => `{${style}|${line}}`).join("\n");
    return {
      name: node.id,
      depth: node.stage,
      itemStyle: {
        color: short ? SHORT : COLOURS[node.family] || COLOURS.other,
        borderWidth: 0,
        opacity: node.state === "waste" || node.state === "surplus" ? 0.55 : 1,
      },
      label: {
        show: !node.quiet,
        formatter: `${name}\n{a|${node.said}}${shortWord(node, words, room)}`,
      },
      said: `${node.name} ${node.said}${short ? ` ${words.short}` : ""}`,
    };
  }

  function linkOf(link, families) {
    const lacking = link.kind === "bought";
    return {
      source: link.source,
      target: link.target,
      value: link.value,
      said: link.said,
      lineStyle: {
        color: lacking ? SHORT : COLOURS[link.kind === "waste" ? "waste" : families[link.target]] || COLOURS.other,
        opacity: lacking ? 0.4 : link.kind === "waste" ? 0.16 : 0.28,
      },
    };
  }

  const LEFT = 4;
  const RIGHT = 120;

  // What a label may take up: the way to the next column, less the bars and some air.
  function roomOf(d) {
    const columns = Math.max(1, ...d.nodes.map((n) => n.stage));
    return Math.max(64, (place.clientWidth - LEFT - RIGHT - 10) / columns - 26);
  }

  function optionOf(d) {
    const room = roomOf(d);
    const families = Object.fromEntries(d.nodes.map((n) => [n.id, n.family]));
    return {
      animation: false,
      textStyle: { fontFamily: font },
      tooltip: {
        trigger: "item",
        renderMode: "richText",
        confine: true,
        backgroundColor: "#fff",
        borderColor: "#d0d5dd",
        textStyle: { color: INK, fontSize: 12, fontFamily: font },
        formatter: (item) => (item.dataType === "edge" ? item.data.said : `${item.data.said} ${d.unit}`),
      },
      series: [
        {
          type: "sankey",
          left: LEFT, right: RIGHT, top: 12, bottom: 24,
          nodeWidth: 10,
          nodeGap: 36,
          nodeAlign: "left",
          layoutIterations: 32,
          draggable: false,
          emphasis: { focus: "adjacency", lineStyle: { opacity: 0.55 } },
          blur: { itemStyle: { opacity: 0.35 }, lineStyle: { opacity: 0.08 }, label: { opacity: 0.35 } },
          label: {
            fontSize: 12, fontFamily: font, color: INK, distance: 5, ...HALO,
            rich: {
              n: { fontSize: 12, lineHeight: 15, color: INK, ...HALO },
              a: { fontSize: 12, lineHeight: 15, fontWeight: 600, color: INK, ...HALO },
              s: { fontSize: 12, lineHeight: 15, fontWeight: 600, color: SHORT, ...HALO },
            },
          },
          lineStyle: { curveness: 0.5 },
          nodes: d.nodes.map((n) => nodeOf(n, d.words, room)),
          links: d.links.map((k) => linkOf(k, families)),
        },
      ],
    };
  }

  const chart = echarts.init(place, null, { renderer: "canvas" });
  let drawnFrom = null;

  function draw() {
    const d = data();
    drawnFrom = document.getElementById("flow-data");
    const columns = new Map();
    d.nodes.forEach((n) => columns.set(n.stage, (columns.get(n.stage) || 0) + 1));
    const height = `${Math.max(560, 60 * Math.max(0, ...columns.values()))}px`;
    if (place.style.height !== height) {
      place.style.height = height;
      chart.resize();
    }
    chart.setOption(optionOf(d), { notMerge: true });
    legend(d);
    place.dataset.drawn = String(d.links.reduce((sum, k) => sum + k.value, 0));
  }

  function legend(d) {
    const list = holder.querySelector("[data-flows-legend]");
    list.replaceChildren(
      ...(d.families || [])
        .map(([family, word]) => {
          const item = document.createElement("li");
          const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
          const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
          box.setAttribute("width", "14");
          box.setAttribute("height", "10");
          box.setAttribute("rx", "2");
          box.setAttribute("fill", family === "short" ? SHORT : COLOURS[family]);
          svg.append(box);
          item.append(svg, word);
          return item;
        }),
    );
  }

  // The table is written by the server first; after a move its rows come with the data.
  function rows(d) {
    const bodyOf = table.querySelector("tbody");
    bodyOf.replaceChildren(
      ...(d.rows || []).map(([from, to, amount, kind]) => {
        const row = document.createElement("tr");
        const head = document.createElement("th");
        head.scope = "row";
        head.textContent = from;
        row.append(head);
        [to, amount, kind].forEach((text, column) => {
          const cell = row.insertCell();
          cell.textContent = text;
          if (column === 1) cell.className = "num";
        });
        return row;
      }),
    );
  }

  function save(url, extension) {
    const link = document.createElement("a");
    link.href = url;
    link.download = `${holder.dataset.name}.${extension}`;
    link.click();
  }

  function saveSvg() {
    const still = echarts.init(null, null, {
      renderer: "svg", ssr: true, width: place.clientWidth, height: place.clientHeight,
    });
    still.setOption({ ...optionOf(data()), animation: false, tooltip: undefined, backgroundColor: "#fff" });
    const url = URL.createObjectURL(new Blob([still.renderToSVGString()], { type: "image/svg+xml" }));
    still.dispose();
    save(url, "svg");
    window.setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  holder.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.flowsSave === "png") {
      save(chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: "#fff" }), "png");
    } else if (button.dataset.flowsSave === "svg") {
      saveSvg();
    } else if (button.hasAttribute("data-flows-table")) {
      table.hidden = !table.hidden;
      if (!table.hidden) rows(data());
      button.setAttribute("aria-pressed", String(!table.hidden));
    }
  });

  table.hidden = true;
  draw();
  new ResizeObserver(() => {
    if (chart.getWidth() === place.clientWidth && chart.getHeight() === place.clientHeight) return;
    chart.resize();
    chart.setOption(optionOf(data()), { notMerge: true });
  }).observe(place);
  document.body.addEventListener("htmx:oobAfterSwap", (event) => {
    // The event comes once for every part that was swapped; only new data is drawn.
    const block = document.getElementById("flow-data");
    if (event.detail.target.id !== "flow-data-holder" || !block || block === drawnFrom) return;
    draw();
    if (!table.hidden) rows(data());
  });
})();

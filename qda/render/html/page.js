"use strict";
// Opens the excerpts behind figures, sorts tables, moves between figures by arrows, and switches light and dark.
// Nothing is fetched: figures and quotes are in the page; sources are unpacked when they are first needed.
(() => {
  const PAGE = 25;
  const $ = (id) => document.getElementById(id);
  const make = (name, given = {}, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(given)) {
      if (key === "text") made.textContent = value;
      else if (value !== null && value !== undefined) made.setAttribute(key, value);
    }
    made.append(...inside);
    return made;
  };
  const many = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

  // --- sources ---------------------------------------------------------------------------------------------

  const sources = [...document.querySelectorAll("details.source")].map((place) => ({
    place,
    first: Number(place.dataset.first),
    size: Number(place.dataset.size),
    name: place.dataset.name,
    lang: place.lang,
    packed: place.querySelector("noscript, script"),
    text: null,
  }));

  const parsed = new Map();
  function data(id) {
    if (!parsed.has(id)) parsed.set(id, JSON.parse($(id).textContent));
    return parsed.get(id);
  }

  function idOf(signs) {
    const bytes = atob(signs.replace(/-/g, "+").replace(/_/g, "/"));
    const digits = [...bytes].map((one) => one.charCodeAt(0).toString(16).padStart(2, "0")).join("");
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  // The HTML of a source in its short form; Python's `packing` and `long_form` say how it is made.
  function unfold(packed, first) {
    const entries = data("packing");
    let begun = first, listed = first;
    return packed
      .replace(/[\u00a1-\u1fff]/g, (sign) => entries[sign.charCodeAt(0) - 0xa1])
      .replace(/[\ue000\ue001]|\ue002.{22}|[\u{f0000}-\u{ffffd}]/gu, (sign) => {
        if (sign === "\ue000") return `<b id="c${begun++}"></b>`;
        if (sign === "\ue001") return `<li id="n${listed}" value="${listed}"><a href="#c${listed++}">`;
        if (sign[0] === "\ue002") return `<span>${idOf(sign.slice(1))}</span>`;
        const number = first + sign.codePointAt(0) - 0xf0000;
        return `<b id="z${number}" data-n="${number}"></b>`;
      });
  }

  function unpack(source) {
    if (!source.text) {
      const given = source.packed.textContent;
      const html = source.packed.localName === "script" ? unfold(given, source.first) : given;
      const read = new DOMParser().parseFromString(html, "text/html");
      source.text = document.createElement("div");
      source.text.append(...[...read.body.childNodes].map((node) => document.adoptNode(node)));
    }
    return source.text;
  }

  function open(source) {
    if (source.packed.isConnected) source.packed.replaceWith(unpack(source));
    source.place.open = true;
  }

  function sourceOf(number) {
    let low = 0, high = sources.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (sources[middle].first <= number) low = middle;
      else high = middle;
    }
    const found = sources[low];
    return found && number >= found.first && number < found.first + found.size ? found : undefined;
  }

  function wordsOf(number) {
    const text = unpack(sourceOf(number));
    const range = document.createRange();
    range.setStartAfter(text.querySelector(`#c${number}`));
    range.setEndBefore(text.querySelector(`#z${number}`));
    return range;
  }

  function around(number, words) {
    const text = unpack(sourceOf(number));
    const turn = (id) => {
      let node = text.querySelector(id);
      while (node.parentNode !== text) node = node.parentNode;
      return node;
    };
    const first = turn(`#c${number}`), last = turn(`#z${number}`);
    const beside = (node, next) => (node && node.localName === "p" ? node : next);
    const before = document.createRange(), after = document.createRange();
    before.setStartBefore(beside(first.previousElementSibling, first));
    before.setEnd(words.startContainer, words.startOffset);
    after.setStart(words.endContainer, words.endOffset);
    after.setEndAfter(beside(last.nextElementSibling, last));
    return [before.toString(), after.toString()];
  }

  function show(number) {
    const source = sourceOf(number);
    if (!source) return;
    open(source);
    const mark = $(`c${number}`);
    mark.tabIndex = -1;
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "center" });
    if (window.CSS && CSS.highlights) CSS.highlights.set("here", new Highlight(wordsOf(number)));
  }

  for (const source of sources) {
    source.place.addEventListener("toggle", () => source.place.open && open(source));
  }

  const follow = () => {
    const found = /^#c(\d+)$/.exec(location.hash);
    if (found) show(Number(found[1]));
  };
  addEventListener("hashchange", follow);

  // --- what stands behind a figure -------------------------------------------------------------------------

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const value = new Map([...DIGITS].map((sign, number) => [sign, number]));

  // The numbers of a list: each as its distance from the one before, five bits a sign, the lowest first.
  function numbersOf(list, numbers) {
    let at = 0, step = 0, shift = 0;
    for (const sign of list) {
      const bits = value.get(sign);
      step += (bits & 31) << shift;
      shift += 5;
      if (bits < 32) {
        numbers.add((at += step));
        step = shift = 0;
      }
    }
  }

  function behind(cell) {
    const page = data("data"), numbers = new Set();
    const [lists, read] = page.cells[cell];
    let gone = 0;
    for (const list of lists) {
      numbersOf(page.lists[list], numbers);
      gone += page.gone[list] || 0;
    }
    const names = read < 0 ? [] : page.read[read].map((one) => page.sources[one]);
    return { numbers: [...numbers].sort((a, b) => a - b), read: names, gone };
  }

  const panel = $("panel");
  let chosen = null, from = 0;

  const plain = (node) => node.textContent.replace(/\s+/g, " ").trim();
  const said = (heading) => (heading.querySelector("[data-said]") || heading).dataset.said || plain(heading);

  function titleOf(link) {
    const cell = link.closest("td, th"), row = cell.parentNode, table = row.closest("table");
    const head = table.tHead.rows[0].cells[cell.cellIndex];
    const names = [...row.querySelectorAll("th")].map(said);
    return `${names.join(" · ")} × ${said(head)}: ${plain(link)}`;
  }

  function quote(number) {
    const source = sourceOf(number);
    const item = unpack(source).querySelector(`#n${number}`);
    const words = wordsOf(number), [before, after] = around(number, words);
    const context = make("p", { dir: "auto", lang: source.lang || null, class: "said" });
    context.append(before, make("mark", { text: words.toString() }), after);
    const place = make("a", { href: `#c${number}`, class: "place" });
    place.append(make("bdi", { text: source.name }));
    const facts = make("p", { class: "facts" }, make("b", { text: `${number}` }), " ", place);
    for (const fact of item.querySelectorAll("span")) facts.append(" · ", make("bdi", { text: fact.textContent }));
    const code = make("p", { class: "code" }, make("bdi", { text: item.querySelector("a").textContent }));
    return make(
      "li",
      { value: number },
      code,
      make("blockquote", { dir: "auto", lang: source.lang || null, class: "said", text: words.toString() }),
      facts,
      make("details", {}, make("summary", { text: "What is said around it" }), context),
    );
  }

  function fill() {
    const { numbers, read, gone } = chosen;
    const part = numbers.slice(from, from + PAGE), list = $("quotes-list");
    list.replaceChildren(...part.map(quote));
    const spread = new Set(numbers.map((number) => sourceOf(number).name)).size;
    let summary = numbers.length ? `${many(numbers.length, "excerpt")} in ${many(spread, "source")}` : "";
    if (numbers.length > PAGE) summary += `; ${from + 1} to ${from + part.length} are shown`;
    if (gone) summary += ` (${many(gone, "coding")} more stood here once and are not in the study any more)`;
    if (!numbers.length && !gone) {
      summary = read.length ? `No such coding. ${many(read.length, "source")} that this figure is about:` : "Nothing stands behind this.";
    }
    $("panel-summary").textContent = summary;
    $("panel-read").replaceChildren(...(numbers.length ? [] : read).map((one) => make("li", { dir: "auto", text: one })));
    $("pages").hidden = numbers.length <= PAGE;
    $("earlier").disabled = from === 0;
    $("later").disabled = from + PAGE >= numbers.length;
    $("panel-body").scrollTop = 0;
  }

  function openPanel(link) {
    chosen = behind(Number(link.dataset.e));
    from = 0;
    $("panel-title").textContent = titleOf(link);
    fill();
    panel.showModal();
    $("panel-title").focus();
  }

  function turn(by) {
    from += by;
    fill();
    $("panel-summary").focus();
  }
  $("earlier").addEventListener("click", () => turn(-PAGE));
  $("later").addEventListener("click", () => turn(PAGE));
  $("close").addEventListener("click", () => panel.close());
  panel.addEventListener("click", (event) => {
    const link = event.target.closest("a.place");
    if (event.target === panel) panel.close();
    if (!link) return;
    event.preventDefault();
    panel.close();
    if (location.hash === link.hash) follow();
    else location.hash = link.hash;
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-e]");
    const bar = event.target.closest("svg [data-row]");
    if (link) {
      event.preventDefault();
      openPanel(link);
    } else if (bar) {
      const first = bar.closest("section").querySelector(`tbody tr[data-row="${bar.dataset.row}"] [data-e]`);
      if (first) openPanel(first);
    }
  });

  // --- tables ----------------------------------------------------------------------------------------------

  const figure = (text) => {
    const found = /^[>*\s]*(-?\d+(?:\.\d+)?)/.exec(text);
    return found ? Number(found[1]) : null;
  };

  function sort(heading) {
    const table = heading.closest("table"), body = table.tBodies[0], at = heading.cellIndex;
    const was = heading.getAttribute("aria-sort");
    const rows = [...body.rows].sort((a, b) => a.dataset.row - b.dataset.row);
    const keyed = rows.map((row) => ({ row, text: plain(row.cells[at]), number: figure(plain(row.cells[at])) }));
    const numeric = keyed.some((one) => one.number !== null) && !heading.classList.contains("words");
    const order = numeric ? ["descending", "ascending"] : ["ascending", "descending"];
    const next = was === order[0] ? order[1] : was === order[1] ? "none" : order[0];
    for (const one of heading.parentNode.cells) if (one.hasAttribute("aria-sort")) one.setAttribute("aria-sort", "none");
    heading.setAttribute("aria-sort", next);
    const sign = next === "ascending" ? 1 : -1;
    if (next !== "none") {
      keyed.sort((a, b) => {
        if (!numeric) return sign * a.text.localeCompare(b.text, "en");
        if (a.number === null || b.number === null) return (a.number === null) - (b.number === null);
        return sign * (a.number - b.number);
      });
    }
    body.append(...keyed.map((one) => one.row));
    first(table);
    $("said").textContent = next === "none" ? "In the order of the report" : `Sorted by ${said(heading)}, ${next}`;
  }
  for (const button of document.querySelectorAll("thead button")) {
    button.disabled = false;
    button.addEventListener("click", () => sort(button.closest("th")));
  }

  // One figure of a table takes part in the order of Tab; arrows lead to the others.
  function first(table) {
    const links = table.querySelectorAll("tbody [data-e]");
    links.forEach((link, number) => (link.tabIndex = number ? -1 : 0));
  }
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  for (const table of document.querySelectorAll("table.opens")) {
    first(table);
    table.addEventListener("keydown", (event) => {
      const link = event.target.closest("tbody [data-e]");
      const step = steps[event.key];
      if (!link || !step || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      let cell = link.closest("td, th"), row = cell.parentNode, column = cell.cellIndex;
      for (;;) {
        row = step[0] > 0 ? row.nextElementSibling : step[0] < 0 ? row.previousElementSibling : row;
        column += step[1];
        cell = row && column >= 0 ? row.cells[column] : null;
        if (!cell) return;
        const next = cell.querySelector("[data-e]");
        if (next) {
          link.tabIndex = -1;
          next.tabIndex = 0;
          next.focus();
          return;
        }
      }
    });
    table.addEventListener("focusin", (event) => {
      const link = event.target.closest("tbody [data-e]");
      if (!link) return;
      for (const one of table.querySelectorAll('tbody [tabindex="0"]')) one.tabIndex = -1;
      link.tabIndex = 0;
    });
  }

  // --- light and dark, printing ----------------------------------------------------------------------------

  const root = document.documentElement, themes = ["auto", "light", "dark"];
  const keep = (value) => {
    try {
      if (value) localStorage.setItem("qda-theme", value);
      return localStorage.getItem("qda-theme");
    } catch {
      return null;
    }
  };
  function paint(theme) {
    root.dataset.theme = theme;
    $("theme").textContent = `Colours: ${theme === "auto" ? "as the system has them" : theme}`;
  }
  paint(themes.includes(keep()) ? keep() : "auto");
  $("theme").addEventListener("click", () => {
    const next = themes[(themes.indexOf(root.dataset.theme) + 1) % themes.length];
    keep(next);
    paint(next);
  });

  $("print").addEventListener("click", () => window.print());
  if ($("open-all")) $("open-all").addEventListener("click", () => sources.forEach(open));
  $("print-panel").addEventListener("click", () => {
    document.body.classList.add("only-panel");
    for (const one of panel.querySelectorAll("details")) one.open = true;
    window.print();
    document.body.classList.remove("only-panel");
  });

  for (const tool of document.querySelectorAll("[data-script]")) tool.hidden = false;
  follow();
})();

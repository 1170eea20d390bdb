/* Fihrist: any two entries side by side, in one language or more: `?a=processes/x&b=processes/y&lang=ar,en`.
   Services are not in the lists, which would grow with the catalogue: the engine of the search finds them. */
(function () {
  "use strict";

  const form = document.querySelector(".fh-parallel__pair");
  const { a, b, find } = form.elements;
  const boxes = Array.from(form.querySelectorAll("input[name=lang]"));
  const result = document.querySelector(".fh-parallel__result");
  const list = document.querySelector(".fh-parallel__list");
  const found = form.querySelector(".fh-parallel__find ul");
  const status = form.querySelector("[role=status]");
  const directions = JSON.parse(document.getElementById("fh-directions").textContent);
  const root = new URL("../", location.href.split(/[?#]/)[0]);
  const SERVICE = /^services\/[a-z0-9-]+\/$/;
  const FOUND = 8;
  let turn = 0;

  if (location.protocol === "file:") return; /* A folder's pages may not be read; the list leads to them. */

  const languages = () => boxes.filter((box) => box.checked).map((box) => box.value);

  /* ── what is shown ── */

  /** The article of a page, cut at its headings: Map of id → elements. */
  async function parts(path, language) {
    const address = new URL(`${language}/${path}`, root);
    const response = await fetch(address);
    if (!response.ok) return new Map();
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const article = page.querySelector("article > :is(.fh-process, .fh-comparison, .fh-term, .fh-service)");
    page.querySelectorAll(".fh-map__frame, .fh-contents, .fh-icon").forEach((part) => part.remove());
    page.querySelectorAll("a[href]").forEach((link) => (link.href = new URL(link.getAttribute("href"), address).href));
    const cut = new Map([["", []]]);
    let last = cut.get("");
    Array.from(article ? article.children : []).forEach((element) => {
      const heading = element.matches("h2[id]") ? element : element.querySelector(":scope > h2[id]");
      if (heading) cut.set(heading.id, (last = []));
      last.push(element);
    });
    cut.frame = article ? article.className : "";
    cut.title = article ? titleOf(article.querySelector("h1")) : "";
    return cut;
  }

  function titleOf(heading) {
    const words = Array.from(heading.childNodes).filter((node) => !(node.matches && node.matches(".headerlink")));
    return words.map((node) => node.textContent).join("").trim();
  }

  function cell(page, id, language, column) {
    const section = document.createElement("section");
    section.className = page.frame || "";
    section.lang = language;
    section.dir = directions[language];
    section.append(...(page.get(id) || []));
    if (column) {
      section.querySelectorAll("[id]").forEach((element) => (element.id = `${element.id}-${column}`));
      section.querySelectorAll("[aria-labelledby]").forEach((element) =>
        element.setAttribute("aria-labelledby", `${element.getAttribute("aria-labelledby")}-${column}`)
      );
    }
    return section;
  }

  async function show() {
    turn += 1;
    const mine = turn;
    const entries = [a.value, b.value].filter(Boolean);
    const columns = entries.flatMap((path) => languages().map((language) => [path, language]));
    const pages = await Promise.all(columns.map(([path, language]) => parts(path, language)));
    if (mine !== turn) return;
    columns.forEach(([path], i) => SERVICE.test(path) && pages[i].title && offer(path, pages[i].title));
    const ids = new Set(pages.flatMap((page) => Array.from(page.keys())));
    const rows = Array.from(ids, (id) => {
      const row = document.createElement("div");
      row.className = "fh-parallel__row";
      row.append(...pages.map((page, i) => cell(page, id, columns[i][1], i)));
      return row;
    });
    result.style.setProperty("--fh-columns", columns.length || 1);
    result.replaceChildren(...(entries.length ? rows : []));
    list.hidden = entries.length > 0;
  }

  /* ── services ── */

  /** A service stands among the choices from when it was asked for. */
  function offer(path, title) {
    [a, b].forEach((select) => {
      const group = select.querySelector("[data-fh-services]");
      const known = Array.from(group.children).find((option) => option.value === path);
      if (known) known.text = title;
      else group.append(new Option(title, path));
      group.hidden = false;
    });
  }

  const waiting = new Map();
  let engine;
  let number = 0;

  function ask(request) {
    if (!engine) {
      engine = new Worker(new URL("assets/search/engine.js", root));
      engine.onmessage = ({ data: { id, answer } }) => waiting.get(id)(answer ? answer.results : []);
    }
    return new Promise((resolve) => {
      number += 1;
      waiting.set(number, resolve);
      engine.postMessage({ id: number, ...request });
    });
  }

  /** What is found in the languages that are shown, each service once. */
  async function search() {
    const query = find.value.trim();
    const wanted = (language) => ask({ language, query, kinds: ["service"], limit: FOUND });
    const answers = query ? await Promise.all(languages().map(wanted)) : [];
    if (query !== find.value.trim()) return;
    const services = new Map();
    answers.flat().forEach((one) => {
      const path = one.url.slice(one.url.indexOf("/") + 1);
      if (!services.has(path)) services.set(path, one);
    });
    found.replaceChildren(...Array.from(services).slice(0, FOUND).map(([path, one]) => choice(path, one)));
    status.textContent = query && !services.size ? status.dataset.fhNone : "";
  }

  function choice(path, { title, language }) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "md-button";
    button.lang = language;
    button.dir = directions[language];
    button.textContent = title.map(([text]) => text).join("");
    button.addEventListener("click", () => choose(path, button.textContent));
    item.append(button);
    return item;
  }

  /** The first empty place, or else the second one, gets the service. */
  function choose(path, title) {
    const place = a.value ? b : a;
    offer(path, title);
    place.value = path;
    find.value = "";
    search();
    place.focus();
    changed();
  }

  /* ── the address ── */

  function read() {
    const asked = new URLSearchParams(location.search);
    const wanted = (asked.get("lang") || document.documentElement.lang).split(",");
    Object.entries({ a, b }).forEach(([name, select]) => {
      const path = (asked.get(name) || "").replace(/([^/])$/, "$1/");
      if (SERVICE.test(path)) offer(path, path);
      select.value = path;
    });
    boxes.forEach((box) => (box.checked = wanted.includes(box.value)));
    show();
  }

  function changed() {
    history.pushState(null, "", `?a=${a.value}&b=${b.value}&lang=${languages().join(",")}`);
    show();
  }

  form.addEventListener("change", (event) => event.target !== find && changed());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = found.querySelector("button");
    if (first) first.click();
  });
  find.addEventListener("input", search);
  window.addEventListener("popstate", read);
  form.hidden = false;
  read();
})();

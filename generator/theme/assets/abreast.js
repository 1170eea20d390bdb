/* Fihrist: any two entries side by side, in one language or more: `?a=processes/x&b=processes/y&lang=ar,en`. */
(function () {
  "use strict";

  const form = document.querySelector(".fh-parallel__pair");
  const result = document.querySelector(".fh-parallel__result");
  const list = document.querySelector(".fh-parallel__list");
  const directions = JSON.parse(document.getElementById("fh-directions").textContent);
  const root = new URL("../", location.href.split(/[?#]/)[0]);
  let turn = 0;

  if (location.protocol === "file:") return; /* A folder's pages may not be read; the list leads to them. */

  /** The article of a page, cut at its headings: Map of id → elements. */
  async function parts(path, language) {
    const address = new URL(`${language}/${path}`, root);
    const response = await fetch(address);
    if (!response.ok) return new Map();
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const article = page.querySelector("article > .fh-process, article > .fh-comparison, article > .fh-term");
    page.querySelectorAll(".fh-map__frame, .fh-contents").forEach((part) => part.remove());
    page.querySelectorAll("a[href]").forEach((link) => (link.href = new URL(link.getAttribute("href"), address).href));
    const found = new Map([["", []]]);
    let last = found.get("");
    Array.from(article ? article.children : []).forEach((element) => {
      const heading = element.matches("h2[id]") ? element : element.querySelector(":scope > h2[id]");
      if (heading) found.set(heading.id, (last = []));
      last.push(element);
    });
    found.frame = article ? article.className : "";
    return found;
  }

  function cell(page, id, language, column) {
    const section = document.createElement("section");
    section.className = page.frame || "";
    section.lang = language;
    section.dir = directions[language];
    section.append(...(page.get(id) || []));
    if (column) section.querySelectorAll("[id]").forEach((element) => (element.id = `${element.id}-${column}`));
    return section;
  }

  async function show() {
    turn += 1;
    const mine = turn;
    const entries = ["a", "b"].map((name) => form.elements[name].value).filter(Boolean);
    const languages = Array.from(form.querySelectorAll("input:checked"), (box) => box.value);
    const columns = entries.flatMap((path) => languages.map((language) => [path, language]));
    const pages = await Promise.all(columns.map(([path, language]) => parts(path, language)));
    if (mine !== turn) return;
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

  function read() {
    const asked = new URLSearchParams(location.search);
    const wanted = (asked.get("lang") || document.documentElement.lang).split(",");
    ["a", "b"].forEach((name) => (form.elements[name].value = asked.get(name) || ""));
    form.querySelectorAll("input").forEach((box) => (box.checked = wanted.includes(box.value)));
    show();
  }

  form.addEventListener("change", () => {
    const languages = Array.from(form.querySelectorAll("input:checked"), (box) => box.value);
    const query = ["a", "b"].map((name) => `${name}=${form.elements[name].value}`);
    history.pushState(null, "", `?${query.join("&")}&lang=${languages.join(",")}`);
    show();
  });
  window.addEventListener("popstate", read);
  form.hidden = false;
  read();
})();

/* Fihrist: filters of the catalogue, choice of language, pages opened from a folder, day of printing.
   Every page works without this file. */
(function () {
  "use strict";

  const LANGUAGE = "fihrist.language";
  const ROOT = new URL("../", document.currentScript.src);
  const wide = window.matchMedia("(min-width: 60em)");

  /* ── filters ── */

  /** The chosen values of each group: Map of name → Set, from `?category=a,b&audience=c`. */
  function readAddress(names) {
    const query = new URLSearchParams(location.search);
    return new Map(
      names.map((name) => [name, new Set(query.getAll(name).join(",").split(",").filter(Boolean))])
    );
  }

  function writeAddress(chosen) {
    const query = new URLSearchParams(location.search);
    const parts = [];
    query.forEach((value, name) => {
      if (!chosen.has(name)) parts.push(encodeURIComponent(name) + "=" + encodeURIComponent(value));
    });
    chosen.forEach((values, name) => {
      if (values.size) parts.push(name + "=" + Array.from(values, encodeURIComponent).join(","));
    });
    const address = location.pathname + (parts.length ? "?" + parts.join("&") : "") + location.hash;
    if (address !== location.pathname + location.search + location.hash) {
      history.pushState(null, "", address);
    }
  }

  function startFilters(form) {
    const page = form.parentElement;
    const boxes = Array.from(form.querySelectorAll("input[type=checkbox]"));
    const names = Array.from(new Set(boxes.map((box) => box.name)));
    const cards = Array.from(page.querySelectorAll(".fh-card"));
    const groups = Array.from(page.querySelectorAll(".fh-group"));
    const count = page.querySelector(".fh-count");
    const empty = page.querySelector(".fh-empty");
    const clear = page.querySelector(".fh-filters__clear");
    const sheet = form.querySelector("details");
    const summary = form.querySelector("summary");
    const counted = counter();
    const whole = startWhole(page.querySelector(".fh-found"), boxes);
    const facts = new Map(
      cards.map((card) => [
        card,
        new Map(names.map((name) => [name, (card.getAttribute("data-" + name) || "").split(/\s+/)])),
      ])
    );

    /** OR inside a group, AND between groups. */
    function matches(card, chosen) {
      return names.every((name) => {
        const wanted = chosen.get(name);
        return !wanted.size || facts.get(card).get(name).some((value) => wanted.has(value));
      });
    }

    function show(chosen) {
      form.toggleAttribute("data-fh-active", names.some((name) => chosen.get(name).size));
      if (whole) whole(chosen, tell);
      else tell(showCards(chosen));
    }

    function showCards(chosen) {
      let shown = 0;
      cards.forEach((card) => {
        card.hidden = !matches(card, chosen);
        if (!card.hidden) shown += 1;
      });
      groups.forEach((group) => {
        group.hidden = !group.querySelector(".fh-card:not([hidden])");
      });
      return shown;
    }

    /** How many there are, and help if there are none. */
    function tell(shown) {
      if (empty) empty.hidden = shown > 0;
      const line = counted(shown);
      if (count && line && count.textContent !== line) count.textContent = line;
    }

    function ticked() {
      return new Map(
        names.map((name) => [
          name,
          new Set(boxes.filter((box) => box.name === name && box.checked).map((box) => box.value)),
        ])
      );
    }

    function followAddress() {
      const chosen = readAddress(names);
      boxes.forEach((box) => {
        box.checked = chosen.get(box.name).has(box.value);
      });
      show(ticked());
    }

    function followBoxes() {
      const chosen = ticked();
      writeAddress(chosen);
      show(chosen);
      if (count && wide.matches) count.scrollIntoView({ block: "nearest" });
    }

    /** Beside the list on a wide screen, always open; a sheet that opens on a narrow one. */
    function fit() {
      sheet.open = wide.matches;
      summary.tabIndex = wide.matches ? -1 : 0;
    }

    form.addEventListener("change", followBoxes);
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      boxes.forEach((box) => (box.checked = false));
      followBoxes();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    if (clear) {
      clear.addEventListener("click", () => {
        form.reset();
        (wide.matches ? boxes[0] : summary).focus();
      });
    }
    summary.addEventListener("click", (event) => {
      if (wide.matches) event.preventDefault();
    });
    wide.addEventListener("change", fit);
    window.addEventListener("popstate", followAddress);
    window.addEventListener("pageshow", (event) => event.persisted && followAddress());

    fit();
    form.hidden = false;
    followAddress();
  }

  /** Writes how many services there are: the form of the message for the number (CLDR), and its digits. */
  function counter() {
    try {
      const { locale, forms } = JSON.parse(document.getElementById("fh-counts").textContent);
      const [plurals, numbers] = [new Intl.PluralRules(locale), new Intl.NumberFormat(locale)];
      return (n) => (forms[n] || forms[plurals.select(n)] || forms.other).replace("#", numbers.format(n));
    } catch (error) {
      return () => "";
    }
  }

  /** A script of the site that sets a variable, once it is needed: it works from a folder too. */
  function fetched(path, variable) {
    let told;
    return () => {
      told = told || new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = new URL(path, ROOT).href;
        script.onload = () => resolve(self[variable]);
        script.onerror = reject;
        document.head.append(script);
      });
      told.catch(() => (told = undefined));
      return told;
    };
  }

  /* ── filters over more services than a page holds ── */

  const AT_ONCE = 50;

  /** Fetches all services when a filter is first used, and lists those that match under the filters.

      What the data holds: see `generator/facets.py`. */
  function startWhole(found, boxes) {
    if (!found) return undefined;
    const page = found.parentElement;
    const [list, button] = [found.querySelector("ul"), found.querySelector("button")];
    const failed = page.querySelector(".fh-failed");
    const parts = Array.from(page.querySelectorAll(".fh-group, .fh-shelves"));
    const labels = new Map(boxes.filter((box) => box.name === "category").map((box) => [box.value, box.nextElementSibling]));
    const ready = fetched(`assets/services/${document.documentElement.lang}.js`, "fihristServices");
    let asked;

    function line(data, service) {
      const [item, link] = ["li", "a"].map((name) => document.createElement(name));
      link.href = `${data.ids[service]}/`;
      link.textContent = data.names[service];
      const [categories] = data.sets[data.of[service]];
      const label = labels.get(categories[0]);
      const tag = label ? label.cloneNode(true) : "";
      if (tag) tag.className = "fh-tag";
      item.append(link, " ", tag);
      return item;
    }

    /** The next ones; the first of them gets the focus when they were asked for. */
    function extend(data, left) {
      const lines = left.splice(0, AT_ONCE).map((service) => line(data, service));
      list.append(...lines);
      button.hidden = !left.length;
      return lines;
    }

    async function show(chosen, tell) {
      asked = chosen;
      const active = Array.from(chosen.values()).some((values) => values.size);
      page.setAttribute("aria-busy", String(active));
      const data = active ? await ready().catch(() => undefined) : undefined;
      if (asked !== chosen) return;
      page.removeAttribute("aria-busy");
      failed.hidden = !active || Boolean(data);
      found.hidden = !data;
      parts.forEach((part) => (part.hidden = Boolean(data)));
      list.replaceChildren();
      const left = data ? matching(data, chosen) : [];
      tell(data ? left.length : Number(found.dataset.fhAll));
      extend(data, left);
      button.onclick = () => extend(data, left)[0].firstChild.focus();
    }
    return show;
  }

  /** The numbers of the services that match: OR inside a group, AND between groups. */
  function matching(data, chosen) {
    const fits = data.sets.map((set) =>
      data.groups.every((name, i) => {
        const wanted = chosen.get(name);
        return !wanted || !wanted.size || set[i].some((value) => wanted.has(value));
      })
    );
    return Array.from(data.of.keys()).filter((service) => fits[data.of[service]]);
  }

  /* ── language ── */

  function remember(code) {
    try {
      localStorage.setItem(LANGUAGE, code);
    } catch (error) {
      /* private window: nothing to remember */
    }
  }

  /** A link to the same page in another language leads to the same place in it. */
  function keepPlace(link) {
    const target = new URL(link.href);
    if (!document.body.classList.contains("fh-standalone")) {
      target.search = target.search || location.search;
    }
    target.hash = target.hash || location.hash;
    link.href = target.href;
  }

  /** An anchor of old whose place is on another page now. */
  function followMoved() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const link = target && target.querySelector("a[data-fh-moved]");
    if (link) {
      nameIndex(link);
      location.replace(link.href);
    }
  }

  /* ── from a folder ── */

  /** Without a server nobody turns `a/` into `a/index.html`. */
  function nameIndex(link) {
    const target = new URL(link.href);
    if (target.protocol === "file:" && target.pathname.endsWith("/")) {
      target.pathname += "index.html";
      link.href = target.href;
    }
  }

  /* ── keyboard ── */

  /** The language menu opens while the focus is in it; Escape closes it, and the button opens it again. */
  function startMenu(menu) {
    const button = menu.querySelector("button");
    const open = (value) => {
      menu.toggleAttribute("data-fh-closed", !value);
      button.setAttribute("aria-expanded", String(value));
    };
    button.setAttribute("aria-expanded", "false");
    menu.addEventListener("focusin", () => open(true));
    menu.addEventListener("focusout", (event) => menu.contains(event.relatedTarget) || open(menu.matches(":hover")));
    menu.addEventListener("pointerenter", () => open(true));
    menu.addEventListener("pointerleave", () => menu.contains(document.activeElement) || open(false));
    button.addEventListener("click", () => open(true));
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      button.focus();
      open(false);
    });
  }

  /** Material's menu button is a label: no key reaches it, and no name is read out. */
  function startDrawer(toggle, label, drawer) {
    const name = drawer.querySelector("nav[aria-label]");
    const button = document.createElement("button");
    button.type = "button";
    button.className = label.className;
    button.setAttribute("for", "__drawer"); /* Material's styles know it by this. */
    if (name) button.setAttribute("aria-label", name.getAttribute("aria-label"));
    button.append(...label.childNodes);
    label.replaceWith(button);
    const say = () => button.setAttribute("aria-expanded", String(toggle.checked));
    say();
    toggle.addEventListener("change", say);
    button.addEventListener("click", (event) => {
      toggle.click();
      const byKey = event.detail === 0;
      if (toggle.checked && byKey) drawer.querySelector("a[href]").focus();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !toggle.checked) return;
      toggle.click();
      button.focus();
    });
  }

  function startKeyboard() {
    const find = (selector) => document.querySelector(selector);
    document.querySelectorAll(".md-select").forEach(startMenu);
    const drawer = [find("#__drawer"), find(".md-header__button[for=__drawer]"), find(".md-sidebar--primary")];
    if (drawer.every(Boolean)) startDrawer(...drawer);
  }

  /* ── to take along ── */

  const said = document.createElement("p");
  said.className = "fh-said";
  said.setAttribute("role", "status");

  /** What Material says when something was copied, in the reader's language. */
  function copiedWord() {
    try {
      return JSON.parse(document.getElementById("__config").textContent).translations["clipboard.copied"];
    } catch (error) {
      return "";
    }
  }

  function copy(text) {
    if (!navigator.clipboard) return;
    navigator.clipboard.writeText(text).then(() => {
      said.textContent = copiedWord();
      said.toggleAttribute("data-fh-shown", true);
      setTimeout(() => said.toggleAttribute("data-fh-shown", false), 2000);
    }, () => undefined);
  }

  /** The sign at a heading leads there, and copies its address. */
  function copyPlace(event) {
    const link = event.target instanceof Element && event.target.closest("a.headerlink");
    if (link) copy(link.href);
  }

  /** A button at each way to cite the page; at code Material puts one. */
  function startCiting(list) {
    if (!navigator.clipboard) return;
    list.querySelectorAll("dd:not(:has(pre))").forEach((way) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "md-button";
      button.textContent = list.dataset.fhCopy;
      const text = document.createElement("span");
      text.append(...way.childNodes);
      button.addEventListener("click", () => copy(text.textContent.trim()));
      way.append(text, " ", button);
    });
  }

  /* ── languages side by side ── */

  /** Which languages are shown stands in the address: `?lang=ar,fa`. */
  function startParallel(form) {
    const boxes = Array.from(form.querySelectorAll("input"));
    const main = document.querySelector("main");
    const asked = new URLSearchParams(location.search).get("lang");
    const show = () => {
      const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
      main.style.setProperty("--fh-columns", chosen.length);
      main.querySelectorAll("[data-language]").forEach((cell) => (cell.hidden = !chosen.includes(cell.dataset.language)));
      boxes.forEach((box) => (box.disabled = box.checked && chosen.length === 1));
      return chosen;
    };
    if (asked) boxes.forEach((box) => (box.checked = asked.split(",").includes(box.value)));
    if (!boxes.some((box) => box.checked)) boxes.forEach((box) => (box.checked = true));
    form.addEventListener("change", () => {
      const chosen = show();
      history.replaceState(null, "", `${location.pathname}${chosen.length < boxes.length ? `?lang=${chosen.join(",")}` : ""}${location.hash}`);
    });
    form.hidden = false;
    show();
  }

  /* ── terms ── */

  const tip = document.createElement("div");
  tip.className = "fh-tip";
  tip.id = "fh-tip-text";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  let asked;

  /** What terms mean is fetched when somebody asks for the first one. */
  const termsReady = fetched(`assets/terms/${document.documentElement.lang}.js`, "fihristTerms");

  async function showTip(link) {
    asked = link;
    const terms = await termsReady().catch(() => ({}));
    const term = terms[link.dataset.fhTerm];
    if (asked !== link || !term) return;
    const name = document.createElement("strong");
    name.textContent = term[0];
    tip.replaceChildren(name, document.createElement("br"), term[1]);
    tip.hidden = false;
    link.setAttribute("aria-describedby", tip.id);
    place(link);
  }

  /** Under the term or above it, within the window. */
  function place(link) {
    const [at, own] = [link.getClientRects()[0], tip.getBoundingClientRect()];
    const left = Math.min(Math.max(8, at.left + at.width / 2 - own.width / 2), innerWidth - own.width - 8);
    const below = at.bottom + 6 + own.height < innerHeight;
    tip.style.translate = `${left}px ${below ? at.bottom + 6 : at.top - own.height - 6}px`;
  }

  function hideTip() {
    if (asked) asked.removeAttribute("aria-describedby");
    asked = undefined;
    tip.hidden = true;
  }

  /** The first touch tells, the second one leads on. */
  function startTerms() {
    const termOf = (event) => event.target instanceof Element && event.target.closest("a[data-fh-term]");
    let touched;
    document.body.append(tip);
    document.addEventListener("pointerdown", (event) => {
      const link = termOf(event);
      touched = event.pointerType === "touch" && link && link !== asked ? link : undefined;
      if (!link && !tip.contains(event.target)) hideTip();
    });
    document.addEventListener("click", (event) => {
      const link = termOf(event);
      if (!link || link !== touched) return;
      event.preventDefault();
      showTip(link);
    });
    document.addEventListener("pointerover", (event) => {
      const link = termOf(event);
      if (link && event.pointerType !== "touch" && link !== asked) showTip(link);
      else if (!link && asked && document.activeElement !== asked && !tip.contains(event.target)) hideTip();
    });
    document.addEventListener("focusin", (event) => {
      const link = termOf(event);
      if (link && link.matches(":focus-visible")) showTip(link);
      else if (asked && asked !== event.target) hideTip();
    });
    document.addEventListener("keydown", (event) => event.key === "Escape" && hideTip());
    window.addEventListener("scroll", hideTip, { passive: true });
  }

  /* ── maps ── */

  /** Of many arrows, those of the box that is pointed at. */
  function startMap(map) {
    const edges = Array.from(map.querySelectorAll("[data-from]"));
    const light = (event) => {
      const box = event.target.closest("[data-node]");
      const id = box && box.dataset.node;
      edges.forEach((edge) => edge.toggleAttribute("data-fh-lit", id === edge.dataset.from || id === edge.dataset.to));
      map.toggleAttribute("data-fh-lit", Boolean(box));
    };
    ["pointerover", "focusin"].forEach((type) => map.addEventListener(type, light));
    ["pointerleave", "focusout"].forEach((type) => map.addEventListener(type, () => map.removeAttribute("data-fh-lit")));
  }

  /* ── paper ── */

  /** A day as the reader's language and calendar write it; `iso` is ISO 8601. */
  function written(day, locale) {
    if (locale === "iso") return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
    const format = new Intl.DateTimeFormat(locale, { year: "numeric", month: "long", day: "numeric" });
    return format.format(day).replace(/[\u200e\u200f\u061c]/g, "");
  }

  /** The day on which a page is printed or cited. */
  function writeDay(line) {
    line.querySelector("bdi").textContent = written(new Date(), line.dataset.fhDay);
    line.hidden = false;
  }

  function writeDays() {
    document.querySelectorAll("[data-fh-day]").forEach(writeDay);
  }

  /* ── start ── */

  function prepare(event) {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    if (link.hasAttribute("data-fh-language")) {
      if (!link.dataset.fhHref) link.dataset.fhHref = link.href;
      link.href = link.dataset.fhHref;
      keepPlace(link);
      if (event.type === "click") remember(link.dataset.fhLanguage);
    }
    if (location.protocol === "file:") nameIndex(link);
  }

  ["pointerdown", "focusin", "click"].forEach((type) => {
    document.addEventListener(type, prepare, true);
  });

  document.querySelectorAll("form.fh-filters").forEach(startFilters);
  window.addEventListener("hashchange", followMoved);
  followMoved();
  document.querySelectorAll(".fh-parallel__choice").forEach(startParallel);
  if (document.querySelector("a[data-fh-term]")) startTerms();
  document.querySelectorAll(".fh-map").forEach(startMap);
  document.querySelectorAll("[data-fh-copy]").forEach(startCiting);
  document.addEventListener("click", copyPlace);
  document.body.append(said);
  startKeyboard();
  writeDays();
  window.addEventListener("beforeprint", writeDays);

  /* Pages that were opened, and the search, are there without a connection too. */
  if ("serviceWorker" in navigator && location.protocol !== "file:") {
    navigator.serviceWorker.register(new URL("../sw.js", document.currentScript.src)).catch(() => undefined);
  }
})();

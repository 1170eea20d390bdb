/* Fihrist: the search boxes. The engine (assets/search/engine.js) finds; this asks, shows and announces.
   A box is `[data-fh-search]`: in the `header` of a page, the `door` on the home page, or a `page` of its own. */
(function () {
  "use strict";

  const root = new URL("../", document.currentScript.src).href;
  const own = document.documentElement.lang;
  const fromFolder = location.protocol === "file:";
  const RECENT = `fihrist.recent ${root} ${own}`;
  const [RECENT_KEPT, IN_PANEL, ON_PAGE, ELSEWHERE] = [5, 10, 20, 5];
  const QUIET = 600; /* milliseconds of no typing after which the other languages are asked */

  /* ── the engine ── */

  const waiting = new Map();
  let number = 0;
  let engine;

  function script(address) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = address;
      element.onload = resolve;
      element.onerror = () => reject(new Error(address));
      document.head.append(element);
    });
  }

  /** Over http the engine works beside the page, from a folder (where workers are barred) in it. */
  function start() {
    if (engine) return engine;
    const address = `${root}assets/search/engine.js`;
    if (fromFolder) {
      engine = script(address).then(() => (request) => self.FihristSearch.answer(request));
    } else {
      const worker = new Worker(address);
      worker.onmessage = ({ data: { id, answer, error } }) => {
        const { resolve, reject } = waiting.get(id);
        waiting.delete(id);
        if (error) reject(new Error(error));
        else resolve(answer);
      };
      worker.onerror = () => {
        waiting.forEach(({ reject }) => reject(new Error(address)));
        waiting.clear();
        engine = undefined;
      };
      engine = Promise.resolve(
        (request) =>
          new Promise((resolve, reject) => {
            number += 1;
            waiting.set(number, { resolve, reject });
            worker.postMessage({ id: number, ...request });
          })
      );
    }
    engine.catch(() => (engine = undefined));
    return engine;
  }

  const ask = (request) => start().then((answer) => answer(request));

  /** What is offered before anything is typed; asked once, while the reader still reaches for the keys. */
  let offered;
  function offers() {
    if (!offered) {
      offered = ask({ language: own, query: "" });
      offered.catch(() => (offered = undefined));
    }
    return offered;
  }

  /* ── words ── */

  let loaded;
  let words;
  let plurals;
  let numbers;

  /** The words of the results, which are of no use before somebody searches. */
  function wordsReady() {
    if (!loaded) {
      const { fhWords } = document.querySelector("[data-fh-words]").dataset;
      loaded = script(root + fhWords).then(() => {
        words = self.fihristSearchWords;
        plurals = new Intl.PluralRules(words.locale);
        numbers = new Intl.NumberFormat(words.locale);
      });
      loaded.catch(() => (loaded = undefined));
    }
    return loaded;
  }

  /** "3 results", in the form that the language has for the number. */
  const counted = (forms, count) => (forms[plurals.select(count)] || forms.other).replace("#", numbers.format(count));

  /* ── what is shown ── */

  function el(name, attributes, ...children) {
    const element = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => {
      if (key === "onclick") element.addEventListener("click", value);
      else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
    });
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  const DIRECTIONS = { "\u2066": "ltr", "\u2067": "rtl", "\u2068": "auto" };

  /** Pieces `[text, is a match, other language]` with isolates (UAX #9) as elements. */
  function shown(pieces) {
    const top = document.createDocumentFragment();
    let open = [top];
    let foreign = "";
    pieces.forEach(([text, match, language = ""]) => {
      if (language !== foreign) {
        foreign = language;
        open = [top];
        if (language) {
          const inside = el("bdi", { lang: language, dir: words.languages[language].direction });
          top.append(inside);
          open = [inside];
        }
      }
      text.split(/([\u2066-\u2069])/).forEach((part) => {
        const last = open[open.length - 1];
        if (DIRECTIONS[part]) {
          const inside = el("bdi", { dir: DIRECTIONS[part] });
          last.append(inside);
          open.push(inside);
        } else if (part === "\u2069") {
          if (open.length > 1) open.pop();
        } else if (part) {
          last.append(match ? el("mark", {}, part) : part);
        }
      });
    });
    return top;
  }

  const plain = (pieces) => pieces.map(([text]) => text).join("");

  function item(result) {
    const { language, section } = result;
    const other = language !== own;
    const link = el(
      "a",
      {
        class: "md-search-result__link",
        href: root + result.url + (section ? `#${section.id}` : ""),
        hreflang: other && language,
        lang: other && language,
        dir: other && words.languages[language].direction,
      },
      result.trail.length ? el("span", { class: "fh-result__trail" }, result.trail.join(" › ")) : null,
      el("span", { class: "fh-result__title" }, shown(result.title)),
      section ? el("span", { class: "fh-result__section" }, shown(section.title)) : null,
      el("span", { class: "fh-result__text" }, shown(result.snippet))
    );
    link.addEventListener("click", () => remember(result));
    return el("li", { class: "md-search-result__item" }, link);
  }

  /** Results under a heading; `name` says what they are. */
  function group(name, results, ...after) {
    const list = el("ol", { class: "md-search-result__list" }, ...results.map(item));
    const head = el("div", { class: "fh-result-group__head" }, el("h2", {}, name), ...after);
    return el("section", { class: "fh-result-group" }, head, list);
  }

  function byKind(results) {
    const kinds = new Map();
    results.forEach((result) => {
      if (!kinds.has(result.kind)) kinds.set(result.kind, []);
      kinds.get(result.kind).push(result);
    });
    return Array.from(kinds, ([kind, found]) => group(words.kinds[kind], found));
  }

  /* ── what was opened ── */

  function recent() {
    try {
      return JSON.parse(localStorage.getItem(RECENT)) || [];
    } catch (error) {
      return [];
    }
  }

  function keep(results) {
    try {
      if (results.length) localStorage.setItem(RECENT, JSON.stringify(results));
      else localStorage.removeItem(RECENT);
    } catch (error) {
      /* private window: nothing to remember */
    }
  }

  /** The page itself is remembered, not what of it matched. */
  function remember({ url, language, kind, title, trail }) {
    const [others, isolates] = [recent().filter((one) => one.url !== url), title.map(([text, , ...more]) => [text, false, ...more])];
    keep([{ url, language, kind, title: isolates, trail, section: null, snippet: [] }, ...others].slice(0, RECENT_KEPT));
  }

  /* ── a box ── */

  class Box {
    constructor(element) {
      this.form = element.querySelector("form");
      this.input = element.querySelector("input[type=search]");
      this.output = element.querySelector("[data-fh-results]");
      this.status = this.output.querySelector("[role=status]");
      this.size = IN_PANEL;
      [this.turn, this.answered] = [0, 0];
      this.kinds = new Set();
      this.results = [];
      this.body = el("div", {});
      this.output.append(this.body);
      if (fromFolder) this.form.action = new URL("index.html", this.form.action).href;
      ["input", "compositionend"].forEach((type) => this.input.addEventListener(type, () => this.typed()));
      this.form.addEventListener("reset", () => {
        this.input.focus();
        setTimeout(() => this.typed());
      });
      element.addEventListener("keydown", (event) => this.move(event));
      ["pointerenter", "focusin"].forEach((type) => element.addEventListener(type, () => this.warm(), { once: true }));
    }

    get query() {
      return this.input.value.trim();
    }

    warm() {
      wordsReady().catch(() => undefined);
      offers().catch(() => undefined);
    }

    typed() {
      this.kinds.clear();
      this.search();
    }

    /** Ask for the first results; an answer that comes after a newer question is dropped. */
    search() {
      this.turn += 1;
      clearTimeout(this.later);
      this.asked = this.find(this.turn);
      return this.asked;
    }

    async find(turn) {
      const { query, size } = this;
      const request = { language: own, query, kinds: Array.from(this.kinds), limit: size };
      try {
        const [answer] = await Promise.all([query ? ask(request) : offers(), wordsReady()]);
        if (turn === this.turn) this.show(answer);
      } catch (error) {
        if (turn === this.turn) this.fail();
      }
      if (turn === this.turn) this.answered = turn;
    }

    show(answer) {
      this.answer = answer;
      this.results = answer.results;
      if (!this.query) this.showBefore();
      else if (answer.total || this.kinds.size) this.showResults();
      else this.showNothing();
      if (this.query) this.later = setTimeout(() => this.askElsewhere(this.turn), QUIET);
    }

    fill(said, ...parts) {
      this.output.setAttribute("data-fh-shown", "");
      if (this.status.textContent !== said) this.status.textContent = said;
      this.body.replaceChildren(...parts.filter((part) => part !== null));
    }

    /** Before anything is typed: pages opened lately, and the site's own suggestions. */
    showBefore() {
      const opened = recent();
      const forget = el("button", { type: "button", class: "fh-result__forget", onclick: () => this.forget() }, words.forget);
      this.fill(
        "",
        opened.length ? group(words.recent, opened, forget) : null,
        this.results.length ? group(words.suggested, this.results) : null
      );
    }

    forget() {
      keep([]);
      this.input.focus();
      this.search();
    }

    showResults() {
      const { total } = this.answer;
      this.fill(counted(words.found, total), this.corrected(), this.facets(), ...byKind(this.results), this.rest(total));
    }

    showNothing() {
      const help = el("p", { class: "fh-result__help" }, words.none_help);
      this.fill(words.none.replace("#", this.query), this.corrected(), help, this.lists());
    }

    fail() {
      if (words) this.fill(words.failed, this.lists());
      else this.form.submit(); /* The page of the search says what to do. */
    }

    /** The ways that need no search. */
    lists() {
      const links = words.lists.map(([title, url]) => el("li", {}, el("a", { href: root + url }, title)));
      return el("ul", { class: "fh-search__lists" }, ...links);
    }

    corrected() {
      const { corrected } = this.answer;
      if (!corrected) return null;
      const [before, after] = words.corrected.split("#");
      const button = el("button", { type: "button", onclick: () => this.use(corrected.query) }, corrected.query);
      return el("p", { class: "fh-result__corrected" }, before, el("bdi", {}, button), after);
    }

    use(query) {
      this.input.value = query;
      this.input.focus();
      this.typed();
    }

    /** Kinds of pages with their numbers; what is pressed narrows the results. */
    facets() {
      const counts = Object.entries(this.answer.counts);
      if (counts.length < 2) return null;
      const buttons = counts.map(([kind, count]) =>
        el(
          "button",
          { type: "button", "data-kind": kind, "aria-pressed": String(this.kinds.has(kind)), onclick: () => this.narrow(kind) },
          `${words.kinds[kind]} `,
          el("bdi", {}, numbers.format(count))
        )
      );
      return el("div", { class: "fh-facets", role: "group", "aria-label": words.facets }, ...buttons);
    }

    async narrow(kind) {
      if (!this.kinds.delete(kind)) this.kinds.add(kind);
      await this.search();
      const button = this.body.querySelector(`[data-kind="${kind}"]`);
      if (button) button.focus();
    }

    /** The way to results that are not shown yet. */
    rest(total) {
      if (total <= this.results.length) return null;
      const target = new URL(this.form.action);
      target.searchParams.set("q", this.query);
      return el("a", { class: "fh-result__rest", href: target.href }, counted(words.all, total));
    }

    /** What other languages have on pages that are not among the results: where these are few, or where
        the query is in letters that only the other language is written in. */
    async askElsewhere(turn) {
      if (this.kinds.size) return;
      const few = this.answer.total <= this.size;
      const isLatin = /\p{Script=Latin}/u.test(this.query);
      const direction = words.languages[own].direction;
      const asked = Object.keys(words.elsewhere).filter((language) => {
        const other = words.languages[language].direction;
        return few || (other !== direction && isLatin === (other === "ltr"));
      });
      const seen = new Set(this.results.map(({ url }) => url.slice(url.indexOf("/"))));
      for (const language of asked) {
        const answer = await ask({ language, query: this.query, limit: this.size }).catch(() => ({ results: [] }));
        if (turn !== this.turn) return;
        const found = answer.results.filter(({ url }) => !seen.has(url.slice(url.indexOf("/"))));
        if (found.length) this.body.append(this.elsewhere(language, found));
      }
    }

    elsewhere(language, found) {
      const list = el("ol", { class: "md-search-result__list" }, ...found.slice(0, ELSEWHERE).map(item));
      const label = el("summary", {}, counted(words.elsewhere[language], Math.min(found.length, ELSEWHERE)));
      return el("details", { class: "fh-result__elsewhere", open: !this.results.length }, label, list);
    }

    /* ── keys ── */

    /** Arrows go through the results and back to the box, as in a list of choices. Down from the box, and
        Enter after it, wait for the answer to what was typed: what is still shown was for fewer letters. */
    move(event) {
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const waits = document.activeElement === this.input && this.answered !== this.turn;
      if (waits && step === 1) {
        event.preventDefault();
        this.goesOn = this.turn;
        this.asked.then(() => this.goesOn === this.turn && this.step(1));
      } else if (waits && event.key === "Enter" && this.goesOn === this.turn) {
        event.preventDefault();
        this.asked.then(() => this.goesOn === this.turn && document.activeElement.click());
      } else if (step && this.step(step)) event.preventDefault();
    }

    /** Whether there is somewhere to go from where the focus is. */
    step(by) {
      const stops = [this.input, ...this.output.querySelectorAll("a, summary")].filter((stop) => stop.checkVisibility());
      const at = stops.indexOf(document.activeElement);
      const next = at < 0 ? undefined : stops[at + by];
      if (next) next.focus();
      return Boolean(next);
    }
  }

  /** A box whose results open over the page while the focus is in it. */
  class Popup extends Box {
    constructor(element) {
      super(element);
      this.element = element;
      ["focus", "click"].forEach((type) => this.input.addEventListener(type, () => this.set(true)));
      element.addEventListener("focusout", ({ relatedTarget }) => {
        if (relatedTarget && !element.contains(relatedTarget)) this.set(false);
      });
      this.output.addEventListener("click", (event) => {
        const link = event.target.closest("a");
        const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
        if (link && link.pathname === location.pathname && !elsewhere) this.set(false);
      });
      element.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || event.isComposing || !this.isOpen) return;
        event.preventDefault();
        this.leave();
      });
    }

    get isOpen() {
      return this.element.hasAttribute("data-fh-open");
    }

    set(open) {
      if (this.isOpen === open) return;
      this.element.toggleAttribute("data-fh-open", open);
      if (open) this.opened();
    }

    opened() {
      if (!this.output.hasAttribute("data-fh-shown")) this.search();
    }

    /** Closes; the focus stays in the box, which opens again with the next letter. */
    leave() {
      this.input.focus();
      this.set(false);
    }

    typed() {
      this.set(true);
      super.typed();
    }
  }

  /** The box of the home page. */
  class Door extends Popup {
    constructor(element) {
      super(element);
      document.addEventListener("pointerdown", ({ target }) => this.element.contains(target) || this.set(false));
    }
  }

  /** The box in the header, which Material opens and closes by a checkbox. */
  class Header extends Popup {
    constructor(element) {
      super(element);
      this.toggle = document.getElementById("__search");
      this.toggle.addEventListener("change", () => this.toggle.checked && this.opened());
      this.button = this.asButton(document.querySelector(".md-header__button[for=__search]"));
      document.addEventListener("keydown", (event) => this.shortcut(event));
    }

    /** On a phone Material opens the box by a label, which no key reaches and no name is read for. */
    asButton(label) {
      const name = this.input.getAttribute("aria-label");
      const button = el("button", { type: "button", class: label.className, for: "__search", "aria-label": name });
      button.append(...label.childNodes);
      label.replaceWith(button);
      button.addEventListener("click", () => this.set(true));
      return button;
    }

    get isOpen() {
      return this.toggle.checked;
    }

    set(open) {
      if (this.isOpen !== open) this.toggle.click();
    }

    opened() {
      if (document.activeElement !== this.input) this.input.focus();
      super.opened();
    }

    leave() {
      this.set(false);
      if (this.button.checkVisibility()) this.button.focus();
      else super.leave();
    }

    shortcut(event) {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      this.set(true);
      this.input.select();
    }
  }

  /** The search as a page: its address holds the query, and the results go on. */
  class Place extends Box {
    constructor(element) {
      super(element);
      this.title = document.title;
      this.size = ON_PAGE;
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.kept = true;
      });
      window.addEventListener("popstate", () => this.read());
      this.read();
    }

    read() {
      const asked = new URLSearchParams(location.search);
      this.input.value = asked.get("q") || "";
      this.kinds = new Set(asked.getAll("kind"));
      this.kept = true;
      if (!this.query) this.input.focus();
      this.search();
    }

    search() {
      this.write();
      return super.search();
    }

    /** One step back for each query that was confirmed or came as a link, not for each letter. */
    write() {
      const address = new URL(location.href);
      address.search = "";
      if (this.query) address.searchParams.set("q", this.query);
      this.kinds.forEach((kind) => address.searchParams.append("kind", kind));
      document.title = this.query ? `${this.query} – ${this.title}` : this.title;
      if (address.href === location.href) return;
      if (this.kept) history.pushState(null, "", address.href);
      else history.replaceState(null, "", address.href);
      this.kept = false;
    }

    rest(total) {
      if (total <= this.results.length) return null;
      return el("button", { type: "button", class: "md-button fh-result__rest", onclick: () => this.more() }, words.more);
    }

    /** The next results; the focus goes to the first of them. */
    async more() {
      const { turn, results } = this;
      const request = { language: own, query: this.query, kinds: Array.from(this.kinds), offset: results.length, limit: this.size };
      const next = await ask(request).catch(() => null);
      if (turn !== this.turn || !next) return;
      this.results = [...results, ...next.results];
      this.showResults();
      const first = next.results[0] && root + next.results[0].url;
      const link = Array.from(this.body.querySelectorAll("a.md-search-result__link")).find(({ href }) => href.split("#")[0] === first);
      if (link) link.focus();
    }
  }

  const KINDS = { header: Header, door: Door, page: Place };
  document.querySelectorAll("[data-fh-search]").forEach((element) => new KINDS[element.dataset.fhSearch](element));
})();

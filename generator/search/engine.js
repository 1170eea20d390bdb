/* Fihrist: finds pages by words. Runs in a worker over http, in the page itself from a folder.
   The twin of analyser.py and query.py: what changes here changes there. */
(function (scope) {
  "use strict";

  const RULES = "fihrist-rules";
  const HAMZA = "\ue000";
  const LOOSE = "~";
  const NAME = "=";
  const [STEM, READING, PART, CLITIC, RELATED] = [0.85, 0.9, 0.5, 0.55, 0.4];
  const [LEVELS, IN_NAMES, BLOCK, WORD] = [20, 1, 8, 4];
  const DELTAS = "0123456789abcdefghijklmnopqrstuv";
  const MARKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZwxyz!#$%&'()*+,-./:;<=>?@[]^_`{|}~";
  const [WORDS, EXPANSIONS, CANDIDATES] = [12, 60, 8];
  const PLACES = [1.0, 1.5, 2.2];
  const [PREFIX, JOINED, SPLIT, ONE_SLIP, TWO_SLIPS] = [0.7, 0.95, 0.8, 0.6, 0.4];
  const KNOWN = 0.3;
  const [STOP, COVERAGE, KEPT] = [0.1, 1.5, 0.05];
  const EXACT = [1.0, 1.6, 2.0];
  const [FILES_KEPT, TEXTS_KEPT] = [2000, 3000];
  const SNIPPET = 180;
  const [UNKNOWN, LONG, PLAIN] = [-1, -2, 4096];

  /* ── the analyser ── */

  const characters = (ranges) =>
    ranges.map(([first, last]) => String.fromCharCode(first) + "-" + String.fromCharCode(last)).join("");

  const escaped = (text) => text.replace(/[-.*+?^${}()|[\]\\]/g, "\\$&");

  const within = (code, ranges) => ranges.some(([first, last]) => first <= code && code <= last);

  function rewritten(word, step) {
    for (const [ending, replacement, least] of step) {
      if (word.endsWith(ending) && word.length - ending.length >= least) {
        return word.slice(0, word.length - ending.length) + replacement;
      }
    }
    return word;
  }

  function best(found) {
    const kept = new Map();
    for (const [key, weight] of found) {
      if (key && weight > (kept.get(key) || 0)) kept.set(key, weight);
    }
    return Array.from(kept);
  }

  function nameHash(text) {
    let value = 0x811c9dc5;
    for (let i = 0; i < text.length; i += 1) {
      value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
    }
    return value.toString(36);
  }

  /** The things that were made last: after `size` of them the older half is forgotten, unless asked for since. */
  class Recent {
    constructor(size) {
      Object.assign(this, { size, young: new Map(), old: new Map() });
    }

    get(key) {
      const value = this.young.get(key);
      if (value !== undefined) return value;
      const older = this.old.get(key);
      return older === undefined ? undefined : this.set(key, older);
    }

    set(key, value) {
      if (this.young.size >= this.size / 2) [this.old, this.young] = [this.young, new Map()];
      this.young.set(key, value);
      return value;
    }

    delete(key) {
      this.young.delete(key);
      this.old.delete(key);
    }
  }

  class Analyser {
    constructor(language, rules) {
      const { fold, tokens, ar, fa, en } = rules;
      this.language = language;
      this.fold = fold;
      this.letters = new Map(Array.from(fold.hamza, (character) => [character, HAMZA]));
      const letters = characters(tokens.letters) + HAMZA;
      const joiners = escaped(tokens.joiners);
      this.pattern = new RegExp(`[${letters}]+(?:[${joiners}][${letters}]+)*`, "g");
      this.joiner = new RegExp(`[${joiners}]`);
      this.joiners = new RegExp(`[${joiners}]`, "g");
      [this.first, this.last] = tokens.arabic;
      this.stop = new Set(rules[language].stop.split(/\s+/));
      this.articles = ar.articles;
      this.clitics = new Set(ar.clitics);
      this.templates = ar.plurals.map(([shape, kind]) => [
        new RegExp("^" + shape.replace(/\d/g, "([^ا])") + "$"),
        kind,
      ]);
      this.suffixes = new Set(fa.suffixes.split(/\s+/));
      this.prefixes = fa.prefixes.split(/\s+/);
      this.keep = new Set(fa.keep.split(/\s+/));
      this.loose = fa.loose;
      const script = language === "fa" ? fa : ar;
      this.steps = script.steps;
      this.irregular = new Map(Object.entries(script.irregular));
      this.english = en.steps;
      this.spelt = new Map(Object.entries(en.spelling.words));
      this.endings = en.spelling.endings;
      this.codes = new Int32Array(0x10000).fill(UNKNOWN);
      this.found = new Recent(20000);
      this.looselyFound = new Recent(5000);
    }

    character(character) {
      let folded = this.letters.get(character);
      if (folded === undefined) {
        folded = "";
        for (const c of character.normalize("NFKD").toLowerCase()) {
          if (within(c.codePointAt(0), this.fold.dropped)) continue;
          const letter = this.fold.letters[c];
          folded += letter === undefined ? c : letter;
        }
        this.letters.set(character, folded);
      }
      return folded;
    }

    words(text) {
      return this.folded(text)[0].match(this.pattern) || [];
    }

    /** The words of a text with the places where they start and end in it. */
    placed(text) {
      const [folded, places] = this.folded(text);
      return Array.from(folded.matchAll(this.pattern), (match) => {
        const end = match.index + match[0].length;
        return { word: match[0], start: places[match.index], end: this.endOf(text, places[end - 1], places[end]) };
      });
    }

    /** A text in the one alphabet, and where in it each of the letters came from. */
    folded(text) {
      const length = text.length;
      const codes = new Uint16Array(Math.min(length, PLAIN));
      const places = new Uint32Array(codes.length + 1);
      let count = 0;
      for (let i = 0; i < length; i += 1) {
        const code = this.code(text.charCodeAt(i));
        if (code === LONG || i === PLAIN) return this.foldedLong(text);
        if (code === 0) continue;
        codes[count] = code;
        places[count] = i;
        count += 1;
      }
      places[count] = length;
      return [String.fromCharCode(...codes.subarray(0, count)), places];
    }

    /** The same for any text. */
    foldedLong(text) {
      let folded = "";
      const places = [];
      let at = 0;
      for (const character of text) {
        const piece = this.character(character);
        for (let i = 0; i < piece.length; i += 1) places.push(at);
        folded += piece;
        at += character.length;
      }
      places.push(text.length);
      return [folded, places];
    }

    /** What a UTF-16 unit becomes: another, 0 for nothing, or LONG for what is no unit. */
    code(unit) {
      let code = this.codes[unit];
      if (code === UNKNOWN) {
        const piece = unit >= 0xd800 && unit < 0xe000 ? "  " : this.character(String.fromCharCode(unit));
        code = piece.length > 1 ? LONG : piece.charCodeAt(0) || 0;
        this.codes[unit] = code;
      }
      return code;
    }

    /** The end of the letter at `last` with its marks; what follows it starts at `next`. */
    endOf(text, last, next) {
      let end = last + String.fromCodePoint(text.codePointAt(last)).length;
      while (end < next && this.character(text[end]) === "" && text[end] !== "\u2069") end += 1;
      return end;
    }

    parts(word) {
      return word.split(this.joiner);
    }

    plain(word) {
      return word.replace(this.joiners, "").replaceAll(HAMZA, "ا");
    }

    isStop(word) {
      return this.stop.has(this.plain(word));
    }

    nameKey(text) {
      const joined = this.words(text).map((word) => this.plain(this.bare(word))).join("");
      return joined ? NAME + nameHash(joined) : "";
    }

    isArabic(word) {
      const code = word.charCodeAt(0);
      return (this.first <= code && code <= this.last) || word[0] === HAMZA;
    }

    bare(word) {
      if (this.language !== "ar" || !this.isArabic(word)) return word;
      for (const [article, , least] of this.articles) {
        if (word.startsWith(article) && word.length - article.length >= least) return word.slice(article.length);
      }
      return word;
    }

    keys(word) {
      const known = this.found.get(word);
      if (known) return known;
      if (!this.isArabic(word)) return this.found.set(word, best(this.latin(word)));
      return this.found.set(word, best(this.language === "fa" ? this.persian(word) : this.arabic(word)));
    }

    *compound(parts) {
      if (parts.length < 2) return;
      for (const part of parts) {
        if (part.length < 2) continue;
        for (const [key, weight] of this.keys(part)) yield [key, weight * PART];
      }
    }

    *latin(word) {
      let parts = this.parts(word);
      let form = parts.join("");
      if (word.endsWith("'s")) {
        form = form.slice(0, -1);
        parts = parts.slice(0, -1);
      }
      form = this.spelt.get(form) || rewritten(form, this.endings);
      yield [form, 1.0];
      yield [this.stem(form, this.english), STEM];
      yield* this.compound(parts);
    }

    stem(word, steps) {
      if (/^\d/.test(word)) return word;
      return steps.reduce(rewritten, word);
    }

    *arabic(word) {
      const parts = this.parts(word);
      const whole = parts.join("");
      const bare = this.bare(whole);
      yield* this.forms(bare, 1.0);
      if (bare !== whole && whole.startsWith("ال")) yield* this.forms(whole, READING);
      yield* this.compound(parts);
    }

    *forms(word, weight) {
      const form = this.plain(word);
      yield [form, weight];
      const stem = this.stem(form, this.steps);
      yield [this.irregular.get(stem) || stem, weight * STEM];
    }

    *persian(word) {
      const parts = this.parts(word).map((part) => this.plain(part));
      let core = parts;
      while (core.length > 1 && this.suffixes.has(core[core.length - 1])) core = core.slice(0, -1);
      while (core.length > 1 && this.prefixes.includes(core[0])) core = core.slice(1);
      const form = core.join("");
      yield [form, 1.0];
      yield [this.persianStem(form), STEM];
      if (parts.length > core.length) yield [parts.join(""), 1.0];
      yield* this.compound(core);
    }

    persianStem(form) {
      for (const step of [[], ...this.steps]) {
        form = rewritten(form, step);
        form = this.irregular.get(form) || form;
        if (this.keep.has(form)) break;
      }
      return form;
    }

    looseKeys(word) {
      if (!this.isArabic(word)) return [];
      return this.looselyFound.get(word) || this.looselyFound.set(word, best(this.loosely(word)));
    }

    *loosely(word) {
      const whole = this.parts(word).join("");
      if (this.language === "fa") {
        const form = this.plain(whole);
        for (const prefix of this.keep.has(form) ? [] : this.prefixes) {
          if (form.startsWith(prefix) && form.length - prefix.length >= 3) {
            for (const [key, weight] of this.keys(form.slice(prefix.length))) yield [key, weight * CLITIC];
          }
        }
        let stem = this.persianStem(form);
        while (stem.length > 3 && this.loose.includes(stem[stem.length - 1])) stem = stem.slice(0, -1);
        yield [LOOSE + stem, RELATED];
        return;
      }
      const bare = this.bare(whole);
      if (bare === whole && this.clitics.has(word[0]) && whole.length > 4) {
        const rest = whole.slice(1);
        const inner = this.bare(rest);
        for (const form of inner === rest ? [rest] : [rest, inner]) {
          for (const [key, weight] of this.forms(form, 1.0)) yield [key, weight * CLITIC];
        }
      }
      const form = this.plain(bare);
      const shorter = form.endsWith("ه") ? form.slice(0, -1) : form;
      for (const candidate of new Set([form, shorter])) {
        for (const [shape, kind] of this.templates) {
          const match = shape.exec(candidate);
          if (match) yield [LOOSE + kind + match.slice(1).join(""), RELATED];
        }
      }
    }
  }

  /* ── the index ── */

  /** What the characters of postings say: a digit, or 32 and a mark. */
  const CODES = new Uint8Array(128);
  Array.from(DELTAS).forEach((character, digit) => (CODES[character.charCodeAt(0)] = digit));
  Array.from(MARKS).forEach((character, mark) => (CODES[character.charCodeAt(0)] = 32 + mark));
  const VALUES = Array.from(MARKS, (_, mark) => ((Math.floor(mark / 3) + 1) / LEVELS) * PLACES[mark % 3]);

  /** How many of `sorted` are not greater than `key`. */
  function position(sorted, key) {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] <= key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  const has = (sorted, word) => sorted[position(sorted, word) - 1] === word;

  const ROWS = [0, 1, 2].map(() => new Int32Array(256));

  /** Optimal string alignment distance, `most` + 1 if greater. */
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most || b.length > 255) return most + 1;
    let [before, last, row] = ROWS;
    for (let j = 0; j <= b.length; j += 1) last[j] = j;
    for (let i = 1; i <= a.length; i += 1) {
      row[0] = i;
      let least = i;
      for (let j = 1; j <= b.length; j += 1) {
        let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        row[j] = cost;
        if (cost < least) least = cost;
      }
      if (least > most) return most + 1;
      [before, last, row] = [last, row, before];
    }
    return last[b.length];
  }

  /** One bit for each kind of letter: words within n slips differ in at most 2n bits. */
  function letters(word) {
    let bits = 0;
    for (let i = 0; i < word.length; i += 1) bits |= 1 << (word.charCodeAt(i) & 31);
    return bits;
  }

  function ones(bits) {
    let count = 0;
    for (; bits; bits &= bits - 1) count += 1;
    return count;
  }

  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

  /** A word of the query: the value of each document that has it, and the key by which it was found. */
  class Word {
    constructor(text, counts, documents, place) {
      Object.assign(this, { text, counts, place, frequency: 0, inNames: false, mended: "" });
      Object.assign(this, { numbers: [], values: new Float64Array(documents), by: new Int32Array(documents), keys: [] });
    }

    /** A document is worth `value` by the newest key, if no other makes it worth more. */
    add(number, value) {
      if (value <= this.values[number]) return;
      if (this.values[number] === 0) this.numbers.push(number);
      this.values[number] = value;
      this.by[number] = this.keys.length - 1;
    }

    /** The key by which a document was found. */
    key(number) {
      return this.values[number] ? this.keys[this.by[number]] : undefined;
    }

    merge(other) {
      let last = -1;
      for (const number of other.numbers) {
        if (other.by[number] !== last) {
          last = other.by[number];
          this.keys.push(other.keys[last]);
        }
        this.add(number, other.values[number]);
      }
      this.inNames = this.inNames || other.inNames;
      if (!this.frequency) this.frequency = other.frequency;
    }
  }

  /** A shard: a map from keys to what follows them in their lines. */
  function shardOf(lines) {
    const cut = lines.split("\n").map((line) => [line, line.indexOf(" ")]);
    return new Map(cut.map(([line, space]) => [line.slice(0, space), line.slice(space + 1)]));
  }

  function wordsOf(coded) {
    let last = "";
    return coded.split(" ").map((word) => {
      last = word ? last.slice(0, CODES[word.charCodeAt(0)]) + word.slice(1) : last;
      return last;
    });
  }

  /** How the files of a kind are read: the text that is fetched, or the value that a script gives. */
  const READ = {
    t: { text: (text) => shardOf(JSON.parse(text)), value: shardOf },
    f: { text: (text) => wordsOf(JSON.parse(text)), value: wordsOf },
    d: { text: (text) => text.split("\n").slice(1, -1), value: (block) => block },
    m: { text: JSON.parse, value: (manifest) => manifest },
  };

  /** What was read last, of all languages: some 30 KB a file. */
  const files = new Recent(FILES_KEPT);

  class Engine {
    /** `load(name)` gives what a file of the index holds. */
    constructor(language, manifest, load) {
      this.language = language;
      this.analyser = analyserOf(language);
      this.manifest = manifest;
      this.documents = manifest.documents;
      this.firsts = manifest.shards.split(" ").filter(Boolean);
      this.blocks = Math.ceil(this.documents / BLOCK);
      this.load = load;
      this.shards = new Map();
    }

    /** What the file of a stem holds: `t3`, `d0` or `f`. */
    file(stem) {
      const order = { t: Number(stem.slice(1)), d: this.firsts.length + Number(stem.slice(1)), f: this.firsts.length + this.blocks };
      const hash = this.manifest.hashes.slice(order[stem[0]] * 6, order[stem[0]] * 6 + 6);
      const name = `${this.language}/${stem}`;
      const address = `${name}.${hash}.js`;
      const kept = files.get(address);
      if (kept) return kept;
      const pending = this.load(`${stem}.${hash}.js`, name, READ[stem[0]]);
      pending.catch(() => files.delete(address));
      return files.set(address, pending);
    }

    async document(number) {
      const [block, i] = [await this.file(`d${Math.floor(number / BLOCK)}`), number % BLOCK];
      if (typeof block[i] === "string") block[i] = JSON.parse(block[i].replace(/,$/, ""));
      return block[i];
    }

    /** Makes ready the shards that hold some keys, and further ones by their numbers, all at once. */
    async ready(keys, further = []) {
      const numbers = new Set(further);
      for (const [key] of keys) numbers.add(position(this.firsts, key) - 1);
      const wanted = Array.from(numbers).filter((number) => number >= 0 && !this.shards.has(number));
      const shards = await Promise.all(wanted.map((number) => this.file(`t${number}`)));
      wanted.forEach((number, i) => this.shards.set(number, shards[i]));
    }

    /** Calls `each(number, mark)` for the documents of a key. Gives how many have it. */
    postings(key, each) {
      const shard = this.shards.get(position(this.firsts, key) - 1);
      const line = shard && shard.get(key);
      if (line === undefined) return 0;
      const space = line.lastIndexOf(" ");
      let [number, delta, count] = [-1, 0, 0];
      for (let i = space + 1; i < line.length; i += 1) {
        const code = CODES[line.charCodeAt(i)];
        if (code < 32) {
          delta = delta * 32 + code;
        } else {
          number += delta + 1;
          delta = 0;
          count += 1;
          each(number, code - 32);
        }
      }
      return space > 0 ? Number(line.slice(0, space)) : count;
    }

    word(text, counts = 1.0, place = null) {
      return new Word(text, counts, this.documents, place);
    }

    async search(query) {
      this.shards.clear();
      const { analyser } = this;
      const placed = analyser.placed(query).slice(0, WORDS);
      const words = placed.map(({ word, start, end }) => this.word(word, analyser.isStop(word) ? STOP : 1.0, [start, end]));
      if (words.every((word) => word.counts === STOP)) words.forEach((word) => (word.counts = 1.0));
      const last = query.endsWith(" ") ? null : words[words.length - 1];
      const joins = words.slice(1).map((after, i) => [words[i], after, analyser.plain(words[i].text) + analyser.plain(after.text)]);
      const name = analyser.nameKey(query);
      await this.ready([
        ...words.flatMap((word) => analyser.keys(word.text)),
        ...joins.flatMap(([, , joined]) => analyser.keys(joined)),
        [name],
      ], last ? this.starts(last).flatMap((start) => this.beginning(start)) : []);
      for (const word of words) {
        this.look(word, analyser.keys(word.text));
        if (word === last) this.begin(word);
      }
      for (const [before, after, joined] of joins) {
        const both = this.word(joined);
        if (this.look(both, analyser.keys(joined), JOINED)) [before, after].forEach((word) => word.merge(both));
      }
      words.forEach((word) => (word.unknown = word.numbers.length === 0));
      const strange = () => words.filter((word) => word.counts === 1.0 && !word.inNames);
      if (strange().length) {
        await Promise.all([this.ready(strange().flatMap((word) => analyser.looseKeys(word.text))), this.know()]);
        strange().forEach((word) => this.look(word, analyser.looseKeys(word.text)));
        await this.mend(strange().map((word) => [word, words[words.indexOf(word) - 1], words[words.indexOf(word) + 1]]));
      }
      const named = new Map();
      if (name) this.postings(name, (number, mark) => named.set(number, EXACT[mark % 3]));
      return { words, hits: this.ranked(words, named) };
    }

    look(word, keys, factor = 1.0) {
      let any = false;
      for (const [key, weight] of keys) {
        word.keys.push(key);
        const frequency = this.postings(key, (number, mark) => {
          word.add(number, weight * factor * VALUES[mark]);
          if (mark % 3 >= IN_NAMES) word.inNames = true;
        });
        if (!frequency) continue;
        any = true;
        if (weight * factor >= 0.5) word.frequency = Math.max(word.frequency, frequency);
      }
      return any;
    }

    /** The forms of a word with which longer words may begin. */
    starts(word) {
      const forms = this.analyser.keys(word.text).filter(([form, weight]) => weight >= 0.9 && form.length > 1);
      return Array.from(new Set(forms.map(([form]) => form)));
    }

    begin(word) {
      for (const start of this.starts(word)) {
        const keys = this.beginning(start).flatMap((number) => Array.from(this.shards.get(number).keys()));
        const longer = keys.filter((key) => key.startsWith(start) && key.length > start.length).slice(0, EXPANSIONS);
        this.look(word, longer.map((key) => [key, PREFIX * Math.sqrt(start.length / key.length)]));
      }
    }

    /** The shards whose keys may begin with `start`, at most three. */
    beginning(start) {
      const first = Math.max(position(this.firsts, start) - 1, 0);
      const numbers = [];
      for (let number = first; number < Math.min(first + 3, this.firsts.length); number += 1) {
        if (number > first && !this.firsts[number].startsWith(start)) break;
        numbers.push(number);
      }
      return numbers;
    }

    /** Words that are not known: two words in one, or slips. Each comes with the words beside it. */
    async mend(strange) {
      const { analyser } = this;
      const found = strange.map(([word, before, after]) => {
        const forms = analyser.keys(word.text);
        const spellings = forms.filter(([, weight]) => weight >= 0.9).map(([form]) => [form, []]);
        if (before) spellings.push([analyser.plain(before.text) + analyser.plain(word.text), [before]]);
        if (after) spellings.push([analyser.plain(word.text) + analyser.plain(after.text), [after]]);
        const slips = spellings.flatMap(([text, others]) => this.similar(text).map(([form, weight]) => [form, weight, others]));
        return { word, splits: this.splits(forms[0][0]), slips };
      });
      const forms = found.flatMap(({ splits, slips }) => [...splits.flat(), ...slips.map(([form]) => form)]);
      await this.ready(forms.flatMap((form) => analyser.keys(form)));
      for (const { word, splits, slips } of found) {
        if (word.inNames) continue; /* since the word before was mended with it */
        splits.forEach((pair) => this.split(word, pair));
        let greatest = 0;
        for (const [form, weight, others] of slips) {
          const slip = this.word(form);
          if (!this.look(slip, analyser.keys(form), weight * (word.unknown ? 1.0 : KNOWN))) continue;
          [word, ...others].forEach((each) => each.merge(slip));
          if (weight > greatest && !others.length) [greatest, word.mended] = [weight, form];
        }
      }
    }

    splits(form) {
      const found = [];
      for (let i = 2; i < form.length - 1; i += 1) {
        const pair = [form.slice(0, i), form.slice(i)];
        if (pair.every((half) => has(this.known, half))) found.push(pair);
      }
      return found;
    }

    split(word, pair) {
      const [first, second] = pair.map((half) => this.word(half));
      [first, second].forEach((half) => this.look(half, this.analyser.keys(half.text), SPLIT));
      for (const number of first.numbers) {
        const least = Math.min(first.values[number], second.values[number]);
        if (least <= word.values[number]) continue;
        word.keys.push(first.key(number));
        word.add(number, least);
        word.inNames = word.inNames || (first.inNames && second.inNames);
      }
      word.frequency = Math.max(word.frequency, Math.min(first.frequency, second.frequency));
    }

    similar(form) {
      if (form.length < WORD || /^\d/.test(form)) return [];
      const most = form.length >= 8 ? 2 : 1;
      const bits = letters(form);
      const found = [];
      for (let i = 0; i < this.known.length; i += 1) {
        const longer = Math.abs(this.lengths[i] - form.length);
        if (longer > most || ones(bits ^ this.bits[i]) > 2 * most) continue;
        const known = this.known[i];
        const slips = distance(form, known, most);
        if (slips > 0 && slips <= most) found.push([slips, known[0] === form[0] ? 0 : 1, longer, known]);
      }
      found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || compare(a[3], b[3]));
      return found
        .slice(0, CANDIDATES)
        .map(([slips, other, , known]) => [known, (slips === 1 ? ONE_SLIP : TWO_SLIPS) * (other ? 0.8 : 1.0)]);
    }

    /** Reads the words that slips are mended to. */
    async know() {
      if (this.known) return;
      const known = await this.file("f");
      this.lengths = Uint16Array.from(known, (word) => word.length);
      this.bits = Int32Array.from(known, letters);
      this.known = known;
    }

    ranked(words, named) {
      let total = 0;
      const scores = new Float64Array(this.documents);
      const covered = new Float64Array(this.documents);
      const numbers = [];
      for (const word of words) {
        const weight = word.counts * Math.log(1 + this.documents / Math.max(word.frequency, 1));
        total += weight;
        for (const number of word.numbers) {
          if (covered[number] === 0) numbers.push(number);
          scores[number] += weight * word.values[number];
          covered[number] += weight;
        }
      }
      let most = 0;
      for (const number of numbers) {
        scores[number] *= Math.pow(covered[number] / total, COVERAGE);
        scores[number] *= named.get(number) || 1.0;
        most = Math.max(most, scores[number]);
      }
      const kept = numbers.filter((number) => scores[number] >= most * KEPT);
      return kept.sort((a, b) => scores[b] - scores[a] || a - b);
    }

    kind(number) {
      const { kinds } = this.manifest;
      let i = kinds.length - 1;
      while (i > 0 && kinds[i][1] > number) i -= 1;
      return kinds[i][0];
    }
  }

  /* ── what the reader sees ── */

  const texts = new Recent(TEXTS_KEPT);

  function placed(text, language) {
    const name = language + text;
    return texts.get(name) || texts.set(name, analyserOf(language).placed(text));
  }

  /** What an answer marks: the words of some keys. */
  class Marker {
    constructor(language, keys) {
      Object.assign(this, { language, keys, words: new Map() });
    }

    /** Whether a word of a text is one of those that were asked for. */
    wants(word, language) {
      return this.once(language + word, () => {
        const analyser = analyserOf(language);
        return [...analyser.keys(word), ...analyser.looseKeys(word)].some(([key]) => this.keys.has(key));
      });
    }

    /** Whether two words of a text are, written as one, what was asked for. */
    wantsBoth(word, next) {
      const analyser = analyserOf(this.language);
      return this.once(`${word} ${next}`, () => this.keys.has(analyser.plain(word) + analyser.plain(next)));
    }

    once(name, compute) {
      let known = this.words.get(name);
      if (known === undefined) this.words.set(name, (known = compute()));
      return known;
    }

    /** Where the wanted words of a text start and end. */
    spans(text, language) {
      if (!this.keys.size) return [];
      const spans = [];
      const words = placed(text, language);
      words.forEach(({ word, start, end }, i) => {
        const next = words[i + 1];
        if (next && this.wantsBoth(word, next.word)) spans.push([start, next.end]);
        else if (this.wants(word, language)) spans.push([start, end]);
      });
      return spans;
    }

    /** A text, which is a string in the reader's language or pieces of which some name theirs, as such pieces. */
    texts(text) {
      if (typeof text === "string") return text ? [[text, this.language]] : [];
      return text.map(([piece, language]) => [piece, language || this.language]);
    }

    /** How many different words of a text are marked. */
    count(text) {
      const found = new Set();
      for (const [piece, language] of this.texts(text)) {
        for (const [start, end] of this.spans(piece, language)) found.add(piece.slice(start, end));
      }
      return found.size;
    }

    /** Pieces of a text for the reader: its words, whether they are marked, and a foreign language. */
    marked(text) {
      return this.texts(text).flatMap(([piece, language], i) => {
        const pieces = this.pieces(piece, language);
        return i ? [[" ", false], ...pieces] : pieces;
      });
    }

    pieces(text, language) {
      const foreign = language === this.language ? [] : [language];
      const pieces = [];
      let at = 0;
      const add = (to, mark) => {
        if (at < to) pieces.push([text.slice(at, to), mark, ...foreign]);
        at = Math.max(at, to);
      };
      for (const [start, end] of this.spans(text, language)) {
        add(start, false);
        add(end, true);
      }
      add(text.length, false);
      return pieces;
    }
  }

  /** The part of a long text around its first mark. */
  function around(pieces) {
    const first = pieces.findIndex(([, mark]) => mark);
    const before = pieces.slice(0, Math.max(first, 0)).reduce((length, [text]) => length + text.length, 0);
    const whole = pieces.reduce((length, [text]) => length + text.length, 0);
    if (whole <= SNIPPET || before < SNIPPET / 2) return shortened(pieces, SNIPPET);
    const [text, mark, ...language] = pieces[first - 1];
    const start = Math.max(text.length - SNIPPET / 3, 0);
    const space = start ? text.indexOf(" ", start) : -1;
    const rest = space < 0 ? text : "…" + text.slice(space + 1);
    return shortened([[rest, mark, ...language], ...pieces.slice(first)], SNIPPET);
  }

  function shortened(pieces, limit) {
    const kept = [];
    let left = limit;
    for (const piece of pieces) {
      const [text, ...rest] = piece;
      if (text.length > left) {
        const cut = text.slice(0, left);
        const space = cut.lastIndexOf(" ");
        kept.push([(space > 0 ? cut.slice(0, space) : "") + "…", ...rest]);
        return kept;
      }
      kept.push(piece);
      left -= text.length;
    }
    return kept;
  }

  async function result(engine, number, marker) {
    const [url, title, trail, summary, sections] = await engine.document(number);
    let [shown, section, most] = [summary, null, Math.max(marker.count(title), marker.count(summary))];
    for (const [id, heading, text] of marker.keys.size ? sections : []) {
      const matches = marker.count(heading) + marker.count(text);
      if (matches <= most) continue;
      most = matches;
      shown = text.length ? text : shown;
      section = id ? { id, title: marker.marked(heading) } : null;
    }
    const { language } = engine;
    return { url, language, kind: engine.kind(number), title: marker.marked(title), trail, section, snippet: around(marker.marked(shown)) };
  }

  /** The query with its unknown words as the pages spell what was found instead. */
  function corrected(query, words, results, analyser) {
    const mended = words.filter((word) => word.unknown && word.mended);
    if (!mended.length || !results.length) return null;
    const texts = results.flatMap(({ title, snippet }) => [title, snippet]).map((pieces) => pieces.map(([text]) => text).join(""));
    const spelt = mended.map((word) => {
      const wanted = new Set(analyser.keys(word.mended).map(([key]) => key));
      for (const text of texts) {
        const place = analyser.placed(text).find((at) => analyser.keys(at.word).some(([key, weight]) => weight >= STEM && wanted.has(key)));
        if (place) return text.slice(place.start, place.end);
      }
      return word.mended;
    });
    let [text, at] = ["", 0];
    mended.forEach(({ place: [start, end] }, i) => {
      text += query.slice(at, start) + spelt[i];
      at = end;
    });
    return { query: text + query.slice(at), words: mended.map(({ place }, i) => [query.slice(...place), spelt[i]]) };
  }

  async function answer({ language, query, kinds = [], offset = 0, limit = 10 }) {
    const engine = await engineOf(language);
    if (!query.trim()) {
      const suggested = await Promise.all(engine.manifest.suggested.map((number) => result(engine, number, new Marker(language, new Set()))));
      return { query, total: suggested.length, counts: {}, corrected: null, results: suggested };
    }
    const { words, hits } = await engine.search(query);
    const counts = {};
    engine.manifest.kinds.forEach(([kind]) => (counts[kind] = 0));
    hits.forEach((number) => (counts[engine.kind(number)] += 1));
    Object.keys(counts).forEach((kind) => counts[kind] || delete counts[kind]);
    const wanted = kinds.length ? hits.filter((number) => kinds.includes(engine.kind(number))) : hits;
    const page = wanted.slice(offset, offset + limit);
    const own = words.filter((word) => word.counts === 1.0).flatMap((word) => engine.analyser.keys(word.text));
    const exact = own.filter(([, weight]) => weight >= READING * STEM).map(([key]) => key);
    const markers = new Map();
    const results = await Promise.all(
      page.map((number) => {
        const keys = words.map((word) => word.key(number)).filter((key) => key !== undefined);
        const name = keys.join(" ");
        if (!markers.has(name)) markers.set(name, new Marker(language, new Set([...exact, ...keys])));
        return result(engine, number, markers.get(name));
      })
    );
    return { query, total: wanted.length, counts, corrected: corrected(query, words, results, engine.analyser), results };
  }

  /* ── files ── */

  const inWorker = typeof document === "undefined";
  const base = new URL(".", inWorker ? scope.location.href : document.currentScript.src).href;
  const waiting = new Map();
  scope.__sx = (name, value) => waiting.get(name)(value);

  /** Over http a file is fetched and cut out of its call; from a folder only a script may be read. */
  async function load(language, file, name, read, cache) {
    const url = `${base}${language}/${file}`;
    if (!url.startsWith("file:")) {
      const response = await fetch(url, { cache });
      if (!response.ok) throw new Error(`${response.status} ${url}`);
      const text = await response.text();
      return read.text(text.slice(text.indexOf(",") + 1, text.lastIndexOf(")")));
    }
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      waiting.set(name, (value) => resolve(read.value(value)));
      script.src = url;
      script.onload = () => script.remove();
      script.onerror = () => reject(new Error(url));
      document.head.append(script);
    });
  }

  const analysers = new Map();
  const engines = new Map();

  function analyserOf(language) {
    if (!analysers.has(language)) analysers.set(language, new Analyser(language, RULES));
    return analysers.get(language);
  }

  function engineOf(language) {
    if (!engines.has(language)) {
      const made = load(language, "m.js", `${language}/m`, READ.m, "no-cache").then(
        (manifest) => new Engine(language, manifest, (...file) => load(language, ...file))
      );
      engines.set(language, made);
      made.catch(() => engines.delete(language));
    }
    return engines.get(language);
  }

  /** One query of a language at a time; of those that wait only the newest is worth an answer. */
  const queues = new Map();
  const newest = new Map();

  function asked(request) {
    const { language } = request;
    newest.set(language, request);
    const done = (queues.get(language) || Promise.resolve()).then(() => {
      if (newest.get(language) !== request) throw new Error("a newer query was asked");
      return answer(request).catch(() => {
        engines.delete(language); /* The site was built anew: its files have other names. */
        return answer(request);
      });
    });
    queues.set(language, done.catch(() => undefined));
    return done;
  }

  if (inWorker) {
    scope.onmessage = ({ data: { id, ...request } }) => {
      asked(request).then(
        (found) => scope.postMessage({ id, answer: found }),
        (error) => scope.postMessage({ id, error: String(error.message || error) })
      );
    };
  } else {
    scope.FihristSearch = { answer: asked };
  }
  scope.fihristAnalyser = analyserOf;
})(self);

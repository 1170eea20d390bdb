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
  const [STOP, COVERAGE, KEPT] = [0.1, 1.5, 0.05];
  const EXACT = [1.0, 1.6, 2.0];
  const FILES_KEPT = 96;
  const SNIPPET = 180;

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

  class Analyser {
    constructor(language, rules) {
      const { fold, tokens, ar, fa, en } = rules;
      this.language = language;
      this.fold = fold;
      this.folded = new Map(Array.from(fold.hamza, (character) => [character, HAMZA]));
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
      this.known = new Map();
    }

    character(character) {
      let folded = this.folded.get(character);
      if (folded === undefined) {
        folded = "";
        for (const c of character.normalize("NFKD").toLowerCase()) {
          if (within(c.codePointAt(0), this.fold.dropped)) continue;
          const letter = this.fold.letters[c];
          folded += letter === undefined ? c : letter;
        }
        this.folded.set(character, folded);
      }
      return folded;
    }

    words(text) {
      let folded = "";
      for (const character of text) folded += this.character(character);
      return folded.match(this.pattern) || [];
    }

    /** The words of a text with the places where they start and end in it. */
    placed(text) {
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
      return Array.from(folded.matchAll(this.pattern), (match) => {
        const end = match.index + match[0].length;
        return { word: match[0], start: places[match.index], end: this.endOf(text, places[end - 1], places[end]) };
      });
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
      let keys = this.known.get(word);
      if (!keys) {
        if (!this.isArabic(word)) keys = best(this.latin(word));
        else if (this.language === "fa") keys = best(this.persian(word));
        else keys = best(this.arabic(word));
        if (this.known.size > 20000) this.known.clear();
        this.known.set(word, keys);
      }
      return keys;
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
      return this.isArabic(word) ? best(this.loosely(word)) : [];
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

  const DIGIT = new Map(Array.from(DELTAS, (character, digit) => [character, digit]));
  const MARK = new Map(Array.from(MARKS, (character, mark) => [character, mark]));
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

  /** Optimal string alignment distance, `most` + 1 if greater. */
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [];
    let last = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j += 1) {
        let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        row.push(cost);
        if (cost < least) least = cost;
      }
      if (least > most) return most + 1;
      [before, last] = [last, row];
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

  /** The newest things of a bounded number. */
  class Recent {
    constructor(size) {
      this.size = size;
      this.kept = new Map();
    }

    get(key) {
      const value = this.kept.get(key);
      if (value !== undefined) {
        this.kept.delete(key);
        this.kept.set(key, value);
      }
      return value;
    }

    set(key, value) {
      this.kept.set(key, value);
      if (this.kept.size > this.size) this.kept.delete(this.kept.keys().next().value);
      return value;
    }
  }

  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

  class Word {
    constructor(text, counts, place) {
      Object.assign(this, { text, counts, place, found: new Map(), keys: new Map() });
      Object.assign(this, { frequency: 0, inNames: false, mended: "" });
    }

    merge(other) {
      other.found.forEach((value, number) => {
        if (value > (this.found.get(number) || 0)) {
          this.found.set(number, value);
          this.keys.set(number, other.keys.get(number));
        }
      });
      this.inNames = this.inNames || other.inNames;
      if (!this.frequency) this.frequency = other.frequency;
    }
  }

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
      this.files = new Recent(FILES_KEPT);
      this.shards = new Map();
    }

    /** What the file of a stem holds: `t3`, `d0` or `f`. */
    async file(stem) {
      const kept = this.files.get(stem);
      if (kept) return kept;
      const order = { t: Number(stem.slice(1)), d: this.firsts.length + Number(stem.slice(1)), f: this.firsts.length + this.blocks };
      const hash = this.manifest.hashes.slice(order[stem[0]] * 6, order[stem[0]] * 6 + 6);
      const pending = this.load(`${stem}.${hash}.js`, `${this.language}/${stem}`);
      this.files.set(stem, pending);
      pending.catch(() => this.files.kept.delete(stem));
      return pending;
    }

    async document(number) {
      return (await this.file(`d${Math.floor(number / BLOCK)}`))[number % BLOCK];
    }

    async shard(number) {
      const stem = `t${number}`;
      const lines = await this.file(stem);
      if (typeof lines !== "string") return lines;
      const parsed = new Map(
        lines.split("\n").map((line) => {
          const space = line.indexOf(" ");
          return [line.slice(0, space), line.slice(space + 1)];
        })
      );
      this.files.set(stem, Promise.resolve(parsed));
      return parsed;
    }

    /** Makes ready the shards that hold some keys, all at once. */
    async ready(keys) {
      const numbers = new Set();
      for (const [key] of keys) numbers.add(position(this.firsts, key) - 1);
      await Promise.all(
        Array.from(numbers, async (number) => {
          if (number >= 0) this.shards.set(number, await this.shard(number));
        })
      );
    }

    postings(key) {
      const shard = this.shards.get(position(this.firsts, key) - 1);
      const line = shard && shard.get(key);
      if (line === undefined) return [0, []];
      const space = line.lastIndexOf(" ");
      const found = [];
      let [number, delta] = [-1, 0];
      for (let i = space + 1; i < line.length; i += 1) {
        const digit = DIGIT.get(line[i]);
        if (digit !== undefined) {
          delta = delta * 32 + digit;
        } else {
          number += delta + 1;
          delta = 0;
          found.push([number, MARK.get(line[i])]);
        }
      }
      return [space > 0 ? Number(line.slice(0, space)) : found.length, found];
    }

    async search(query) {
      this.shards.clear();
      const { analyser } = this;
      const placed = analyser.placed(query).slice(0, WORDS);
      const words = placed.map(({ word, start, end }) => new Word(word, analyser.isStop(word) ? STOP : 1.0, [start, end]));
      if (words.every((word) => word.counts === STOP)) words.forEach((word) => (word.counts = 1.0));
      const last = query.endsWith(" ") ? null : words[words.length - 1];
      const joins = words.slice(1).map((after, i) => [words[i], after, analyser.plain(words[i].text) + analyser.plain(after.text)]);
      const name = analyser.nameKey(query);
      await this.ready([
        ...words.flatMap((word) => analyser.keys(word.text)),
        ...joins.flatMap(([, , joined]) => analyser.keys(joined)),
        [name],
      ]);
      for (const word of words) {
        this.look(word, analyser.keys(word.text));
        if (word === last) await this.begin(word);
      }
      for (const [before, after, joined] of joins) {
        const both = new Word(joined, 1.0);
        if (this.look(both, analyser.keys(joined), JOINED)) [before, after].forEach((word) => word.merge(both));
      }
      for (let i = 0; i < words.length; i += 1) {
        const word = words[i];
        word.unknown = word.found.size === 0;
        if (word.counts === 1.0 && !word.inNames) {
          const keys = analyser.looseKeys(word.text);
          await this.ready(keys);
          this.look(word, keys);
        }
        if (word.counts === 1.0 && !word.inNames) await this.mend(word, words[i - 1], words[i + 1]);
      }
      const named = new Map(name ? this.postings(name)[1].map(([number, mark]) => [number, EXACT[mark % 3]]) : []);
      return { words, hits: this.ranked(words, named) };
    }

    look(word, keys, factor = 1.0) {
      let any = false;
      for (const [key, weight] of keys) {
        const [frequency, postings] = this.postings(key);
        if (!postings.length) continue;
        any = true;
        if (weight * factor >= 0.5) word.frequency = Math.max(word.frequency, frequency);
        for (const [number, mark] of postings) {
          const value = weight * factor * VALUES[mark];
          if (value > (word.found.get(number) || 0)) {
            word.found.set(number, value);
            word.keys.set(number, key);
          }
          if (mark % 3 >= IN_NAMES) word.inNames = true;
        }
      }
      return any;
    }

    async begin(word) {
      const starts = new Set(this.analyser.keys(word.text).filter(([, weight]) => weight >= 0.9).map(([key]) => key));
      for (const start of starts) {
        if (start.length < 2) continue;
        const keys = await this.beginning(start);
        const longer = keys.filter((key) => key.length > start.length).slice(0, EXPANSIONS);
        this.look(word, longer.map((key) => [key, PREFIX * Math.sqrt(start.length / key.length)]));
      }
    }

    async beginning(start) {
      const first = Math.max(position(this.firsts, start) - 1, 0);
      const numbers = [];
      for (let number = first; number < Math.min(first + 3, this.firsts.length); number += 1) {
        if (number > first && !this.firsts[number].startsWith(start)) break;
        numbers.push(number);
      }
      await this.ready(numbers.map((number) => [this.firsts[number]]));
      return numbers.flatMap((number) => Array.from(this.shards.get(number).keys()).filter((key) => key.startsWith(start)));
    }

    async mend(word, before, after) {
      const { analyser } = this;
      await this.knowWords();
      await this.split(word, analyser.keys(word.text)[0][0]);
      const spellings = analyser.keys(word.text).filter(([, weight]) => weight >= 0.9).map(([form]) => [form, []]);
      if (before) spellings.push([analyser.plain(before.text) + analyser.plain(word.text), [before]]);
      if (after) spellings.push([analyser.plain(word.text) + analyser.plain(after.text), [after]]);
      const slips = spellings.flatMap(([text, others]) => this.similar(text).map(([form, weight]) => [form, weight, others]));
      await this.ready(slips.flatMap(([form]) => analyser.keys(form)));
      let greatest = 0;
      for (const [form, weight, others] of slips) {
        const slip = new Word(form, 1.0);
        if (!this.look(slip, analyser.keys(form), weight)) continue;
        [word, ...others].forEach((each) => each.merge(slip));
        if (weight > greatest && !others.length) [greatest, word.mended] = [weight, form];
      }
    }

    async split(word, form) {
      const splits = [];
      for (let i = 2; i < form.length - 1; i += 1) {
        const pair = [form.slice(0, i), form.slice(i)];
        if (pair.every((half) => has(this.known, half))) splits.push(pair);
      }
      await this.ready(splits.flat().flatMap((half) => this.analyser.keys(half)));
      for (const pair of splits) {
        const halves = pair.map((half) => new Word(half, 1.0));
        halves.forEach((half) => this.look(half, this.analyser.keys(half.text), SPLIT));
        halves[0].found.forEach((value, number) => {
          const other = halves[1].found.get(number);
          const least = other === undefined ? 0 : Math.min(value, other);
          if (least > (word.found.get(number) || 0)) {
            word.found.set(number, least);
            word.keys.set(number, halves[0].keys.get(number));
            word.inNames = word.inNames || (halves[0].inNames && halves[1].inNames);
          }
        });
        word.frequency = Math.max(word.frequency, Math.min(...halves.map((half) => half.frequency)));
      }
    }

    similar(form) {
      if (form.length < WORD || /^\d/.test(form)) return [];
      const most = form.length >= 8 ? 2 : 1;
      const bits = letters(form);
      const found = [];
      this.known.forEach((known, i) => {
        const longer = Math.abs(known.length - form.length);
        if (longer > most || ones(bits ^ this.bits[i]) > 2 * most) return;
        const slips = distance(form, known, most);
        if (slips > 0 && slips <= most) found.push([slips, known[0] === form[0] ? 0 : 1, longer, known]);
      });
      found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || compare(a[3], b[3]));
      return found
        .slice(0, CANDIDATES)
        .map(([slips, other, , known]) => [known, (slips === 1 ? ONE_SLIP : TWO_SLIPS) * (other ? 0.8 : 1.0)]);
    }

    async knowWords() {
      if (this.known) return;
      const coded = await this.file("f");
      let last = "";
      this.known = coded.split(" ").map((word) => {
        last = word ? last.slice(0, DIGIT.get(word[0])) + word.slice(1) : last;
        return last;
      });
      this.bits = Int32Array.from(this.known, letters);
    }

    ranked(words, named) {
      let total = 0;
      const scores = new Map();
      const covered = new Map();
      for (const word of words) {
        const weight = word.counts * Math.log(1 + this.documents / Math.max(word.frequency, 1));
        total += weight;
        word.found.forEach((value, number) => {
          scores.set(number, (scores.get(number) || 0) + weight * value);
          covered.set(number, (covered.get(number) || 0) + weight);
        });
      }
      const ranked = Array.from(scores, ([number, score]) => [
        score * Math.pow(covered.get(number) / total, COVERAGE) * (named.get(number) || 1.0),
        number,
      ]);
      ranked.sort((a, b) => b[0] - a[0] || a[1] - b[1]);
      const least = ranked.length ? ranked[0][0] * KEPT : 0;
      return ranked.filter(([score]) => score >= least).map(([, number]) => number);
    }

    kind(number) {
      const { kinds } = this.manifest;
      let i = kinds.length - 1;
      while (i > 0 && kinds[i][1] > number) i -= 1;
      return kinds[i][0];
    }
  }

  /* ── what the reader sees ── */

  /** Pieces of a text, the words of some keys marked. */
  function marked(text, language, own, asked) {
    const analyser = analyserOf(language);
    const placed = analyser.placed(text);
    const spans = [];
    placed.forEach(({ word, start, end }, i) => {
      const next = placed[i + 1];
      if (next && asked.has(analyser.plain(word) + analyser.plain(next.word))) spans.push([start, next.end]);
      else if (analyser.keys(word).some(([key]) => asked.has(key)) || analyser.looseKeys(word).some(([key]) => asked.has(key))) {
        spans.push([start, end]);
      }
    });
    const pieces = [];
    const add = (from, to, mark) => {
      if (from < to) pieces.push(language === own ? [text.slice(from, to), mark] : [text.slice(from, to), mark, language]);
    };
    let at = 0;
    spans.forEach(([start, end]) => {
      add(at, Math.max(start, at), false);
      add(Math.max(start, at), end, true);
      at = Math.max(at, end);
    });
    add(at, text.length, false);
    return pieces;
  }

  /** A text is a string in the reader's language, or pieces of which some name theirs. */
  function shown(text, own, asked) {
    if (typeof text === "string") return marked(text, own, own, asked);
    return text.flatMap(([piece, language], i) => {
      const pieces = marked(piece, language || own, own, asked);
      if (i) pieces.unshift([" ", false]);
      return pieces;
    });
  }

  const count = (pieces) => new Set(pieces.filter(([, mark]) => mark).map(([text]) => text)).size;

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

  async function result(engine, number, asked) {
    const { language } = engine;
    const [url, title, trail, summary, sections] = await engine.document(number);
    let snippet = shown(summary, language, asked);
    let most = count(snippet);
    let section = null;
    for (const [id, heading, text] of sections) {
      const titled = shown(heading, language, asked);
      const body = shown(text, language, asked);
      const matches = count(titled) + count(body);
      if (matches > most) {
        most = matches;
        snippet = body.length ? body : snippet;
        section = id ? { id, title: titled } : null;
      }
    }
    return { url, language, kind: engine.kind(number), title: shown(title, language, asked), trail, section, snippet: around(snippet) };
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
      const suggested = await Promise.all(engine.manifest.suggested.map((number) => result(engine, number, new Set())));
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
    const results = await Promise.all(
      page.map((number) => {
        const keys = words.map((word) => word.keys.get(number)).filter((key) => key !== undefined);
        return result(engine, number, new Set([...exact, ...keys]));
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
  async function load(language, file, name, cache) {
    const url = `${base}${language}/${file}`;
    if (!url.startsWith("file:")) {
      const response = await fetch(url, { cache });
      if (!response.ok) throw new Error(`${response.status} ${url}`);
      const text = await response.text();
      return JSON.parse(text.slice(text.indexOf(",") + 1, text.lastIndexOf(")")));
    }
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      waiting.set(name, resolve);
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
      const made = load(language, "m.js", `${language}/m`, "no-cache").then(
        (manifest) => new Engine(language, manifest, (file, name) => load(language, file, name))
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

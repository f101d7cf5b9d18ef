/* What somebody who searches means: words put right, lay words and brand names beside the book's own, and the places
   that are known by such words. Pure. */

/** What the build wrote (grader/book/finding.py); all words as `plain` has them. `same`: groups of words for one thing,
 * the book's own first; `places`: address -> its title, then the words that lead there; `words`: how many pages hold one.
 * @typedef {{ ignore: string[], same: string[][], places: Record<string, string[]>, words: Record<string, number> }} Told */
/** `terms`: word -> how much it counts; `readings`: what was typed, and the book's words for it; `mended`: [typed, taken].
 * @typedef {{ terms: Map<string, number>, readings: string[][], mended: [string, string][] }} Meant */

const LONGEST = 7; // words of a phrase
const BESIDE = 0.8; // how much a word counts that has one of the book's own beside it, and stands in the book too
const ASIDE = 0.35; // and one that does not
const FAR = 8; // letters from which two may be wrong
const ALIKE = 0.4; // of its letters, that may be wrong in a word for which nothing is found and another is offered
const OFFERED = 3;
export const GLOSSARY = "glossary.html";
const ENDINGS = ["ingly", "ing", "ers", "ies", "ied", "ion", "ions", "ally", "al", "ic", "ed", "er", "es",
  "ly", "ity", "s", "e", "y"].sort((one, other) => other.length - one.length);
/** American and British, either way. */
const SPELLINGS = [["or", "our"], ["iz", "is"], ["yz", "ys"], ["e", "ae"], ["e", "oe"], ["er", "re"], ["l", "ll"],
  ["m", "mme"], ["ing", "eing"], ["se", "ce"], ["og", "ogue"]];

/** Small letters and figures, words apart by one space, without marks; an apostrophe joins. As `plain` of
 * grader/book/finding.py. @param {string} text */
export const plain = (text) =>
  text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/['’]/g, "").replace(/[^a-z0-9]+/g, " ").trim();

/** @param {string} text */
const split = (text) => text.split(" ").filter(Boolean);

/** By its last letter, so that of few words more than a few are tried: as the search opens, each word of the book is asked. */
const BY_LAST = new Map(ENDINGS.map((one) => [one[one.length - 1], ENDINGS.filter((other) => other.endsWith(one[one.length - 1]))]));

/** A word without its ending, so that the forms of one are alike. @param {string} word */
export function root(word) {
  const ending = BY_LAST.get(word[word.length - 1])?.find((one) => word.length - one.length >= 4 && word.endsWith(one));
  return ending ? word.slice(0, -ending.length) : word;
}

/** Whether one word becomes the other by at most so many letters left out, put in, changed, or turned about.
 * @param {string} one @param {string} other @param {number} most */
export function near(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  /** @type {number[][]} */
  const rows = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let at = 1; at <= one.length; at += 1) {
    const row = [at];
    for (let to = 1; to <= other.length; to += 1) {
      const change = one[at - 1] === other[to - 1] ? 0 : 1;
      row[to] = Math.min(rows[at - 1][to] + 1, row[to - 1] + 1, rows[at - 1][to - 1] + change);
      const turned = at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1];
      if (turned) row[to] = Math.min(row[to], rows[at - 2][to - 2] + 1);
    }
    rows.push(row);
    if (Math.min(...row, ...rows[at - 1]) > most) return most + 1; // no letter to come makes it less
  }
  return rows[one.length][other.length];
}

/** @param {string} word @returns {string[]} */
function spellings(word) {
  return SPELLINGS.flatMap(([one, other]) => [[one, other], [other, one]]).flatMap(([from, to]) => {
    /** @type {string[]} */
    const made = [];
    for (let at = word.indexOf(from); at >= 0; at = word.indexOf(from, at + 1)) {
      made.push(word.slice(0, at) + to + word.slice(at + from.length));
    }
    return made;
  });
}

export class Words {
  /** @param {Told} told */
  constructor(told) {
    this.ignored = new Set(told.ignore);
    this.count = told.words;
    /** @type {Map<string, number>} */
    this.roots = new Map();
    for (const [word, count] of Object.entries(told.words)) {
      const its = root(word);
      this.roots.set(its, Math.max(count, this.roots.get(its) ?? 0));
    }
    this.most = Math.max(1, ...Object.values(told.words));
    /** @type {Map<string, string>} */
    this.same = new Map();
    /** @type {Map<string, number>} */
    this.lay = new Map(); // words of those groups, which somebody may misspell too
    for (const group of told.same) {
      for (const words of group) {
        this.same.set(split(words).map(root).join(" "), group[0]);
        for (const word of split(words)) this.lay.set(word, 1);
      }
    }
    this.places = Object.entries(told.places).map(([address, [title, ...names]]) =>
      ({ address, title, names: names.map((name) => this.name(this.telling(split(name)))) }));
  }

  /** What a place is known by, and what is asked of it with each letter that is typed: its roots, and how much all of it
   * tells. @param {string[]} words */
  name(words) {
    const roots = words.map(root);
    return { words, roots: [...new Set(roots)], whole: sum(roots.map((one) => this.told(one))) };
  }

  /** Those that say something; all where none does. @param {string[]} words */
  telling(words) {
    const some = words.filter((word) => !this.ignored.has(word));
    return some.length ? some : words;
  }

  /** How much a word tells: the rarer, the more. @param {string} word */
  weight(word) { return this.told(root(word)); }

  /** @param {string} its root */
  told(its) { return Math.log(1 + this.most / (this.roots.get(its) ?? 1)); }

  /** @param {string} word */
  knows(word) {
    return word.length < 4 || /\d/.test(word) || this.ignored.has(word) || word in this.count || this.lay.has(word)
      || (this.roots.has(root(word)) && root(word) !== word);
  }

  /** Whether a page holds the word, or one that begins so; of figures nobody knows. @param {string} word */
  holds(word) {
    return /\d/.test(word) || this.roots.has(root(word)) || Object.keys(this.count).some((one) => one.startsWith(word));
  }

  /** Of a word in two spellings the one that more pages have. @param {string} word */
  usual(word) {
    const count = (/** @type {string} */ one) => this.count[one] ?? 0;
    const other = word.length > 4 && spellings(word).find((one) => count(one) > count(word));
    return other || word;
  }

  /** A word as it is written here: in the other English, or the nearest that is known. @param {string} word */
  mend(word) {
    const other = spellings(word).find((one) => one in this.count || this.lay.has(one));
    if (other) return other;
    const far = word.length >= FAR ? 2 : 1;
    let [best, least] = [word, Infinity];
    for (const one of [...Object.keys(this.count), ...this.lay.keys()]) {
      if (one.length < 4 || (word.length < 6 && one[0] !== word[0])) continue;
      const wrong = near(word, one, far);
      if (wrong > far) continue;
      const off = wrong + (one[0] === word[0] ? 0 : 0.5) - Math.min(this.count[one] ?? 1, 99) / 1000;
      if (off < least) [best, least] = [one, off];
    }
    return best;
  }

  /** The words of the glossary that look most like what was typed and is nowhere, the nearest first. @param {string} text
   * @returns {{ address: string, title: string }[]} */
  nearest(text) {
    const typed = split(plain(text)).filter((word) => word.length > 2 && !this.ignored.has(word));
    const apart = (/** @type {string} */ word, /** @type {string} */ other) => {
      const most = Math.floor(ALIKE * word.length);
      const wrong = near(word, other, most);
      return wrong > most ? 1 : wrong / word.length;
    };
    return this.places.filter(({ address }) => address.startsWith(`${GLOSSARY}#`)).map((place) => {
      const names = place.names.flatMap(({ words }) => words);
      return { place, far: Math.min(1, ...typed.flatMap((word) => names.map((other) => apart(word, other)))) };
    }).filter(({ far }) => far < 1).sort((one, other) => one.far - other.far).slice(0, OFFERED)
      .map(({ place: { address, title } }) => ({ address, title }));
  }

  /** @param {string} text @returns {Meant} */
  understand(text) {
    /** @type {[string, string][]} */
    const mended = [];
    const typed = split(plain(text)).map((word) => {
      const taken = this.knows(word) ? this.usual(word) : this.mend(word);
      if (taken !== word) mended.push([word, taken]);
      return taken;
    });
    /** @type {Map<string, number>} */
    const terms = new Map();
    /** @type {string[]} */
    const ours = [];
    /** @param {string} word @param {number} much */
    const take = (word, much) => terms.set(word, Math.max(much, terms.get(word) ?? 0));
    for (let at = 0; at < typed.length;) {
      const [length, own] = this.phrase(typed, at);
      const words = typed.slice(at, at + length);
      for (const word of words) if (!this.ignored.has(word)) take(word, own ? this.count[word] ? BESIDE : ASIDE : 1);
      const meant = own ? split(own) : words.filter((word) => !this.ignored.has(word));
      for (const word of this.telling(meant)) {
        take(word, 1);
        ours.push(word);
      }
      at += length;
    }
    if (!terms.size) for (const word of typed) take(word, 1);
    return { terms, readings: [this.telling(typed), ours.length ? ours : typed], mended };
  }

  /** The longest phrase from a place on that is one for something of the book: [how many words, the book's own].
   * @param {string[]} typed @param {number} at @returns {[number, string]} */
  phrase(typed, at) {
    for (let length = Math.min(LONGEST, typed.length - at); length > 0; length -= 1) {
      const own = this.same.get(typed.slice(at, at + length).map(root).join(" "));
      if (own) return [length, plain(own)];
    }
    return [1, ""];
  }

  /** How well a place is known by these words, from 0 to 1; address -> that. @param {Meant} meant */
  known({ readings }) {
    /** @type {Map<string, number>} */
    const found = new Map();
    for (const reading of readings) {
      const wanted = new Map(reading.map((word) => [root(word), this.weight(word)]));
      const all = sum(wanted.values());
      for (const { address, names } of this.places) {
        for (const { roots, whole } of names) {
          let shared = 0;
          for (const one of roots) shared += wanted.get(one) ?? 0;
          if (!shared) continue;
          const fit = (shared / all) * Math.sqrt(Math.min(1, shared / whole));
          if (fit > (found.get(address) ?? 0)) found.set(address, fit);
        }
      }
    }
    return found;
  }
}

/** @param {Iterable<number>} numbers */
const sum = (numbers) => [...numbers].reduce((all, one) => all + one, 0);

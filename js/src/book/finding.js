/* The search of the site: Pagefind says how often and how weightily each word stands where; what a place is known by
   comes on top, and pages that hold more of the words come first. */
import { GLOSSARY, Words } from "./query.js";

/** @typedef {import("./query.js").Meant} Meant */
/** `excerpt`: HTML of Pagefind, escaped, with <mark>.
 * @typedef {{ href: string, title: string, excerpt: string }} Place */
/** @typedef {Place & { sections: Place[] }} Hit */
/** @typedef {{ id: string, score: number, data: () => Promise<any> }} Raw a result of Pagefind */
/** What a word adds to a record. @typedef {{ raw: Raw, share: number }} Part */
/** `instead`: where nothing was found, words of the glossary that look like it; `glossary`: where that is, or "".
 * @typedef {{ pages: Hit[], words: Place[], questions: (Place & { page: string })[], mended: [string, string][],
 *   count: number, instead: Place[], glossary: string }} Found */

const NAMED = 1.2; // how much more it says that a place is known by the words than that they stand there
const KNOWN = 0.6; // how well a section must be known by the words to be shown where its text says none of them
const SHOWN = { pages: 10, sections: 3, words: 3, questions: 5 };
const ASIDE = 0.7; // what a page that is no chapter counts beside one; its few words weigh more
const TOLD = 0.45; // what a conversation counts: it says everyday words without teaching them
const ENOUGH = 0.3; // of the best page's score; what has less only shares a common word
const KINDS = ["chapter", "page", "told", "word", "question"];
const HELD = 400; // answers of Pagefind that are kept
const TERMS = 8; // of a query; what is behind them is left out

export class Finder {
  /** @param {string} base the way to the root of the site, which ends in a slash or is empty */
  constructor(base) {
    this.base = base;
    /** @type {ReturnType<Finder["fetched"]> | undefined} */
    this.ready = undefined;
    /** @type {Map<string, Promise<any>>} of each record what was asked last */
    this.turns = new Map();
    /** @type {Map<string, Promise<Raw[]>>} what Pagefind found for each word of each kind, and of each page */
    this.known = new Map();
  }

  /** Loads Pagefind and the words, once. Rejects where they are not there or the browser cannot run them. */
  load() {
    this.ready ??= this.fetched();
    return this.ready;
  }

  /** Whether the site answers. Where it does not, all is loaded anew the next time: Pagefind finds nothing in a file that did
   * not come, and never asks for it again. */
  async reachable() {
    const small = new URL(`${this.base}_static/documentation_options.js`, location.href);
    if (await fetch(small, { cache: "no-store" }).then(() => true, () => false)) return true;
    const held = await this.ready?.catch(() => null);
    this.ready = undefined;
    this.known.clear();
    await held?.pagefind.destroy();
    return false;
  }

  async fetched() {
    const folder = new URL(`${this.base}pagefind/`, location.href).href;
    const [pagefind, words] = await Promise.all([
      import(`${folder}pagefind.js`), fetch(`${folder}candor-words.json`).then((answer) => answer.json()),
    ]);
    await pagefind.options({ ranking: { termSimilarity: 2 } }); // a word itself before longer ones that begin so
    await pagefind.init();
    return { pagefind, words: new Words(words), kinds: await this.kinds(pagefind) };
  }

  /** The kind of each record, so that a word is looked for once and not in each kind.
   * @param {any} pagefind @returns {Promise<Map<string, string>>} */
  async kinds(pagefind) {
    const kinds = new Map();
    try {
      await Promise.all(KINDS.map(async (kind) => {
        for (const { id } of await this.results(pagefind, null, { kind })) kinds.set(id, kind);
      }));
      if (!kinds.size) throw new Error("kinds");
    } catch (error) {
      await pagefind.destroy(); // or it would never ask again
      throw error;
    }
    return kinds;
  }

  /** Everything for a query. @param {string} text @returns {Promise<Found>} */
  async find(text) {
    const { pagefind, words, kinds } = await this.load();
    const meant = words.understand(text);
    const known = words.known(meant);
    // Of a word that is nowhere Pagefind would take the beginning.
    const terms = [...meant.terms].filter(([word]) => words.holds(word)).slice(0, TERMS);
    /** @param {Record<string, number>} counts kind -> how much it counts @returns {Promise<Part[]>} */
    const asked = async (counts) => (await Promise.all(terms.map(async ([word, much]) => {
      const found = (await this.results(pagefind, word))
        .map((raw) => ({ raw, share: (counts[kinds.get(raw.id) ?? ""] ?? 0) * raw.score }))
        .filter(({ share }) => share > 0);
      const most = Math.max(...found.map(({ share }) => share), 1e-9);
      return found.map(({ raw, share }) => ({ raw, share: (much * words.weight(word) * share) / most }));
    }))).flat();
    /** @type {Record<string, number>[]} */
    const parts = [{ chapter: 1, page: ASIDE, told: TOLD }, { word: 1 }, { question: 1 }];
    const [inPages, inWords, inQuestions] = await Promise.all(parts.map(asked));
    const whole = [...meant.terms].reduce((sum, [word, much]) => sum + much * words.weight(word), 0) || 1;
    const ids = await this.named(pagefind, known);
    const all = ranked(inPages, whole, ids);
    const pages = all.filter(({ score }) => score > 0 && score >= ENOUGH * all[0].score);
    const found = {
      pages: await Promise.all(pages.slice(0, SHOWN.pages).map((one) => this.hit(one.parts, known, words))),
      words: this.terms(words, known, await this.data(ranked(inWords, whole).slice(0, SHOWN.words))),
      questions: (await this.data(ranked(inQuestions, whole).slice(0, SHOWN.questions)))
        .map((data) => ({ ...this.place(data), page: data.meta.page ?? "" })),
    };
    const isNothing = Object.values(found).every(({ length }) => !length);
    const instead = isNothing ? words.nearest(text) : [];
    return {
      ...found, mended: meant.mended, count: pages.length,
      instead: instead.map(({ address, title }) => ({ href: this.base + address, title, excerpt: "" })),
      glossary: words.places.some(({ address }) => address === GLOSSARY) ? this.base + GLOSSARY : "",
    };
  }

  /** Pages that are known by the words: id of Pagefind -> [how well, its result].
   * @param {any} pagefind @param {Map<string, number>} known */
  async named(pagefind, known) {
    /** @type {Map<string, number>} */
    const best = new Map();
    for (const [address, fit] of known) {
      const [page] = address.split("#");
      best.set(page, Math.max(fit, best.get(page) ?? 0));
    }
    const first = [...best].sort((one, other) => other[1] - one[1]).slice(0, 12);
    /** @type {Map<string, { raw: Raw, fit: number }>} */
    const ids = new Map();
    await Promise.all(first.map(async ([page, fit]) => {
      for (const raw of await this.results(pagefind, null, { page })) ids.set(raw.id, { raw, fit });
    }));
    return ids;
  }

  /** What Pagefind finds. While somebody types, the words before are the same: they are not looked for again.
   * @param {any} pagefind @param {string | null} word @param {Record<string, string>} [filters]
   * @returns {Promise<Raw[]>} */
  results(pagefind, word, filters = {}) {
    const name = JSON.stringify([word, filters]);
    const before = this.known.get(name);
    if (before) return before;
    if (this.known.size >= HELD) this.known.clear();
    const found = pagefind.search(word, { filters }).then((/** @type {{ results: Raw[] }} */ { results }) => results);
    this.known.set(name, found);
    const forget = () => this.known.delete(name); // nothing, too: its file may not have come
    found.then((/** @type {Raw[]} */ results) => results.length || forget(), forget);
    return found;
  }

  /** What a result holds. Pagefind has one object for a record and writes into it what each word has there, so words
   * that are asked at once would all get what the last one has: each waits for the one before.
   * @param {Raw} raw @returns {Promise<any>} */
  datum(raw) {
    const before = this.turns.get(raw.id) ?? Promise.resolve();
    const asked = before.catch(() => {}).then(() => raw.data()).then((data) => ({ ...data }));
    this.turns.set(raw.id, asked);
    return asked;
  }

  /** The first of each. @param {{ parts: Part[] }[]} found @returns {Promise<any[]>} */
  data(found) { return Promise.all(found.map(({ parts }) => this.datum(parts[0].raw))); }

  /** A page with its best sections.
   * @param {Part[]} parts its results, one for each word @param {Map<string, number>} known
   * @param {Words} words @returns {Promise<Hit>} */
  async hit(parts, known, words) {
    const found = await Promise.all(parts.map(({ raw }) => this.datum(raw)));
    const { address, title } = found[0].meta;
    const whole = parts.reduce((sum, { share }) => sum + share, 0) || 1;
    /** @type {Map<string, Place & { score: number, best: number }>} */
    const sections = new Map();
    for (const [place, data] of found.entries()) {
      const most = Math.max(...data.sub_results.map(strength), 1);
      for (const one of data.sub_results) {
        if (!one.anchor) continue;
        const at = `${address}#${one.anchor.id}`;
        const score = (strength(one) / most) * (parts[place].share / whole);
        const held = sections.get(at);
        if (!held) {
          const fit = NAMED * (known.get(at) ?? 0);
          sections.set(at, { href: at, title: one.title, excerpt: one.excerpt, score: score + fit, best: score });
        } else {
          if (score > held.best) Object.assign(held, { excerpt: one.excerpt, best: score });
          held.score += score;
        }
      }
    }
    for (const { address: at, title: name } of words.places) { // known by a word that its text does not say
      const fit = at.startsWith(`${address}#`) && !sections.has(at) ? known.get(at) ?? 0 : 0;
      if (fit >= KNOWN) sections.set(at, { href: at, title: name, excerpt: "", score: NAMED * fit, best: 0 });
    }
    const best = [...sections.values()].sort((one, other) => other.score - one.score).slice(0, SHOWN.sections);
    return { href: this.base + address, title, excerpt: best[0]?.excerpt || found[0].excerpt,
      sections: best.map((one) => ({ ...one, href: this.base + one.href })) };
  }

  /** @param {any} data @returns {Place} */
  place({ meta, excerpt }) { return { href: this.base + meta.address, title: meta.title, excerpt }; }

  /** Words of the glossary, those that are meant first. @param {Words} words @param {Map<string, number>} known
   * @param {any[]} data */
  terms(words, known, data) {
    const fits = (/** @type {any} */ one) => known.get(one.meta.address) ?? 0;
    return data.sort((one, other) => fits(other) - fits(one)).map((one) => this.place(one));
  }
}

/** @param {{ weighted_locations: { balanced_score: number }[] }} sub */
const strength = ({ weighted_locations: places }) =>
  places.reduce((sum, { balanced_score: score }) => sum + score, 0);

/** Results of all words as one for each record, the best first.
 * @param {Part[]} shares @param {number} whole the sum for a record that holds all
 * @param {Map<string, { raw: Raw, fit: number }>} named
 * @returns {{ parts: Part[], score: number }[]} */
function ranked(shares, whole, named = new Map()) {
  /** @type {Map<string, { parts: Part[], score: number }>} */
  const found = new Map();
  for (const [id, { raw, fit }] of named) found.set(id, { parts: [{ raw, share: 0 }], score: NAMED * fit });
  for (const part of shares) {
    const one = found.get(part.raw.id) ?? { parts: [], score: 0 };
    one.parts.push(part);
    one.score += part.share / whole;
    found.set(part.raw.id, one);
  }
  return [...found.values()].sort((one, other) => other.score - one.score);
}

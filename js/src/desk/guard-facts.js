/* Facts that together may fit one person alone, as grader/notebook/guard_facts.py counts them. */

const WINDOW = 400; // characters of two sentences that are read together

/** @typedef {{ points: number, pattern: string, public?: boolean }} SignText */
/** @typedef {{ kinds: [string, string], why: string, better: string, least: number, person: string, signs: SignText[] }} FactsText
 * `kinds`: of a mark without, and with, a sign of what the public knows */
/** @typedef {[number, number]} Span */
/** @typedef {{ start: number, end: number, told: Map<number, Span> }} Sentence */

/** @param {FactsText} data what guard.json holds under `facts` @param {(pattern: string) => RegExp | null} compiled
 * null for a pattern that this browser does not know */
export function makeFacts(data, compiled) {
  const [unique, known] = data.kinds;
  const person = compiled(data.person) ?? /[]/;
  const signs = data.signs.flatMap(({ pattern, ...sign }) => {
    const expression = compiled(pattern);
    return expression ? [{ ...sign, expression }] : [];
  });
  const pointsOf = (/** @type {number} */ sign) => signs[sign]?.points ?? 0;
  const sum = (/** @type {Iterable<number>} */ all) => [...all].reduce((total, sign) => total + pointsOf(sign), 0);

  /** Where each sign first stands in a sentence; what the exercise says in the same words is left out.
   * @param {string} sentence @param {Set<string>} said */
  function toldIn(sentence, said) {
    /** @type {Map<number, Span>} */
    const told = new Map();
    for (const [sign, { expression, points }] of signs.entries()) {
      for (const match of sentence.matchAll(expression)) {
        const words = match[1]?.match(/[a-zß-öø-ÿ]{4,}/g) ?? [];
        if (points > 0 && words.length && words.every((word) => said.has(word))) continue;
        told.set(sign, match.indices?.[1] ?? [0, 0]);
        break;
      }
    }
    return told;
  }

  /** Each place whose facts may tell who it is. `said`: words that the exercise says.
   * @param {string} text @param {Set<string>} said */
  function places(text, said) {
    const all = sentences(text).map(([start, end]) => ({ start, end, told: toldIn(text.slice(start, end), said) }));
    const marked = new Set();
    for (const [at, { start, end }] of all.entries()) {
      const pair = all.slice(at, at + 2).filter((one) => one.end - start <= WINDOW || one.end === end);
      if (sum(new Set(pair.flatMap(({ told }) => [...told.keys()]))) < data.least) continue;
      if (text.slice(start, pair.at(-1)?.end).search(person) < 0) continue;
      marked.add(pair.reduce((best, one) => (sum(one.told.keys()) > sum(best.told.keys()) ? one : best)));
    }
    return all.filter((one) => marked.has(one)).map(({ start, told }) => {
      const spans = [...told].filter(([sign]) => pointsOf(sign) > 0).map(([, span]) => span);
      const [first, last] = [Math.min(...spans.map(([a]) => a)), Math.max(...spans.map(([, b]) => b))];
      const isPublic = [...told.keys()].some((sign) => signs[sign]?.public);
      return { kind: isPublic ? known : unique, start: start + first, end: start + last };
    });
  }

  return { why: data.why, better: data.better, places };
}

/** @param {string} text @returns {Span[]} */
function sentences(text) {
  const ends = [...text.matchAll(/[.!?](?= )|\n/g)].map((match) => match.index + 1);
  const starts = [0, ...ends];
  return starts.map((start, at) => /** @type {Span} */ ([start, ends[at] ?? text.length])).filter(([a, b]) => a < b);
}

/* The softer tier of the guard, as grader/notebook/guard_soft.py has it: a word with a capital that the library does
   not know may be a name or a place. */

const BEFORE = 40; // characters before a word that tell whether a sentence begins with it
const [FEW, SHARE] = [8, 5]; // more marks than FEW, and more than one word in SHARE: no English sentences
const NAMES = ["word", "opens", "joins", "tells", "eponym", "learning", "about", "own", "invented"];

/** @typedef {{ kind: string, why: string, better: string, known: string, people: string[] } & Record<string, any>} SoftText */
/** @typedef {[number, number]} Span */

/** @param {SoftText} data what guard.json holds under `soft` */
export function makeSoft(data) {
  const expression = Object.fromEntries(NAMES.map((name) => [name, new RegExp(data[name], name === "word" ? "g" : "")]));
  const known = new Set(data.known.split(" "));
  /** @param {string} name @param {string} text */
  const says = (name, text) => /** @type {RegExp} */ (expression[name]).test(text);
  const word = /** @type {RegExp} */ (expression.word);

  /** Whether a name is said to be invented, or a day to be one of the writer's own training.
   * @param {string} kind @param {string} sentence */
  function nobodys(kind, sentence) {
    if (kind === "name") return says("invented", sentence);
    return kind === "date" && (says("own", sentence) || says("learning", sentence)) && !says("about", sentence);
  }

  /** Words with a capital that stand beside each other. @param {string} text */
  function runs(text) {
    /** @type {Span[][]} */
    const all = [];
    for (const match of text.matchAll(word)) {
      const it = bareOf(match[0]);
      if (!it || it[0] === it[0]?.toLowerCase() || it.slice(1) === it.slice(1).toUpperCase()) continue;
      const last = all.at(-1)?.at(-1);
      /** @type {Span} */
      const span = [match.index, match.index + match[0].length];
      if (last && says("joins", text.slice(last[1], span[0]))) all.at(-1)?.push(span);
      else all.push([span]);
    }
    return all;
  }

  /** @param {string} it @param {(word: string) => boolean} given */
  function knows(it, given) {
    const bare = bareOf(it);
    const plain = bare.toLowerCase().replaceAll("’", "'");
    const parts = [plain, plain.replace(/s$/, ""), ...(plain.includes("-") ? [plain.split("-")[0] ?? ""] : [])];
    return parts.some((part) => known.has(part)) || given(bare);
  }

  /** @param {string} text @param {Span[]} run @param {(word: string) => boolean} given @returns {Span[]} */
  function spanOf(text, run, given) {
    const from = run.find(([start, end]) => !knows(text.slice(start, end), given));
    const to = run.at(-1);
    if (!from || !to) return [];
    const [start, end] = [from[0], to[1]];
    const before = (start > BEFORE ? "x" : "") + text.slice(Math.max(0, start - BEFORE), start);
    const [after, sentence] = [text.slice(end, end + BEFORE), sentenceAt(text, start)];
    if (run.length === 1 && says("opens", before) && !says("tells", after)) return [];
    if (says("eponym", after) || says("invented", sentence)) return [];
    if (says("learning", sentence) && !says("about", sentence)) return [];
    return [[start, end]];
  }

  /** Where a capital may be a name. `given`: whether the exercise says a word.
   * @param {string} text @param {(word: string) => boolean} given */
  function spans(text, given) {
    const inside = data.people.flatMap((one) => [...at(text, one)].map((start) => [start, start + one.length + 2]));
    const found = runs(text).flatMap((run) => spanOf(text, run, given))
      .filter(([start, end]) => !inside.some(([a = 0, b = 0]) => a <= start && end <= b));
    return found.length > FEW && found.length * SHARE > (text.match(word) || []).length ? [] : found;
  }

  return { ...data, nobodys, spans };
}

/** "Anna's" is Anna, and "I'd" is I. @param {string} word */
const bareOf = (word) => word.replace(/['’](?:s|d|m|ve|ll|re)?$/, "");

/** Each place of a phrase in a text. @param {string} text @param {string} phrase */
function* at(text, phrase) {
  for (let next = text.indexOf(phrase); next >= 0; next = text.indexOf(phrase, next + phrase.length)) yield next;
}

/** The sentence, or the line, in which a character stands. @param {string} text @param {number} place */
export function sentenceAt(text, place) {
  const first = Math.max(0, place - 400);
  const before = [...text.slice(first, place).matchAll(/[.!?](?= )|\n/g)].at(-1);
  const after = text.slice(place, place + 400).search(/[.!?](?= )|\n/);
  return text.slice(before ? first + before.index + 1 : first, after < 0 ? place + 400 : place + after);
}

/* The softer tier of the guard, as grader/notebook/guard_soft.py has it: a given name, or another word with a capital
   that the library does not know, may be a person's or a place's. */

const BEFORE = 60; // characters before and after a word that tell what it is
export const NEAR = 120; // characters before a sentence in which a case may have been said to be invented, or behind a name
const SHORTEST = 4; // letters of a name that is looked for where it is written small
const [FEW, SHARE] = [5, 5]; // more marks than FEW, and more than one word in SHARE: no English sentences
const NAMES = [
  "word", "opens", "joins", "tells", "met", "lower", "file", "full", "eponym", "named", "learning", "about", "own",
  "ours", "peer", "invented", "real", "story", "fiction", "initial", "medicine", "family", "many", "home", "surname",
  "line", "alone", "at",
];
export const NAME = "perhaps a name"; // the kind of what this tier marks
export const PLACE = "perhaps a place"; // of a place, large or small, that the text gives to somebody

/** @typedef {{ kind: string, why: string, better: string, known: string, people: string[], towns: string } & Record<string, any>} SoftText */
/** @typedef {[number, number]} Span */
/** @typedef {(word: string) => boolean} Given */

/** @param {SoftText} data what guard.json holds under `soft` @param {Set<string>} theNames given names, folded
 * @param {Set<string>} theWords those that are words or cities, too @param {Set<string>} plain words that the library
 * writes small @param {Set<string>} cities large ones, and regions */
export function makeSoft(data, theNames, theWords, plain, cities) {
  const expression = Object.fromEntries(NAMES.map((name) => [name, new RegExp(data[name], name === "word" ? "g" : "")]));
  const known = new Set([...data.known.split(" "), ...plain, ...cities]);
  const places = new Set([...cities, ...data.towns.split(" ")]);
  /** @param {string} name @param {string} text */
  const says = (name, text) => /** @type {RegExp} */ (expression[name]).test(text);
  const word = /** @type {RegExp} */ (expression.word);

  /** Whether a case that somebody made up is spoken of here, or just before, and no client of one's own is.
   * @param {string} text @param {number} at */
  function isInvented(text, at) {
    const [start, end] = sentenceAt(text, at);
    const sentence = text.slice(start, end);
    return says("invented", says("real", sentence) ? sentence : text.slice(Math.max(0, start - NEAR), end));
  }

  /** Whether a name or a place is of an invented case, or a day one of the writer's own training.
   * @param {string} kind @param {string} text @param {number} at */
  function nobodys(kind, text, at) {
    if (["name", "place", PLACE].includes(kind) && isInvented(text, at)) return true;
    const signs = { date: ["own", "learning"], place: ["home", "many"] }[kind] ?? [];
    const sentence = sentenceOf(text, at);
    return signs.some((sign) => says(sign, sentence)) && !says("about", sentence);
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
      if (!it.includes("-") && /[0-9]/.test(text[span[1]] ?? "")) continue; // HbA1c
      if (last && says("joins", text.slice(last[1], span[0]))) all.at(-1)?.push(span);
      else all.push([span]);
    }
    return all;
  }

  /** The words with a capital where an invented case, or one of the writer's own people, is spoken of.
   * @param {string} text */
  function invented(text) {
    return runs(text).filter((run) => isInvented(text, run[0]?.[0] ?? 0) || isOurs(text, run)).flatMap((run) => run.map(([start, end]) => bareOf(text.slice(start, end))));
  }

  /** Whether somebody of the writer's own life is spoken of; a peer or a relation in full is no less a person.
   * @param {string} text @param {Span[]} run */
  function isOurs(text, run) {
    const last = before(text, run[0]?.[0] ?? 0);
    return says("ours", last) && !(run.length > 1 && says("peer", last));
  }

  /** Whether a film or a book was spoken of just before, and no client of one's own is.
   * @param {string} text @param {number} start */
  function isFiction(text, start) {
    const near = text.slice(Math.max(0, start - NEAR), start);
    return says("fiction", near) && !says("real", near);
  }

  /** Whether it is a given name. `also`: or a word that is one, too. @param {string} it */
  function isName(it, also = false) {
    const plain = folded(bareOf(it));
    /** @param {string} part */
    const has = (part) => theNames.has(part) || theWords.has(part);
    if (plain.includes("-") && plain.split("-").every(has)) return true;
    const parts = plain.length > SHORTEST ? [plain, plain.replace(/s$/, "")] : [plain];
    return parts.some((part) => theNames.has(part) || (also && theWords.has(part)));
  }

  /** @param {string} it @param {Given} given */
  function knows(it, given) {
    const bare = bareOf(it);
    const plain = bare.toLowerCase().replaceAll("’", "'");
    const [first = "", ...rest] = plain.split("-");
    const parts = [plain, plain.replace(/s$/, "")];
    if (rest.length && !rest.some((part) => theNames.has(folded(part)))) parts.push(first); // English-speaking
    const small = folded(bare);
    const isKnown = parts.some((part) => known.has(part)) || theWords.has(small) || cities.has(small);
    return isKnown || says("medicine", small) || given(bare);
  }

  /** Whether a place tells something of a person: it is a `city`, or `unknown` to the library, or, for a `town`, one of
   * both. A country, a day, a faith and a name do not.
   * @param {string} words @param {string[]} wide @param {Set<string>} said @param {string} what */
  function tellsWhere(words, wide, said, what) {
    if (wide.includes(words)) return false;
    const large = words.split(" ").filter((one) => one[0] !== one[0]?.toLowerCase() && !wide.includes(one));
    if (what !== "unknown" && large.some((one) => places.has(folded(bareOf(one))))) return true;
    const isUnknown = (/** @type {string} */ one) => !knows(one, (it) => said.has(it)) && !theNames.has(folded(bareOf(one)));
    return what !== "city" && large.some(isUnknown);
  }

  /** Whether nothing else stands in the line, or before a full stop: the title of an hour, or a heading.
   * @param {string} text @param {Span[]} run */
  function isAlone(text, run) {
    return says("line", before(text, run[0]?.[0] ?? 0)) && says("alone", after(text, run.at(-1)?.[1] ?? 0));
  }

  /** Given names that are written small, beside a sign of a person. @param {string} text @returns {Span[]} */
  function small(text) {
    return [...text.matchAll(word)].flatMap((match) => {
      const it = bareOf(match[0]);
      if (it.length < SHORTEST || it !== it.toLowerCase() || !isName(it) || known.has(it)) return [];
      const next = after(text, match.index + it.length);
      const surname = expression.surname?.exec(next);
      const [all = "", last = ""] = surname ?? [];
      if (surname && it.length > SHORTEST && ![last, last.replace(/s$/, "")].some((one) => known.has(one))) {
        return [/** @type {Span} */ ([match.index, match.index + it.length + all.length])];
      }
      const sign = says("lower", before(text, match.index)) || says("tells", next) || says("file", next);
      return sign ? [/** @type {Span} */ ([match.index, match.index + match[0].length])] : [];
    });
  }

  /** Whether a word with a capital is an author's, a scale's, a character's, or one of the writer's own people's.
   * @param {string} text @param {Span[]} run @param {number} start @param {string} next @param {boolean} person */
  function isElsewhere(text, run, start, next, person) {
    const [last, sentence] = [before(text, start), sentenceOf(text, start)];
    if (says("eponym", next) || isOurs(text, run) || isInvented(text, start)) return true;
    const general = !says("about", sentence);
    if (general && says("many", sentence)) return true;
    if (person) return false;
    if (says("named", last) || says("story", sentence) || isFiction(text, start)) return true;
    return general && (says("home", sentence) || says("learning", sentence));
  }

  /** @param {string} text @param {Span[]} run @param {Given} given @returns {Span[]} */
  function spanOf(text, run, given) {
    const it = run.map(([start, end]) => text.slice(start, end));
    const place = it.findIndex((one) => !knows(one, given));
    const from = place > 0 && isName(it[place - 1] ?? "", true) ? run[place - 1] : run[place]; // a given name that is a word
    const [[first], [lastStart, end]] = [run[0] ?? [0, 0], run.at(-1) ?? [0, 0]];
    const start = from ? from[0] : first;
    const [last, next] = [before(text, start), after(text, lastStart + bareOf(it.at(-1) ?? "").length)];
    const isNamed = it.some((one) => isName(one));
    const told = says("tells", next) && (isNamed || !says("story", sentenceOf(text, start)));
    const person = says("met", last) || says("file", next) || (told && !isFiction(text, start));
    if (it.every((one) => given(bareOf(one))) || isElsewhere(text, run, start, next, person)) return [];
    if (!from) {
      if (says("at", last) && it.every((one) => cities.has(folded(bareOf(one))))) return []; // India is a given name, too
      const named = run.find((_, at) => isName(it[at] ?? "", true) && !given(bareOf(it[at] ?? "")));
      return named && person ? [[named[0], end]] : [];
    }
    if (person || it.some((one) => isName(one) && !knows(one, given))) return [[start, end]];
    const initial = says("initial", last);
    if (run.length === 1 && says("opens", last) && !initial) return [];
    const family = Boolean(it.at(-1)?.endsWith("s")) && says("family", last);
    const full = initial || (run.length > 1 && says("full", last)) || family;
    if (run.length > 1 && isName(it[0] ?? "", true) && isAlone(text, run)) return [[start, end]];
    return full || says("about", sentenceOf(text, start)) ? [[start, end]] : [];
  }

  /** Where a word may be a name. `given`: whether the exercise, or the text as invented, says a word.
   * @param {string} text @param {Given} given */
  function spans(text, given) {
    const inside = data.people.flatMap((one) => [...at(text, one)].map((start) => [start, start + one.length + 2]));
    const found = [
      ...runs(text).flatMap((run) => spanOf(text, run, given)),
      ...small(text).filter(([start, end]) => !given(text.slice(start, end))),
    ].filter(([start, end]) => !inside.some(([a = 0, b = 0]) => a <= start && end <= b));
    return found.length > FEW && found.length * SHARE > (text.match(word) || []).length ? [] : found;
  }

  return { ...data, nobodys, invented, spans, tellsWhere };
}

/** In lower case, without accents. @param {string} word */
export const folded = (word) => word.toLowerCase().replaceAll("’", "'").normalize("NFD").replace(/\p{M}/gu, "");

/** "Anna's" is Anna, and "I'd" is I. @param {string} word */
const bareOf = (word) => word.replace(/['’](?:s|d|m|ve|ll|re)?$/, "");

/** @param {string} text @param {number} at */
const before = (text, at) => (at > BEFORE ? "x" : "") + text.slice(Math.max(0, at - BEFORE), at);

/** @param {string} text @param {number} at */
const after = (text, at) => text.slice(at, at + BEFORE);

/** Each place of a phrase in a text. @param {string} text @param {string} phrase */
function* at(text, phrase) {
  for (let next = text.indexOf(phrase); next >= 0; next = text.indexOf(phrase, next + phrase.length)) yield next;
}

/** The sentence, or the line, in which a character stands. @param {string} text @param {number} place @returns {Span} */
export function sentenceAt(text, place) {
  const first = Math.max(0, place - 400);
  const last = [...text.slice(first, place).matchAll(/[.!?](?= )|\n/g)].at(-1);
  const next = text.slice(place, place + 400).search(/[.!?](?= )|\n/);
  return [last ? first + last.index + 1 : first, next < 0 ? Math.min(text.length, place + 400) : place + next];
}

/** @param {string} text @param {number} place */
const sentenceOf = (text, place) => text.slice(...sentenceAt(text, place));

/* All of one's own study as a file, and such a file brought back: merged, so that nothing that is here is lost. */
import { deskNames, eraseDesks } from "./desk-kept.js";
import { ANSWER, FLAG, HOURS, MARK, READ, isAnswer, isFlag, isHours, isMark, isStop, joinStops } from "./record.js";
import { comesAfter, later } from "./later.js";
import { isReview, mergeReview } from "./memory.js";
import { Results, historyOf, isGone, isResult, isRun, joined, rejoin } from "./run.js";
import { PAGE, isObject, isText } from "./sound.js";
import { t, tn } from "../words.js";

/** @typedef {import("./store.js").SharedStore} SharedStore */
/** @typedef {import("./types.js").Run} Run */
/** @typedef {import("./types.js").Refusal} Refusal */
/** `words`: so many of it, to a reader; `joins` gives what is to be kept of both; `holds`: whether there is something, and not only
 * that it was taken away.
 * @typedef {{ fits: RegExp, words: (n: number) => string, isWhole: (value: unknown) => boolean,
 *   joins: (mine: any, theirs: any) => unknown, holds?: (value: any) => boolean }} Kind */

const VERSION = 1;
/** A mock exam or a session under way. */
const RUN = /^candor-(exam-[\w-]+|session)$/;

/** @template T @param {T} mine */
const here = (mine) => mine;
/** @param {import("./types.js").ReviewWork} mine @param {import("./types.js").ReviewWork} theirs */
function joinReviews(mine, theirs) {
  mergeReview(mine, theirs);
  const { last, open, at = 0 } = theirs;
  return comesAfter([mine.last, mine.open], mine.at ?? 0, [last, open], at) ? { ...mine, last, open, at } : mine;
}
/** @param {string} name @param {string} rest a pattern */
const begins = (name, rest = "[^]+") => new RegExp(`^${name}${rest}$`);

/** @type {Kind[]} */
export const KINDS = [
  { fits: begins(ANSWER), words: (n) => tn("{n} question answered", "{n} questions answered", n),
    isWhole: isAnswer, joins: later },
  { fits: begins(FLAG), words: (n) => tn("{n} question flagged", "{n} questions flagged", n),
    isWhole: isFlag, joins: later, holds: ({ on }) => on },
  { fits: begins(READ, PAGE), words: (n) => tn("{n} page read", "{n} pages read", n), isWhole: isStop, joins: joinStops },
  { fits: begins(MARK, `${PAGE}#[^]+`), words: (n) => tn("{n} section bookmarked", "{n} sections bookmarked", n),
    isWhole: isMark, joins: later, holds: ({ on, text }) => on || Boolean(text) },
  { fits: begins(HOURS), words: (n) => tn("{n} line of your hours", "{n} lines of your hours", n), isWhole: isHours,
    joins: later, holds: ({ line }) => Boolean(line) },
  { fits: /^candor-review$/, isWhole: isReview, words: () => t("the dates of your spaced review"), joins: joinReviews },
  { fits: /^candor-flashcards$/, isWhole: isReview, words: () => t("the dates of your flashcards"), joins: joinReviews },
  {
    fits: /^candor-(history-[\w-]+|sessions)$/, words: () => t("your results"),
    isWhole: (value) => Array.isArray(value) && value.every((one) => isResult(one) || isGone(one)), joins: joined,
    holds: (value) => value.some(isResult),
  },
  {
    fits: RUN, isWhole: (value) => isRun(value),
    words: (n) => tn("{n} mock exam or session under way", "{n} mock exams or sessions under way", n),
    joins(mine, theirs) {
      rejoin(mine, theirs); // another run than ours is left out: one at a time is under way
      return mine;
    },
  },
  { fits: /^candor-(place|keys|deck|start|voice|body)$/, words: (n) => tn("{n} setting", "{n} settings", n),
    isWhole: isText, joins: here },
];

/** @param {string} name */
const kindOf = (name) => KINDS.find(({ fits }) => fits.test(name));

/** The names of all that is kept, those of no kind of ours left out. @param {SharedStore} store */
export const ours = (store) => store.names("candor-").filter(kindOf);

/** What is kept, of all or under these names, in words: how many of each kind.
 * @param {SharedStore} store @param {string[]} names */
export function inventory(store, names = ours(store)) {
  return KINDS.flatMap(({ fits, words, isWhole, holds = () => true }) => {
    const count = names.filter((name) => {
      const value = fits.test(name) && store.read(name);
      return value && isWhole(value) && holds(value);
    }).length;
    return count ? [words(count)] : [];
  });
}

/** @param {SharedStore} store @param {Date} now */
export function takeOut(store, now = new Date()) {
  const kept = Object.fromEntries(ours(store).sort().map((name) => [name, store.read(name)]));
  return { candor: "study", version: VERSION, made: now.toISOString(), kept };
}

/** Of a file that was read: what in it could not be. @param {number} n @returns {string} "" for none */
export const leftOut = (n) => (n ? tn("{n} entry could not be read and was left out.",
  "{n} entries could not be read and were left out.", n) : "");

/** Brings a file back, whole or not at all: what is no study file, is from a version that is not known, or finds no room,
 * changes nothing. What cannot be read in one is left out and counted; `taken` is under which names the rest is kept.
 * @param {SharedStore} store @param {any} file
 * @returns {{ taken: string[], refused: number, why: "" | "other" | "newer" | "full" | "closed" }} */
export function bringBack(store, file) {
  /** @type {{ taken: string[], refused: number }} */
  const none = { taken: [], refused: 0 };
  if (!isObject(file) || file.candor !== "study" || !isObject(file.kept)) return { ...none, why: "other" };
  if (file.version !== VERSION) return { ...none, why: file.version > VERSION ? "newer" : "other" };
  let refused = 0;
  /** @type {[string, unknown][]} */
  const before = [];
  for (const [name, theirs] of Object.entries(file.kept)) {
    const mine = store.read(name);
    const value = merged(name, structuredClone(mine), theirs);
    const why = value === undefined ? "" : store.write(name, value);
    if (why) {
      putBack(store, before);
      return { ...none, why };
    }
    if (value === undefined) refused += 1;
    else before.push([name, mine]);
  }
  for (const [name] of before) store.keep(name, store.read(name)); // now that all of it is there
  dropOver(store);
  return { taken: before.map(([name]) => name), refused, why: "" };
}

/** What is to be kept under a name; undefined where what came cannot be read.
 * @param {string} name @param {unknown} mine @param {unknown} theirs */
function merged(name, mine, theirs) {
  const kind = kindOf(name);
  if (!kind?.isWhole(theirs)) return undefined;
  const value = kind.isWhole(mine) ? kind.joins(mine, theirs) : theirs;
  try {
    JSON.stringify(value);
  } catch {
    return undefined; // lists in lists, deeper than a browser can write
  }
  return value;
}

/** First what was not there goes, so that there is room for the rest. @param {SharedStore} store
 * @param {[string, unknown][]} before */
function putBack(store, before) {
  for (const [name, value] of before) if (value === null) store.remove(name);
  for (const [name, value] of before) if (value !== null) store.write(name, value);
}

/** Takes out the runs that are over: a file, a tab or the journal may bring one back whose result is here, or was deleted
 * here. What was answered in one that its result does not have comes into it first; where that finds no room, the run stays.
 * @param {SharedStore} store @returns {string[]} the names under which something changed */
export function dropOver(store) {
  return ours(store).filter((name) => RUN.test(name)).flatMap((name) => {
    const run = store.read(name);
    const results = new Results(store, historyOf(name));
    if (!isRun(run) || !results.over(run.began)) return [];
    const refused = results.takeIn(run);
    if (!refused) store.remove(name);
    return refused ? [] : [name, ...(refused === "" ? [results.at] : [])];
  });
}

/** The rules of the journal. A run has a row of its own, so that one that another tab began does not take its place.
 * @type {import("./journal.js").Rules} */
export const rules = {
  rowOf: (name, value) => (RUN.test(name) && isRun(value) ? `${name}\n${value.began}` : name),
  together(row, mine, theirs) {
    const kind = kindOf(nameOf(row));
    const [one, other] = [JSON.parse(mine), JSON.parse(theirs)];
    return kind?.isWhole(one) && kind.isWhole(other) ? JSON.stringify(kind.joins(one, other)) : mine;
  },
};

/** Under which name the record has what stands in a row of the journal. @param {string} row */
const nameOf = (row) => {
  const [name] = row.split("\n");
  return RUN.test(name) ? name : row;
};

/** What came of taking something in: the names under which it changed something, or why it found no room.
 * @typedef {{ changed: string[], refused: Refusal }} Taken */

/** Takes into the record what a row of the journal has and the record does not.
 * @param {SharedStore} store @param {string} row @param {string} text @returns {Taken} */
export function takeBack(store, row, text) {
  const [name, theirs] = [nameOf(row), JSON.parse(text)];
  const kind = kindOf(name);
  if (!kind?.isWhole(theirs)) return { changed: [], refused: "" };
  const mine = store.read(name);
  if (isRun(theirs)) return takeRun(store, name, isRun(mine) ? mine : null, theirs);
  return put(store, name, mine, kind.isWhole(mine) ? kind.joins(structuredClone(mine), theirs) : theirs);
}

/** Of two runs that were begun the later goes on; what was answered in the other, or in one that is over, is kept as a
 * result. @param {SharedStore} store @param {string} name @param {Run | null} mine @param {Run} theirs @returns {Taken} */
function takeRun(store, name, mine, theirs) {
  const results = new Results(store, historyOf(name));
  const over = results.over(theirs.began);
  if (mine?.began === theirs.began && !over) {
    const both = structuredClone(mine);
    rejoin(both, theirs);
    return put(store, name, mine, both);
  }
  const goesOn = !over && theirs.began > (mine?.began ?? 0);
  const other = goesOn ? mine : theirs;
  const refused = other && results.takeIn(other);
  if (refused) return { changed: [], refused };
  const { changed, ...rest } = put(store, name, mine, goesOn ? theirs : mine);
  return { ...rest, changed: [...changed, ...(refused === "" ? [results.at] : [])] };
}

/** @param {SharedStore} store @param {string} name @param {unknown} before @param {unknown} value @returns {Taken} */
function put(store, name, before, value) {
  if (JSON.stringify(before) === JSON.stringify(value)) return { changed: [], refused: "" };
  const refused = store.write(name, value);
  return { changed: refused ? [] : [name], refused };
}

/** Leaves nothing of ours, on the desk of the book at `root` neither. Gives the names that went when they cannot come
 * back; rejects where they may, or where the desk still has its assignments.
 * @param {SharedStore} store @param {string} root the path of the book on its host */
export async function eraseAll(store, root) {
  const names = ours(store);
  const desk = eraseDesks(store, root);
  const held = await desk.then(() => deskNames(store, root), () => []);
  await store.erase([...names, ...held]);
  await desk; // rejects where another tab holds it
  return names;
}

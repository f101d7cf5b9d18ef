/* All of one's own study as a file, and such a file brought back: merged, so that nothing that is here is lost. */
import { deskNames, eraseDesks } from "./desk-kept.js";
import { ANSWER, FLAG, HOURS, MARK, READ, isAnswer, isFlag, isHours, isMark, isStop, joinStops } from "./record.js";
import { isReview, mergeReview } from "./memory.js";
import { Results, historyOf, isGone, isResult, isRun, joined, rejoin } from "./run.js";
import { PAGE, isObject, isText } from "./sound.js";
import { t, tn } from "../words.js";

/** @typedef {import("./store.js").SharedStore} SharedStore */
/** `words`: so many of it, to a reader; `joins` gives what is to be kept of both; `replaces`: whether what
 * was kept last stands for another thing than what was kept before; `holds`: whether there is something, and not only
 * that it was taken away.
 * @typedef {{ fits: RegExp, words: (n: number) => string, isWhole: (value: unknown) => boolean,
 *   joins: (mine: any, theirs: any) => unknown, replaces?: (last: any, before: any) => boolean,
 *   holds?: (value: any) => boolean }} Kind */

const VERSION = 1;

/** @param {{ at: number }} mine @param {{ at: number }} theirs */
const later = (mine, theirs) => (mine.at < theirs.at ? theirs : mine);
/** @template T @param {T} mine */
const here = (mine) => mine;
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
  {
    fits: /^candor-(review|flashcards)$/, isWhole: isReview,
    words: () => t("the dates of your spaced review"),
    joins(mine, theirs) {
      mergeReview(mine, theirs);
      const { last, open, at = 0 } = theirs;
      return at > (mine.at ?? 0) ? { ...mine, last, open, at } : mine;
    },
  },
  {
    fits: /^candor-(history-[\w-]+|sessions)$/, words: () => t("your results"),
    isWhole: (value) => Array.isArray(value) && value.every((one) => isResult(one) || isGone(one)), joins: joined,
    holds: (value) => value.some(isResult),
  },
  {
    fits: /^candor-(exam-[\w-]+|session)$/, isWhole: (value) => isRun(value),
    words: (n) => tn("{n} mock exam or session under way", "{n} mock exams or sessions under way", n),
    joins(mine, theirs) {
      rejoin(mine, theirs); // another run than ours is left out: one at a time is under way
      return mine;
    },
    replaces: (last, before) => last.began > before.began,
  },
  { fits: /^candor-(place|keys|deck|voice|body)$/, words: (n) => tn("{n} setting", "{n} settings", n),
    isWhole: isText, joins: here },
];

/** @param {string} name */
const kindOf = (name) => KINDS.find(({ fits }) => fits.test(name));

/** The names of all that is kept, those of no kind of ours left out. @param {SharedStore} store */
export const ours = (store) => store.names("candor-").filter(kindOf);

/** What is kept, in words: how many of each kind. @param {SharedStore} store */
export function inventory(store) {
  const names = ours(store);
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
 * changes nothing. What cannot be read in one is left out and counted.
 * @param {SharedStore} store @param {any} file
 * @returns {{ taken: number, refused: number, why: "" | "other" | "newer" | "full" | "closed" }} */
export function bringBack(store, file) {
  const none = { taken: 0, refused: 0 };
  if (!isObject(file) || file.candor !== "study" || !isObject(file.kept)) return { ...none, why: "other" };
  if (file.version !== VERSION) return { ...none, why: file.version > VERSION ? "newer" : "other" };
  let refused = 0;
  /** @type {[string, unknown][]} */
  const before = [];
  for (const [name, theirs] of Object.entries(file.kept)) {
    const mine = store.read(name);
    const value = merged(name, structuredClone(mine), theirs);
    const why = value === undefined ? "" : store.keep(name, value);
    if (why) {
      putBack(store, before);
      return { ...none, why };
    }
    if (value === undefined) refused += 1;
    else before.push([name, mine]);
  }
  dropOver(store);
  return { taken: before.length, refused, why: "" };
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
  for (const [name, value] of before) if (value !== null) store.keep(name, value);
}

/** Takes out the runs that are over: a file or the journal may bring one back whose result is here, or was deleted here.
 * @param {SharedStore} store @returns {string[]} the names that went */
export function dropOver(store) {
  const over = store.names("candor-").filter((name) => {
    const run = /^candor-(exam-.+|session)$/.test(name) && store.read(name);
    return isRun(run) && new Results(store, historyOf(name)).over(run.began);
  });
  for (const name of over) store.remove(name);
  return over;
}

/** What the record should hold where the journal has this text: both, joined; `lost`: it holds less now.
 * @param {SharedStore} store @param {string} name @param {string} text
 * @returns {{ value: unknown, lost: boolean }} */
export function rejoined(store, name, text) {
  const kind = kindOf(name);
  const theirs = JSON.parse(text);
  const mine = store.read(name);
  if (!kind?.isWhole(theirs)) return { value: mine, lost: false };
  if (!kind.isWhole(mine) || kind.replaces?.(theirs, mine)) return { value: theirs, lost: true };
  const before = JSON.stringify(mine);
  const value = kind.joins(mine, theirs);
  return { value, lost: JSON.stringify(value) !== before };
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

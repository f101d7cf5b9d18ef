/* What to do after a result: what to read again, and what to practise. Pure. */
import { FEW, grouped } from "./score.js";
import { t, tn } from "../words.js";

/** @typedef {import("./types.js").Row} Row */
/** @typedef {import("./types.js").Card} Card */
/** Addresses from the root of the book. `words`: the objective to read on, and how many others of the chapter.
 * @typedef {{ title: string, href: string, words: string }} Reading */

const READINGS = 3;
const ENOUGH = 0.8; // of an objective's points; below it is read again

/** The sections to read again: of the chapters in which most was lost, each at the objective that lost most. Only what
 * was answered counts: of a question left open nobody knows.
 * @param {Row[]} rows @returns {Reading[]} */
export function readings(rows) {
  const answered = rows.filter((row) => row.chosen);
  const weak = grouped(answered, ({ card }) => `${card.page}\n${card.objective}`).map(([, group]) => group)
    .filter(({ got, of }) => got < ENOUGH * of);
  /** @type {Map<string, { lost: number, all: import("./score.js").Group[] }>} */
  const chapters = new Map();
  for (const group of weak) {
    const { lost, all } = chapters.get(group.card.page) ?? { lost: 0, all: [] };
    chapters.set(group.card.page, { lost: lost + group.of - group.got, all: [...all, group] });
  }
  return [...chapters.values()].sort((one, other) => other.lost - one.lost).slice(0, READINGS).map(({ all }) => {
    const [{ card }] = all.sort((one, other) => (other.of - other.got) - (one.of - one.got));
    const more = all.length - 1;
    const { objective } = card;
    const words = more ? tn("{objective} And {n} more of its objectives.", "{objective} And {n} more of its objectives.",
      more, { objective }) : objective;
    return { title: card.chapter, href: card.section, words };
  });
}

/** What to practise: what was missed, else what is new.
 * @param {Row[]} rows @returns {{ words: string, href: string }} */
export function practice(rows) {
  const missed = rows.filter((row) => row.chosen && row.got < 1).length;
  const href = `practice/sessions.html?from=${missed ? "missed" : "unseen"}`;
  return { words: missed ? tn("Practise the question you missed", "Practise the {n} questions you missed", missed)
    : t("Practise new questions"), href };
}

/** By part of the book, the weakest first. Parts with few questions are joined, since so few say nothing: `joined` says
 * how many, 0 for a row of one part. @param {Row[]} rows */
export function parts(rows) {
  const all = grouped(rows, (row) => row.card.part || row.card.chapter);
  const few = all.filter(([, { of }]) => of < FEW);
  const many = all.filter(([, { of }]) => of >= FEW).map(([title, group]) => ({ title, group, joined: 0 }));
  if (!few.length) return many;
  const [got, of] = [few.reduce((sum, [, one]) => sum + one.got, 0), few.reduce((sum, [, one]) => sum + one.of, 0)];
  const title = few.length === 1 ? few[0][0]
    : tn("{n} part, with fewer than {few} questions", "{n} parts together, each with fewer than {few} questions", few.length, { few: FEW });
  const joined = { title, group: { got, of, card: few[0][1].card }, joined: few.length };
  return [...many, joined].sort((one, other) => one.group.got / one.group.of - other.group.got / other.group.of);
}

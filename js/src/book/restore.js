/* As a page opens: what the journal has and the record lost comes back into it, what was erased and the record still has
   goes, and what the record has had for long goes from the journal. */
import { ALL } from "./journal.js";
import { ERASED } from "./store.js";
import { dropOver, ours, rules, takeBack } from "./study.js";

/** @typedef {import("./store.js").SharedStore} SharedStore */

/** For so long a browser may take to write its localStorage: Chromium about a minute, once much was written. */
export const LATE = 10 * 60_000;

/** What is to stand in the journal in this row's place, after the record has taken in what it lost.
 * @param {SharedStore} store @param {import("./journal.js").Row} row @param {number} now
 * @param {(name: string) => void} changed */
export function judged(store, row, now, changed) {
  if (row.name === ALL) return erased(store, row, now, changed);
  const { changed: names, refused } = takeBack(store, row.name, row.text);
  names.forEach(changed);
  if (refused) return row; // full: another time
  if (names.length) return { ...row, at: now };
  return Math.abs(now - row.at) > LATE ? null : row;
}

/** The row of an erasing, which is the first. Where the record has not its sign, all that it has was to be erased, and what
 * was kept since is in the rows that follow.
 * @param {SharedStore} store @param {import("./journal.js").Row} row @param {number} now
 * @param {(name: string) => void} changed */
function erased(store, row, now, changed) {
  if (store.read(row.text) !== null) return Math.abs(now - row.at) > LATE ? null : row;
  for (const name of ours(store)) {
    store.real?.removeItem(name);
    changed(name);
  }
  if (store.write(row.text, now)) return null;
  changed(row.text);
  return { ...row, at: now };
}

/** The signs of erasings that the journal has no more go, and with the last of them a journal that holds nothing: what was
 * erased leaves nothing in the end.
 * @param {SharedStore} store @param {import("./journal.js").Row[]} rows what the journal has now @param {number} now */
async function dropSigns(store, rows, now) {
  const held = rows.find(({ name }) => name === ALL)?.text;
  const old = store.names(ERASED).filter((name) => name !== held && Math.abs(now - Number(store.read(name))) > LATE);
  for (const name of old) store.real?.removeItem(name);
  if (old.length && !rows.length) await store.journal?.drop();
}

/** Once on each page, before it keeps anything; the page hears of it as of another tab's writing.
 * @param {SharedStore} store @returns {Promise<void>} fulfilled when it is done */
export async function restore(store) {
  const { journal } = store;
  if (!journal || store.restored) return;
  store.restored = true;
  journal.rules = rules;
  const now = Date.now();
  /** @type {string[]} */
  const changes = [];
  const changed = (/** @type {string} */ key) => void changes.push(key);
  const judge = (/** @type {import("./journal.js").Row} */ row) => judged(store, row, now, changed);
  await journal.review(judge).then((rows) => dropSigns(store, rows, now)).catch(() => {});
  changes.push(...dropOver(store));
  for (const key of new Set(changes)) store.tell(key);
}

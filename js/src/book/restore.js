/* As a page opens: what the journal has and the record lost comes back into it, what was erased and the record still has
   goes, and what the record has had for long goes from the journal. */
import { ALL } from "./journal.js";
import { ERASED } from "./store.js";
import { dropOver, ours, rejoined } from "./study.js";

/** @typedef {import("./store.js").SharedStore} SharedStore */

/** For so long a browser may take to write its localStorage: Chromium about a minute, once much was written. */
export const LATE = 10 * 60_000;

/** What is to stand in the journal in this row's place, after the record has taken in what it lost.
 * @param {SharedStore} store @param {import("./journal.js").Row} row @param {number} now
 * @param {(name: string) => void} changed */
export function judged(store, row, now, changed) {
  if (row.name === ALL) return erased(store, row, now, changed);
  const { value, lost } = rejoined(store, row.name, row.text);
  if (!lost) return Math.abs(now - row.at) > LATE ? null : row;
  if (store.write(row.name, value)) return row; // full: another time
  changed(row.name);
  return { ...row, text: JSON.stringify(value), at: now };
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

/** Once on each page; the page hears of it as of another tab's writing. @param {SharedStore} store */
export function restore(store) {
  const { journal, real } = store;
  if (!journal || store.restored) return;
  store.restored = true;
  const now = Date.now();
  /** @type {string[]} */
  const changes = [];
  const changed = (/** @type {string} */ key) => void changes.push(key);
  const judge = (/** @type {import("./journal.js").Row} */ row) => judged(store, row, now, changed);
  journal.review(judge).then((rows) => dropSigns(store, rows, now)).catch(() => {}).then(() => {
    changes.push(...dropOver(store));
    for (const key of changes) dispatchEvent(new StorageEvent("storage", { key, storageArea: real }));
  });
}

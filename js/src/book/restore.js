/* As a page opens: what the journal has and the record lost comes back into it, and what the record has had for long goes
   from the journal. */
import { rejoined } from "./study.js";

/** @typedef {import("./store.js").SharedStore} SharedStore */

/** For so long a browser may take to write its localStorage: Chromium about a minute, once much was written. */
export const LATE = 10 * 60_000;

/** What is to stand in the journal in this row's place, after the record has taken in what it lost.
 * @param {SharedStore} store @param {import("./journal.js").Row} row @param {number} now
 * @param {(name: string) => void} changed */
export function judged(store, row, now, changed) {
  const { value, lost } = rejoined(store, row.name, row.text);
  if (!lost) return Math.abs(now - row.at) > LATE ? null : row;
  if (store.write(row.name, value)) return row; // full: another time
  changed(row.name);
  return { ...row, text: JSON.stringify(value), at: now };
}

/** Once on each page; the page hears of it as of another tab's writing. @param {SharedStore} store */
export function restore(store) {
  const { journal, real } = store;
  if (!journal || store.restored) return;
  store.restored = true;
  /** @param {string} key */
  const changed = (key) => void changes.push(key);
  /** @type {string[]} */
  const changes = [];
  journal.review((row) => judged(store, row, Date.now(), changed)).catch(() => {}).then(() => {
    for (const key of changes) dispatchEvent(new StorageEvent("storage", { key, storageArea: real }));
  });
}

/* What was kept last, once more, in a database that is on the disk before it says so: a browser writes its localStorage
   seconds later, and when it is killed before, what was answered in them is gone. It is also where two tabs meet that wrote
   one name at the same moment: localStorage then has what one of them wrote, the journal has both, since a row is read,
   joined and written in one transaction. Where there is no database, nothing throws: all is as it would be without a
   journal. */

/** `at`: when the record took it, or took it back. @typedef {{ name: string, text: string, at: number }} Row */

/** What the journal must know of what it keeps (study.js says it): in which row a value stands, and what stands of two texts
 * that came into one row, `mine` after `theirs`.
 * @typedef {{ rowOf: (name: string, value: unknown) => string,
 *   together: (row: string, mine: string, theirs: string) => string }} Rules */

/** The name of the row that says that all was erased, before all others; its text is the sign of that erasing. */
export const ALL = "";

const NAME = "candor-journal";
const SHELF = "kept";

/** @param {IDBTransaction} work @returns {Promise<void>} */
const ended = (work) => new Promise((done, failed) => {
  work.oncomplete = () => done();
  work.onabort = () => failed(work.error);
});

export class Journal {
  constructor() {
    /** @type {IDBDatabase | null} */
    this.base = null;
    /** @type {Rules} */
    this.rules = { rowOf: (name) => name, together: (_row, mine) => mine };
    /** What is still to be written, by rows. @type {Map<string, string>} */
    this.waiting = new Map();
    /** Fulfilled when all that was given so far is on the disk, or cannot be. @type {Promise<void>} */
    this.settled = Promise.resolve();
    /** The page goes. WebKit lets what it begins then stand open for good, and no other page could write.
     * @type {boolean} */
    this.leaving = false;
    globalThis.addEventListener?.("pagehide", () => (this.leaving = true), true); // before whoever keeps something then
    globalThis.addEventListener?.("pageshow", () => {
      this.leaving = false;
      if (this.waiting.size) this.after(() => this.write()).catch(() => {});
    }, true);
  }

  /** Work comes one after the other, so that no earlier text takes the place of a later one.
   * @template T @param {() => Promise<T>} work */
  after(work) {
    const done = this.settled.then(work);
    this.settled = done.then(() => {}, () => {});
    return done;
  }

  /** The database; where there is none it is made, or null is given: looking leaves nothing behind.
   * @param {boolean} make @returns {Promise<IDBDatabase | null>} */
  open(make) {
    if (this.base) return Promise.resolve(this.base);
    return new Promise((done, failed) => {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => {
        if (make) asked.result.createObjectStore(SHELF, { keyPath: "name" });
        else asked.transaction?.abort();
      };
      asked.onerror = (event) => {
        event.preventDefault();
        if (make) failed(asked.error);
        else done(null);
      };
      asked.onsuccess = () => {
        const base = this.base = asked.result;
        base.onclose = () => (this.base = null);
        base.onversionchange = () => { // another tab erases it
          base.close();
          this.base = null;
        };
        done(base);
      };
    });
  }

  /** Writes a value under a name, as it is now. What is given in one go is written in one go.
   * @param {string} name @param {unknown} value */
  keep(name, value) {
    this.waiting.set(this.rules.rowOf(name, value), JSON.stringify(value));
    if (this.waiting.size === 1) this.after(() => this.write()).catch(() => {});
  }

  async write() {
    const base = this.waiting.size && !this.leaving ? await this.open(true).catch(() => null) : null;
    if (this.leaving) return; // localStorage has it, and a page that comes back writes it
    const all = [...this.waiting];
    this.waiting.clear();
    if (!base || !all.length) return; // it went with an earlier one, or was erased
    const work = base.transaction(SHELF, "readwrite", { durability: "strict" });
    const shelf = work.objectStore(SHELF);
    for (const [name, text] of all) {
      const asked = shelf.get(name);
      asked.onsuccess = () => {
        const there = /** @type {Row | undefined} */ (asked.result); // another tab's, or ours of before
        shelf.put({ name, text: there ? this.rules.together(name, text, there.text) : text, at: Date.now() });
      };
    }
    await ended(work);
  }

  /** Goes through all rows: `judge` gives what is to stand in the place of each, null for nothing. Gives those that stand.
   * @param {(row: Row) => Row | null} judge @returns {Promise<Row[]>} */
  review(judge) {
    return this.after(async () => {
      const base = await this.open(false);
      if (!base) return [];
      const work = base.transaction(SHELF, "readwrite", { durability: "strict" });
      const shelf = work.objectStore(SHELF);
      const asked = shelf.getAll(); // in the order of their names
      /** @type {Row[]} */
      const rows = [];
      asked.onsuccess = () => {
        for (const row of asked.result) {
          const next = judge(row);
          if (next) rows.push(next);
          if (!next) shelf.delete(row.name);
          else if (next !== row) shelf.put(next);
        }
      };
      await ended(work);
      return rows;
    });
  }

  /** Takes all rows out but one, which holds the sign, where there is one. Rejects where that cannot be. @param {string} sign */
  erase(sign) {
    this.waiting.clear();
    return this.after(async () => {
      if (!globalThis.indexedDB) return;
      const base = await this.open(true);
      const work = base?.transaction(SHELF, "readwrite", { durability: "strict" });
      if (!work) return;
      work.objectStore(SHELF).clear();
      if (sign) work.objectStore(SHELF).put({ name: ALL, text: sign, at: Date.now() });
      work.commit?.();
      await ended(work);
    });
  }

  /** Leaves no database. */
  drop() {
    return this.after(() => new Promise((/** @type {(nothing: void) => void} */ done) => {
      this.base?.close();
      this.base = null;
      const asked = indexedDB.deleteDatabase(NAME); // other tabs let go of it
      asked.onsuccess = asked.onerror = () => done(undefined);
    }));
  }
}

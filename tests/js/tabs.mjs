/* A browser with several tabs, as far as what they keep goes: each tab sees the localStorage of before until it hears what
   the others wrote; a database is one for all, and one transaction comes after the other. Either may be cut off anywhere. */
import { Journal } from "../../js/src/book/journal.js";
import { SharedStore } from "../../js/src/book/store.js";

/** A database of IndexedDB with one store, as far as the journal uses it. */
class Base {
  constructor() {
    /** @type {Map<string, any> | null} by the names of the rows */
    this.rows = null;
    /** @type {Promise<void>} */
    this.last = Promise.resolve();
  }

  get factory() {
    return { open: () => {
      /** @type {any} */
      const asked = { result: this.opened };
      queueMicrotask(() => {
        if (!this.rows) {
          let stays = true;
          asked.transaction = { abort: () => void (stays = false) };
          asked.result = { ...this.opened, createObjectStore: () => (this.rows = new Map()) };
          asked.onupgradeneeded();
          if (!stays) return asked.onerror({ preventDefault() {} });
        }
        asked.onsuccess();
      });
      return asked;
    } };
  }

  get opened() { return { close() {}, transaction: () => this.transaction() }; }

  transaction() {
    /** @type {(() => void)[]} */
    const work = [];
    /** @param {(rows: Map<string, any>) => unknown} act */
    const request = (act) => {
      /** @type {any} */
      const asked = {};
      work.push(() => {
        asked.result = structuredClone(act(/** @type {Map<string, any>} */ (this.rows)));
        asked.onsuccess?.();
      });
      return asked;
    };
    /** @type {any} */
    const made = { objectStore: () => ({
      get: (/** @type {string} */ name) => request((rows) => rows.get(name)),
      getAll: () => request((rows) => [...rows.keys()].sort().map((name) => rows.get(name))),
      put: (/** @type {{ name: string }} */ row) => request((rows) => void rows.set(row.name, structuredClone(row))),
      delete: (/** @type {string} */ name) => request((rows) => void rows.delete(name)),
    }), commit() {} };
    this.last = this.last.then(() => {
      while (work.length) work.shift()?.();
      made.oncomplete();
    });
    return made;
  }
}

export class Tab {
  /** @param {World} world */
  constructor(world) {
    this.world = world;
    this.journal = new Journal();
    this.store = new SharedStore(this.area, this.journal);
    /** @type {Map<string, string>} */
    this.view = new Map();
    this.hear();
  }

  /** What the others wrote has come here. */
  hear() { this.view = new Map(this.world.kept); }

  /** What is kept from now on is not yet on the disk. Gives what puts it there. @returns {() => Promise<void>} */
  holding() {
    const { journal } = this;
    const before = journal.settled;
    /** @type {(nothing: void) => void} */
    let open = () => {};
    const gate = new Promise((/** @type {typeof open} */ done) => (open = done));
    journal.settled = before.then(() => gate);
    return () => {
      open();
      return journal.settled;
    };
  }

  get area() {
    const tab = this;
    return /** @type {Storage} */ ({
      getItem: (name) => tab.view.get(name) ?? null,
      setItem(name, text) {
        tab.view.set(name, String(text));
        tab.world.written.push([name, String(text)]);
      },
      removeItem(name) {
        tab.view.delete(name);
        tab.world.written.push([name, null]);
      },
      clear() {},
      key: (place) => [...tab.view.keys()][place] ?? null,
      get length() { return tab.view.size; },
    });
  }
}

export class World {
  constructor() {
    this.base = new Base();
    /** Everything that was written to localStorage, in its order; null: taken out. @type {[string, string | null][]} */
    this.written = [];
    Object.assign(globalThis, {
      indexedDB: this.base.factory, dispatchEvent() {}, StorageEvent: class extends Event {},
    });
  }

  get kept() {
    const all = new Map(this.written);
    return /** @type {Map<string, string>} */ (new Map([...all].filter(([, text]) => text !== null)));
  }

  /** The browser opened again, of whose localStorage so many writings had come to the disk.
   * @param {number} on */
  again(on) {
    const next = new World();
    next.written = this.written.slice(0, on);
    next.base.rows = structuredClone(this.base.rows);
    return next;
  }
}

/* What a browser keeps for the book, over its localStorage. Where the store is closed to the page (no cookies, a frame
   in a learning platform) or full, that is said and nothing throws. */

const PROBE = "candor-probe";
const LONGEST = 300; // milliseconds that a person waits for the disk

/** What begins so is the sign of an erasing, written behind it: browsers write in order, so where the sign is missing the
 * erasing is not yet on the disk. Its value is its time. */
export const ERASED = "candor-erased:";

/** The real area of this kind, or null where the page may not have it.
 * @param {"localStorage" | "sessionStorage"} kind
 * @returns {Storage | null} */
function open(kind) {
  try {
    window[kind].getItem(PROBE);
    return window[kind];
  } catch {
    return null;
  }
}

/** "" when the text is kept; else why not.
 * @param {Storage | null} area
 * @param {string} name
 * @param {string} text
 * @returns {"" | "closed" | "full"} */
function put(area, name, text) {
  if (!area) return "closed";
  try {
    area.setItem(name, text);
    return "";
  } catch (error) {
    return error instanceof DOMException && error.code === DOMException.SECURITY_ERR ? "closed" : "full";
  }
}

/** What the work gives; undefined where the area was closed to the page since it came: its owner may forbid it at any time.
 * @template T @param {() => T} work */
function allowed(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** Reads what is really there, and holds in memory what the real area does not take.
 * @param {Storage | null} real */
function standIn(real) {
  /** @type {Map<string, string | null>} */
  const held = new Map();
  return {
    /** @param {string} name */
    getItem: (name) => (held.has(name) ? held.get(name) : real ? real.getItem(name) : null),
    /** @param {string} name @param {unknown} text */
    setItem: (name, text) => void held.set(name, String(text)),
    /** @param {string} name */
    removeItem: (name) => void held.set(name, null),
    clear: () => held.clear(),
    key: () => null,
    length: 0,
  };
}

/** The real area, or null; scripts that come later find one that does not throw.
 * @param {"localStorage" | "sessionStorage"} kind
 * @returns {Storage | null} */
export function secured(kind) {
  const real = open(kind);
  const refused = put(real, PROBE, "x".repeat(100));
  if (real) real.removeItem(PROBE);
  if (refused) Object.defineProperty(window, kind, { value: standIn(real), configurable: true });
  return real;
}

/** JSON values under names in one area, which all tabs of a browser share. */
export class SharedStore {
  /** `journal`: what is on the disk before the real area is, where there is one.
   * @param {Storage | null} real @param {import("./journal.js").Journal | null} journal */
  constructor(real, journal = null) {
    this.real = real;
    this.journal = real && journal;
    this.restored = false;
  }

  get closed() { return !this.real; }

  /** A value that was kept; null where there is none, or none that can be read.
   * @param {string} name
   * @returns {unknown} */
  read(name) {
    try {
      return JSON.parse(this.real?.getItem(name) ?? "null");
    } catch {
      return null;
    }
  }

  /** "" when the value is kept, else why not.
   * @param {string} name
   * @param {unknown} value */
  write(name, value) { return put(this.real, name, JSON.stringify(value)); }

  /** As `write`, and it is not to be lost when the browser is killed a moment later: `settled` says from when on.
   * @param {string} name
   * @param {unknown} value */
  keep(name, value) {
    const why = this.write(name, value);
    if (!why) this.journal?.keep(name, value);
    return why;
  }

  /** Fulfilled when all that was kept so far is on the disk, or cannot be. */
  get settled() { return this.journal?.settled ?? Promise.resolve(); }

  /** The same, but a slow disk holds nobody up. */
  landed() { return Promise.race([this.settled, new Promise((done) => setTimeout(done, LONGEST))]); }

  /** Takes these names out so that none comes back with a browser that is killed; `settled` says from when on. Rejects
   * where the journal cannot go. @param {string[]} names */
  async erase(names) {
    for (const name of names) this.real?.removeItem(name);
    if (!this.journal) return;
    const sign = `${ERASED}${crypto.getRandomValues(new Uint32Array(2)).join("-")}`;
    const refused = this.write(sign, Date.now());
    await this.journal.erase(refused ? "" : sign); // without its sign all would be erased again and again
  }

  /** Takes a name out that nobody misses: its text is known to be over (`dropOver` in study.js), or was never to be kept.
   * @param {string} name */
  remove(name) { allowed(() => this.real?.removeItem(name)); }

  /** The names that begin so, in no order.
   * @param {string} prefix */
  names(prefix) {
    const { real } = this;
    const all = allowed(() => Array.from({ length: real?.length ?? 0 }, (_, place) => real?.key(place) ?? ""));
    return (all ?? []).filter((name) => name.startsWith(prefix));
  }

  /** The page hears of what came under this name otherwise than by its own doing, as of another tab's writing.
   * @param {string} key */
  tell(key) { dispatchEvent(new StorageEvent("storage", { key, storageArea: this.real })); }

  /** Calls `heard` when another tab has written under this name (or one that begins so), or emptied the store; `back`: it
   * was no tab, it came back from the journal.
   * @param {string} name
   * @param {(name: string | null, back: boolean) => void} heard
   * @param {boolean} begins */
  watch(name, heard, begins = false) {
    window.addEventListener("storage", (event) => {
      const ours = event.key === null || (begins ? event.key.startsWith(name) : event.key === name);
      if (event.storageArea === this.real && ours) heard(event.key, !event.isTrusted); // ours come from `tell`
    });
  }

  /** Calls `heard` when another tab has erased all. @param {() => void} heard */
  watchErased(heard) {
    this.watch(ERASED, (name) => void (name && this.read(name) !== null && heard()), true);
  }
}

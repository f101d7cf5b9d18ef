/* The lines of one's ledger as this browser keeps them: each under a name that is made of what it says, so that a file which
   is opened twice adds nothing, and no tab writes over what another has kept. One that was taken out stays, empty, so that
   a file of before does not bring it back. */
import { COLUMNS } from "./columns.js";
import { ledgerOf } from "./ledger.js";
import { parse } from "./line.js";
import { HOURS, isHours } from "../record.js";

/** @typedef {import("./line.js").Line} Line */
/** A short name for a text (FNV-1a, twice 32 bits). @param {string} text */
function named(text) {
  const hash = (/** @type {number} */ seed) => [...text].reduce((all, sign) =>
    Math.imul(all ^ (sign.codePointAt(0) ?? 0), 0x01000193) >>> 0, seed).toString(36);
  return hash(0x811c9dc5) + hash(0x1b873593);
}

const BESIDE = /** @type {const} */ (["initials", "evidence", "supervisor"]);

/** A line with all its columns. @param {Partial<Line>} line */
const whole = (line) => /** @type {Line} */ (Object.fromEntries(COLUMNS.map((name) => [name, line[name] ?? ""])));

export class KeptHours {
  /** @param {import("../store.js").SharedStore} store */
  constructor(store) { this.store = store; }

  /** All lines with the names under which they are kept, in the order of their dates. @returns {[string, Line][]} */
  get all() {
    const found = this.store.names(HOURS).flatMap((name) => {
      const one = this.store.read(name);
      return isHours(one) && one.line ? [/** @type {[string, Line]} */ ([name, whole(one.line)])] : [];
    });
    return found.sort(([name, one], [other, two]) => one.date.localeCompare(two.date) || name.localeCompare(other));
  }

  /** What can be counted of them; a line's number is its place in `all`, from 1. */
  get ledger() { return ledgerOf(this.all.map(([, line], place) => [place + 1, line])); }

  /** The name under which a line is kept, as `number`th of those that are alike.
   * @param {import("./line.js").Entry} entry @param {number} number */
  nameOf({ date, kind, hours, format, area, title }, number) {
    return `${HOURS}${named(JSON.stringify([date, kind, hours, format, area, title]))}-${number}`;
  }

  /** A line that is kept, or null. @param {string} name */
  line(name) {
    const found = this.store.read(name);
    return isHours(found) && found.line ? whole(found.line) : null;
  }

  /** Adds a line that is right, as `number`th of those that are alike. "" when it is kept, or why not; null where it was
   * there already. `mend`: what one that is there says beside its hours (initials, evidence, supervisor) gives way to what
   * this one says. Throws with one line that says what to write instead.
   * @param {Line} values @param {number} number @param {boolean} [mend] */
  add(values, number = 1, mend = false) {
    const entry = parse(values, 0);
    const { date, kind, hours, format, area, title, ...beside } = entry;
    const line = whole({ date, kind, hours: String(hours), format, area, title });
    const name = this.nameOf(entry, number);
    const before = this.store.read(name);
    const old = this.line(name);
    if (old && !mend) return null;
    for (const key of BESIDE) line[key] = beside[key] || (old?.[key] ?? "");
    if (old && BESIDE.every((key) => line[key] === old[key])) return null;
    return this.store.keep(name, { at: this.after(before), line });
  }

  /** @param {string} name */
  remove(name) { return this.store.keep(name, { at: this.after(this.store.read(name)), line: null }); }

  /** Puts back what was removed. @param {string} name @param {Line} line */
  back(name, line) { return this.store.keep(name, { at: this.after(this.store.read(name)), line }); }

  /** Now, and later than what is kept even where the clock was put back since. @param {unknown} before */
  after(before) { return Math.max(Date.now(), isHours(before) ? before.at + 1 : 0); }
}

/* The practice cards. All of them are known by name and chapter from the start; what stands on them comes chapter by
   chapter, when somebody is about to see it, and then stays. */

/** @typedef {import("./types.js").Card} Card */
/** @typedef {import("./types.js").Face} Face */
/** Gives what stands on the cards of one file, by their names. @typedef {(file: string) => Promise<unknown>} Fetch */

export class Bank {
  /** @param {import("./types.js").Practice} written @param {Fetch} fetch */
  constructor({ chapters, areas, exams, parameters }, fetch) {
    this.areas = areas;
    this.exams = exams;
    this.parameters = parameters;
    this.fetch = fetch;
    /** Has no names but those of cards. @type {Record<string, import("./types.js").Entry>} */
    this.index = Object.create(null);
    /** What is here already. @type {Record<string, Card>} */
    this.cards = Object.create(null);
    /** @type {Map<string, Promise<void>>} */
    this.coming = new Map();
    for (const { title, part, page, file, cards, safety } of chapters) {
      for (const name of cards) this.index[name] = { chapter: title, part, page, file, safety: safety.includes(name) };
    }
  }

  /** Those of `names` that are in the book and not here yet. @param {string[]} names */
  missing(names) { return names.filter((name) => this.index[name] && !this.cards[name]); }

  /** Once it is done, those of `names` that are in the book are in `cards`; it fails where one did not come.
   * @param {string[]} names */
  async load(names) {
    const files = new Set(this.missing(names).map((name) => this.index[name].file));
    await Promise.all([...files].map((file) => this.come(file)));
    const [gone] = this.missing(names);
    if (gone) throw new Error(`${gone} is in no file: the book has changed since this page was opened`);
  }

  /** @param {string} file */
  come(file) {
    const coming = this.coming.get(file) ?? this.fetch(file).then(
      (found) => this.take(/** @type {Record<string, Face>} */ (found ?? {})),
      (why) => {
        this.coming.delete(file); // so that one can try again
        throw why;
      });
    this.coming.set(file, coming);
    return coming;
  }

  /** @param {Record<string, Face>} found */
  take(found) {
    for (const [name, face] of Object.entries(found)) {
      if (this.index[name]) this.cards[name] = { ...face, ...this.index[name] };
    }
  }
}

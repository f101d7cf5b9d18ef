/* Which sections of a page were in sight for as long as their words take: who swipes to the end has not read it. */

const PACE = 8; // words a second: about twice as fast as people read
const SECOND = 1000; // ms between two looks
const NOT_READ = ".candor-question, .candor-set, details, script, style"; // asked or folded, and not read on

/** How many words a section has to read. @param {Element} section */
function wordsOf(section) {
  const walker = document.createTreeWalker(section, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    (node instanceof Element && node.matches(NOT_READ) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  let words = 0;
  while (walker.nextNode()) {
    const { currentNode } = walker;
    if (currentNode.nodeType === Node.TEXT_NODE) words += currentNode.nodeValue?.match(/\S+/g)?.length ?? 0;
  }
  return words;
}

export class Sections {
  /** @param {HTMLElement[]} headings of the sections */
  constructor(headings) {
    const sections = headings.map((heading) => heading.parentElement).filter((one) => one !== null);
    this.all = sections.filter(({ id }) => id).map((node) => ({ node, id: node.id, words: 0, seconds: 0 }));
    /** @type {Set<string>} */
    this.seen = new Set();
    this.counted = false;
  }

  /** Their words, once somebody stays: to count them takes a moment. */
  count() {
    if (!this.counted) for (const one of this.all) one.words = wordsOf(one.node);
    this.counted = true;
  }

  forget() {
    this.seen.clear();
    for (const one of this.all) one.seconds = 0;
  }

  /** Looks once a second, while the page is in sight; calls `came` with each section that was there long enough.
   * @param {() => void} came */
  watch(came) {
    setInterval(() => {
      if (document.hidden) return;
      this.count();
      for (const one of this.all) {
        const { top, bottom } = one.node.getBoundingClientRect();
        if (this.seen.has(one.id) || bottom < 0 || top > innerHeight) continue;
        one.seconds += 1;
        if (one.seconds * PACE < one.words) continue;
        this.seen.add(one.id);
        came();
      }
    }, SECOND);
  }

  /** Whether these have more than half of the words of the page. @param {string[]} ids */
  areMost(ids) {
    this.count();
    const sum = (/** @type {typeof this.all} */ some) => some.reduce((words, one) => words + one.words, 0);
    return !this.all.length || 2 * sum(this.all.filter(({ id }) => ids.includes(id))) > sum(this.all);
  }
}

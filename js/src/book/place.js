/* Where one stopped reading: the heading above what is on the screen. It is kept while one reads, since a browser that is
   ended hard says nothing as it goes, and once more as the page goes out of sight. */

const EVERY = 2000; // ms between two keepings while one scrolls

/** The name of this page in the book, or of the one at an address: `ethics/boundaries`; it stays the same wherever the
 * book lies. @param {{ pathname: string }} [at] */
export function pageName(at = location) {
  const root = new URL(document.documentElement.dataset.content_root ?? "./", location.href);
  return at.pathname.slice(root.pathname.length).replace(/\.html$/, "");
}

/** @param {import("./record.js").StudyRecord} record */
export function keepPlace(record) {
  const title = (document.querySelector("h1")?.firstChild?.textContent ?? document.title).trim();
  const headings = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".bd-article h2")]);
  /** Where one comes back to: a question lies far below the heading of its section. */
  const places = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(
    ".bd-article section[id]:has(> :is(h2, h3)), .bd-article .candor-question[id]")]);
  let moved = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;
  let before = "";

  /** @param {boolean} [again] though it is the place that was kept last: another tab may have read on elsewhere */
  function keep(again) {
    clearTimeout(soon);
    soon = undefined;
    if (!moved) return; // a page that was opened and left was not read
    const line = innerHeight / 2;
    /** @param {HTMLElement} one */
    const isAbove = (one) => one.getBoundingClientRect().top < line;
    const heading = (headings.filter(isAbove).pop()?.firstChild?.textContent ?? "").trim();
    const id = places.filter(isAbove).pop()?.id ?? "";
    const last = headings.at(-1)?.parentElement;
    const end = Boolean(last && last.getBoundingClientRect().bottom <= innerHeight);
    const found = `${id} ${heading} ${end}`;
    if (!again && before === found) return;
    before = found;
    record.stopped(pageName(), { title, id, heading, end });
  }

  record.store.watchErased(() => (moved = false));
  addEventListener("scroll", () => {
    moved = true;
    soon ??= setTimeout(keep, EVERY);
  }, { passive: true });
  addEventListener("pagehide", () => keep(true));
  document.addEventListener("visibilitychange", () => document.hidden && keep(true));
}

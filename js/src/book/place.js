/* Where one stopped reading, the heading above what is on the screen, and what of the page was read. It is kept while one
   reads, since a browser that is ended hard says nothing as it goes, and once more as the page goes out of sight. */
import { Sections } from "./sections.js";

const EVERY = 2000; // ms between two keepings while one reads

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
  const sections = new Sections(headings);
  const chapter = document.querySelector("meta[property='og:type']")?.getAttribute("content") === "article";
  let moved = false;
  let ended = false;
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
    ended ||= Boolean(last && last.getBoundingClientRect().bottom <= innerHeight);
    const seen = [...new Set([...sections.seen, ...(record.pages[pageName()]?.seen ?? [])])];
    const end = ended && sections.areMost(seen);
    const found = `${id} ${heading} ${end} ${seen.length}`;
    if (!again && before === found) return;
    before = found;
    record.stopped(pageName(), { title, id, heading, seen, end, chapter });
  }

  record.store.watchErased(() => {
    moved = ended = false;
    sections.forget();
  });
  addEventListener("scroll", () => {
    moved = true;
    soon ??= setTimeout(keep, EVERY);
  }, { passive: true });
  sections.watch(() => (soon ??= setTimeout(keep, EVERY)));
  addEventListener("pagehide", () => keep(true));
  document.addEventListener("visibilitychange", () => document.hidden && keep(true));
}

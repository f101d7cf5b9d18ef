/* Where one stopped reading: the heading above what is on the screen, kept as the page goes out of sight. */

/** The name of this page in the book, as `ethics/boundaries`; it stays the same wherever the book lies. */
export function pageName() {
  const root = new URL(document.documentElement.dataset.content_root ?? "./", location.href);
  return location.pathname.slice(root.pathname.length).replace(/\.html$/, "");
}

/** @param {import("./record.js").StudyRecord} record */
export function keepPlace(record) {
  const title = (document.querySelector("h1")?.firstChild?.textContent ?? document.title).trim();
  const headings = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".bd-article h2")]);
  /** Where one comes back to: a question lies far below the heading of its section. */
  const places = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(
    ".bd-article section[id]:has(> :is(h2, h3)), .bd-article .candor-question[id]")]);
  let moved = false;
  record.store.watchErased(() => (moved = false));
  addEventListener("scroll", () => (moved = true), { passive: true });

  function keep() {
    if (!moved) return; // a page that was opened and left was not read
    const line = innerHeight / 2;
    /** @param {HTMLElement} one */
    const isAbove = (one) => one.getBoundingClientRect().top < line;
    const heading = (headings.filter(isAbove).pop()?.firstChild?.textContent ?? "").trim();
    record.stopped(pageName(), { title, id: places.filter(isAbove).pop()?.id ?? "", heading });
  }

  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => document.hidden && keep());
}

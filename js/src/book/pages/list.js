/* Long lists: a field that finds a word, and a button that opens all. A link to an entry opens what it lies in, also in
   browsers that do not do so by themselves. Without this script the parts open by hand. */
import { make, ownWords } from "../dom.js";
import { t, tn } from "../../words.js";

/** @typedef {{ parts: HTMLElement[], text: string, fold: HTMLDetailsElement | null }} Entry */

/** Without marks over letters, in small letters. @param {string} text */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** An entry is an element, or a term with what is said of it. @param {HTMLElement} first @returns {Entry} */
function entry(first) {
  const parts = [first];
  let next = first.nextElementSibling;
  while (first.matches("dt") && next instanceof HTMLElement && next.tagName !== "DT") {
    parts.push(next);
    next = next.nextElementSibling;
  }
  return { parts, text: plain(parts.map((part) => part.textContent).join(" ")), fold: first.closest("details") };
}

/** How many of a list are shown, by what it lists.
 * @type {Record<string, (shown: number, n: number) => string>} */
const COUNTED = {
  words: (shown, n) => tn("{shown} of {n} word", "{shown} of {n} words", n, { shown }),
  works: (shown, n) => tn("{shown} of {n} work", "{shown} of {n} works", n, { shown }),
};

/** @param {HTMLElement} list */
function wire(list) {
  /** @type {NodeListOf<HTMLElement>} */
  const items = list.querySelectorAll(list.dataset.items ?? "");
  const entries = [...items].map(entry);
  /** @type {NodeListOf<HTMLDetailsElement>} */
  const folds = list.querySelectorAll("details.candor-letter");
  const field = make("input", { type: "search", autocomplete: "off" });
  let closed = true; // the button opens all, or closes it
  const all = make("button", { type: "button" });
  const paint = () => (all.textContent = closed ? t("Open all") : t("Close all"));
  paint();
  const said = make("p");
  said.setAttribute("role", "status");
  const bar = make("form", { className: "candor-find" }, make("label", {}, t("Find in this list"), " ", field), all, said);

  function show() {
    const wanted = plain(field.value.trim()).split(/\s+/).filter(Boolean);
    /** @type {Set<HTMLDetailsElement | null>} */
    const open = new Set();
    let shown = 0;
    for (const { parts, text, fold } of entries) {
      const fits = wanted.every((word) => text.includes(word));
      for (const part of parts) part.hidden = !fits;
      if (!fits) continue;
      shown += 1;
      open.add(fold);
    }
    for (const fold of folds) {
      fold.hidden = !open.has(fold);
      fold.open = wanted.length > 0 && open.has(fold);
    }
    said.textContent = wanted.length ? COUNTED[list.dataset.words ?? ""](shown, entries.length) : "";
    closed = true;
    paint();
  }

  field.addEventListener("input", show);
  bar.addEventListener("submit", (event) => event.preventDefault());
  all.addEventListener("click", () => {
    for (const fold of folds) fold.open = closed;
    closed = !closed;
    paint();
  });
  list.prepend(ownWords(list, bar));
  list.addEventListener("candor-reveal", () => {
    if (!field.value) return;
    field.value = "";
    show();
  });
}

/** The element that the address names, or null. */
function named() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null;
  }
}

function reveal() {
  const target = named();
  if (!target) return;
  target.dispatchEvent(new Event("candor-reveal", { bubbles: true }));
  /** Never the answer to a question: whoever comes back to it has not answered it yet. @type {HTMLDetailsElement | null} */
  const own = target.querySelector(":scope > details:not(.candor-reasons)");
  let moved = false;
  for (let fold = own || target.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) {
    moved = moved || !fold.open;
    fold.open = true;
  }
  if (moved) target.scrollIntoView();
}

for (const list of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".candor-list"))) wire(list);

/* A case that was open is open after a reload, and when one comes back to the page in the same tab. */
const CASES = "candor-cases";
const cases = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll("details.candor-case")]);
/** @param {HTMLDetailsElement} one */
const nameOf = (one) => one.querySelector("[id]")?.id ?? "";
const before = cases.length ? (sessionStorage.getItem(CASES) ?? "").split(" ") : [];
for (const one of cases) {
  one.open ||= before.includes(nameOf(one));
  one.addEventListener("toggle", () => {
    sessionStorage.setItem(CASES, cases.filter(({ open }) => open).map(nameOf).join(" "));
  });
}

addEventListener("hashchange", reveal);
// The same address a second time is no change of it.
document.addEventListener("click", ({ target }) => {
  if (target instanceof Element && target.closest("a[href*='#']")) setTimeout(reveal);
});
reveal();

/* Long lists: a field that finds a word, and a button that opens all. A link to an entry opens what it lies in, also in
   browsers that do not do so by themselves. Without this script the parts open by hand. */
import { make } from "../dom.js";

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

/** @param {HTMLElement} list */
function wire(list) {
  /** @type {NodeListOf<HTMLElement>} */
  const items = list.querySelectorAll(list.dataset.items ?? "");
  const entries = [...items].map(entry);
  /** @type {NodeListOf<HTMLDetailsElement>} */
  const folds = list.querySelectorAll("details.candor-letter");
  const field = make("input", { type: "search", autocomplete: "off" });
  const all = make("button", { type: "button", textContent: "Open all" });
  const said = make("p");
  said.setAttribute("role", "status");
  const bar = make("form", { className: "candor-find" }, make("label", {}, "Find in this list ", field), all, said);

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
    said.textContent = wanted.length ? `${shown} of ${entries.length} ${list.dataset.words}` : "";
    all.textContent = "Open all";
  }

  field.addEventListener("input", show);
  bar.addEventListener("submit", (event) => event.preventDefault());
  all.addEventListener("click", () => {
    const open = all.textContent === "Open all";
    for (const fold of folds) fold.open = open;
    all.textContent = open ? "Close all" : "Open all";
  });
  list.prepend(bar);
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
  /** @type {HTMLDetailsElement | null} */
  const own = target.querySelector(":scope > details");
  let moved = false;
  for (let fold = own || target.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) {
    moved = moved || !fold.open;
    fold.open = true;
  }
  if (moved) target.scrollIntoView();
}

for (const list of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".candor-list"))) wire(list);
addEventListener("hashchange", reveal);
// The same address a second time is no change of it.
document.addEventListener("click", ({ target }) => {
  if (target instanceof Element && target.closest("a[href*='#']")) setTimeout(reveal);
});
reveal();

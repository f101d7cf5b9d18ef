/* The search field of every page and the page of the search: results as one types. Where Pagefind cannot be had (a folder
   on disk, an old browser), the page of the search falls back on Sphinx's own. */
import { Finder } from "../finding.js";
import { button, html, make, saying } from "../dom.js";
import { list, t, tn } from "../../words.js";

/** @typedef {import("../finding.js").Place} Place */

const WAIT = 150; // milliseconds after a letter
const LATE = 300; // after which it is said that it goes on
const base = document.documentElement.dataset.content_root ?? "./";
const finder = new Finder(base);
const served = /^https?:$/.test(location.protocol);

/** @param {Place} place @param {string} className */
const link = ({ href, title }, className = "") => make("a", { href, textContent: title, className });

/** @param {string} title @param {HTMLElement[]} items @param {string} tag */
function group(title, items, tag = "ul") {
  if (!items.length) return null;
  const list = make(tag === "ol" ? "ol" : "ul", {}, ...items);
  return make("section", {}, make("h2", { textContent: title }), list);
}

/** @param {import("../finding.js").Hit} hit */
const hitItem = (hit) => make("li", {}, link(hit, "candor-hit"), html("p", hit.excerpt), hit.sections.length
  ? make("ul", { className: "candor-hit-sections" }, ...hit.sections.map((one) => make("li", {}, link(one)))) : null);

/** @param {import("../finding.js").Found} found */
const saidOf = ({ count, pages, words: terms, questions, mended }) => {
  const words = list(mended.map(([typed, taken]) => t("{taken} for {typed}", { taken, typed })));
  const shown = pages.length;
  if (!count && (terms.length || questions.length)) return t("No chapter says it; see below.");
  if (!count) return words ? t("Nothing was found, with {words}.", { words }) : t("Nothing was found.");
  if (shown < count) {
    return words ? tn("The first {shown} of {n} page, with {words}.", "The first {shown} of {n} pages, with {words}.",
      count, { shown, words }) : tn("The first {shown} of {n} page.", "The first {shown} of {n} pages.", count, { shown });
  }
  return words ? tn("{n} page, with {words}.", "{n} pages, with {words}.", count, { words })
    : tn("{n} page.", "{n} pages.", count);
};

/** What to do where nothing was found. @param {import("../finding.js").Found} found @param {string} text */
function help({ instead, glossary }, text) {
  const item = (/** @type {(Node | string)[]} */ ...nodes) => make("li", {}, ...nodes);
  const many = /\S\s+\S/.test(text);
  return make("section", { className: "candor-search-help" }, make("h2", { textContent: t("What may help") }), make("ul", {},
    ...(instead.length ? [item(t("Words that look like it:"), " ", ...instead.flatMap((one, at) => (at ? [", ", link(one)] : [link(one)])))]
      : []),
    item(many ? t("Fewer words: the one that says most, alone.")
      : t("Another word for it: everyday words, abbreviations and brand names are understood.")),
    ...(glossary ? [item(link({ href: glossary, title: t("The glossary, from A to Z"), excerpt: "" }))] : []),
    item(button(t("All chapters, in the list at the side"), showList, { className: "candor-button" }))));
}

/** The list at the side: where it stands, its first entry has the focus; else the menu opens that holds it. */
function showList() {
  dialog?.close();
  const list = document.querySelector(".candor-nav");
  const beside = list && getComputedStyle(list).visibility !== "hidden"
    && [.../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("summary, a"))].find((one) => one.getClientRects().length > 0);
  if (beside) beside.focus();
  else /** @type {HTMLElement | null} */ (document.querySelector(".primary-toggle"))?.click();
}

/** Shows results below a field. @param {HTMLFormElement} form @param {HTMLElement} place */
function wire(form, place) {
  const field = /** @type {HTMLInputElement} */ (form.querySelector("input[type=search]"));
  const said = saying("candor-said");
  const results = make("div", { className: "candor-found" });
  place.replaceChildren(said, results);
  let waiting = 0;
  let latest = "";

  async function show() {
    const text = field.value.trim();
    latest = text;
    if (text.length < 2) {
      said.textContent = "";
      results.replaceChildren();
      delete results.dataset.query;
      return;
    }
    const late = setTimeout(() => latest === text && (said.textContent = t("Searching …")), LATE);
    try {
      const found = await finder.find(text).finally(() => clearTimeout(late));
      if ((!found.count || !navigator.onLine) && !await finder.reachable()) return cut(text);
      if (latest !== text) return; // it was typed on
      said.textContent = saidOf(found);
      results.replaceChildren(...[
        group(t("In the book"), found.pages.map(hitItem), "ol"),
        group(t("In the glossary"), found.words.map((one) => make("li", {}, link(one), html("p", one.excerpt)))),
        group(t("Practice questions"), found.questions.map((one) =>
          make("li", {}, link(one), make("p", { textContent: one.page })))),
        found.count || found.words.length || found.questions.length ? null : help(found, text),
      ].filter((node) => node !== null));
      results.dataset.query = text;
    } catch {
      if (await finder.reachable()) fallBack(form, said);
      else cut(text);
    }
  }

  /** There is no network, and the site is not kept. @param {string} text */
  function cut(text) {
    if (latest !== text) return;
    said.textContent = t("The search did not come. Is there a connection?");
    results.replaceChildren();
    delete results.dataset.query;
    addEventListener("online", show, { once: true });
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(show, WAIT);
  });
  field.addEventListener("focus", () => finder.load().catch(() => {}), { once: true });
  return { field, show };
}

/** @param {HTMLFormElement} form @param {HTMLElement} said */
function fallBack(form, said) {
  if (document.getElementById("search-results")) sphinx();
  else if (form) said.textContent = t("Press Enter to search.");
}

let asked = false;
/** Sphinx's own search, on its page. */
function sphinx() {
  if (asked) return;
  asked = true;
  const words = wanted();
  if (served && words) history.replaceState(null, "", `?q=${encodeURIComponent(words)}`); // where Sphinx's looks
  for (const name of ["_static/searchtools.js", "_static/language_data.js", "searchindex.js"]) {
    document.body.append(make("script", { src: base + name, async: false }));
  }
}

/** What somebody looks for, behind the `#` of an address: browsers send that to nobody. A link may have it behind `?`. */
const wanted = () => new URLSearchParams(location.hash.slice(1)).get("q") ??
  new URLSearchParams(location.search).get("q") ?? "";

const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("pst-search-dialog"));
const asking = /** @type {HTMLFormElement | null} */ (dialog?.querySelector("form.bd-search"));
if (served && dialog && asking) {
  const place = make("div", { className: "candor-search" });
  dialog.append(place);
  const close = make("button", { type: "button", className: "candor-search-close", textContent: t("Close") });
  close.addEventListener("click", () => dialog.close());
  asking.append(close);
  const { field, show } = wire(asking, place);
  dialog.addEventListener("keydown", (event) => { // on a link Sphinx takes Escape for itself, and nothing would close
    if (event.key === "Escape" && event.target !== field && !event.isComposing) dialog.close();
  });
  dialog.addEventListener("close", show); // Escape in the field empties it without saying so
  asking.addEventListener("submit", (event) => {
    event.preventDefault();
    if (place.querySelector(".candor-found[data-query]") && !place.querySelector("a.candor-hit")) return;
    location.assign(`${asking.action}#q=${encodeURIComponent(field.value.trim())}`);
  });
}

const page = document.getElementById("candor-search");
if (page) {
  const form = /** @type {HTMLFormElement} */ (page.querySelector("form.bd-search"));
  /** @type {HTMLInputElement} */ (form.querySelector("input[type=search]")).value = wanted();
  if (served) {
    const place = make("div", { className: "candor-search" });
    page.append(place);
    const { field, show } = wire(form, place);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      history.replaceState(null, "", `${location.pathname}#q=${encodeURIComponent(field.value.trim())}`);
      show();
    });
    addEventListener("hashchange", () => {
      field.value = wanted();
      show();
    });
    show();
    field.focus();
  } else {
    sphinx();
  }
}

/* While one is asked, the page is the question and nothing else: the sidebars are gone and what the page says is folded.
   One attribute of the page says so, and the style sheet does the rest; the menu then opens over the page (menu.js). */
import { isObject } from "./sound.js";

const MARK = "data-candor-run";
/** A place of *What to practise today*, by the names of what it would tell of. @type {[string, RegExp][]} */
const PLACES = [["now", /^candor-(session$|exam-|desk:)/], ["session", /^candor-(sessions$|answer:)/],
  ["review", /^candor-(review|flashcards)$/], ["exam", /^candor-history-/]];

/** @param {boolean} on */
export function underWay(on) { document.documentElement.toggleAttribute(MARK, on); }

export const isUnderWay = () => document.documentElement.hasAttribute(MARK);

/** Calls `heard` when that changes. @param {() => void} heard */
export function watchUnderWay(heard) {
  new MutationObserver(heard).observe(document.documentElement, { attributeFilter: [MARK] });
}

/** Before anything is drawn, from what is kept and the address alone: a mock exam or a session that was not finished, a
 * card that was not rated, a session that begins at once. Where the page's own script finds that it is over after all, it says so. `store.js` runs this in the head.
 * @param {import("./store.js").SharedStore} store */
export function foretell(store) {
  const { content: at = "" } = /** @type {HTMLMetaElement | null} */ (document.querySelector("meta[name=candor-run]")) ?? {};
  const kept = at && store.read(at);
  const begins = at === "candor-session" && new URLSearchParams(location.search).has("now");
  underWay(begins || (isObject(kept) && Boolean(kept.slots || kept.open)));
  const names = store.names("candor-");
  const told = PLACES.filter(([, fits]) => names.some((name) => fits.test(name))).map(([place]) => place);
  document.documentElement.dataset.candorPractised = told.join(" "); // where today.js may have something to say
}

/* Flashcards: the glossary's words both ways, and chapters' facts at a glance; in which order new ones come. Pure. */
import { isFresh } from "./memory.js";
import { dayStart } from "./schedule.js";
import { later, laterIn, t } from "../words.js";

/** @typedef {import("./types.js").Side} Side */
/** @typedef {import("./types.js").Deck} Which */

/** What one may choose, "" for all. @type {[Which | "", string][]} */
export const DECKS = [
  ["", laterIn("cards", "All")], ["word", later("Words: what does it mean?")], ["meaning", later("Words: which word is it?")],
  ["fact", later("Facts at a glance")],
];

/** A text without the word that it explains: no answer stands in the question. In HTML, tags stay as they are.
 * @param {string} text @param {string} word */
export function masked(text, word) {
  const bare = word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const found = new RegExp(`(<[^<>]*>)|(?<![\\p{L}\\d])${bare}(?:e?s)?(?![\\p{L}\\d])`, "giu");
  return text.replace(found, (_all, tag) => tag ?? "…");
}

/** The cards by their names. @param {import("./types.js").Written} written @returns {Record<string, Side>} */
export function sides({ words, facts }) {
  /** @type {Record<string, Side>} */
  const all = Object.create(null);
  for (const [name, word, meaning, href, pages] of words) {
    const shared = { href, from: t("Glossary"), pages };
    all[`word/${name}`] = { ...shared, deck: "word", label: t("What does it mean?"), front: word, back: meaning,
      after: "" };
    all[`meaning/${name}`] = { ...shared, deck: "meaning", label: t("Which word is it?"), 
      front: masked(meaning, word.replace(/<[^<>]*>/g, "")),
      back: word, after: `word/${name}` };
  }
  for (const [name, lead, text, page, title] of facts) {
    all[`fact/${name}`] = { deck: "fact", label: title, front: lead, back: text, href: `${page}#facts-at-a-glance`,
      from: title, pages: [page.replace(/\.html$/, "")], after: "" };
  }
  return all;
}

/** A number that mixes names, and stays the same. @param {string} name */
const mixed = (name) => [...name].reduce((sum, sign) => Math.imul(sum ^ sign.charCodeAt(0), 16777619) >>> 0, 2166136261);

/** The cards of a deck in the order in which new ones come: of pages that were read first, and mixed. Which word it is
 * one is asked on a later day than what it means, but where one asks for nothing else.
 * @param {Record<string, Side>} all @param {Set<string>} read pages @param {string} deck "" for all
 * @param {import("./types.js").ReviewWork["cards"]} cards what is known of them @param {number} now */
export function inOrder(all, read, deck, cards, now) {
  const known = (/** @type {string} */ name) => !isFresh(cards[name]) && cards[name].first < dayStart(now);
  const names = Object.keys(all).filter((name) => !deck || all[name].deck === deck)
    .filter((name) => deck === "meaning" || !isFresh(cards[name]) || !all[name].after || known(all[name].after));
  const unread = (/** @type {string} */ name) => (all[name].pages.some((page) => read.has(page)) ? 0 : 1);
  return names.map((name) => ({ name, unread: unread(name), place: mixed(name) }))
    .sort((one, other) => one.unread - other.unread || one.place - other.place).map(({ name }) => name);
}

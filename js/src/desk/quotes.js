/* Quotation marks and apostrophes as a page sets them, on what an assignment says, never on what somebody typed. The rules
   are those of grader/web/words.py: one sign for one, so that nothing else of a text moves. */
import { language } from "../words.js";

/** @type {[RegExp, string][]} */
const RULES = [
  [/(^|[\s([–—])"/g, "$1“"],
  [/"/g, "”"],
  [/(^|[\s([–—“])'/g, "$1‘"],
  [/'/g, "’"],
];
/** Languages whose marks these are; a text in another stays as it was written. */
const THEIRS = /^(en|pt)\b/i;
const BLOCK = "p,li,td,th,dt,dd,blockquote,h1,h2,h3,h4,h5,h6";

/** @param {string} text @param {string} [tag] of its language; that of the interface else */
export const typeset = (text, tag = language()) =>
  (THEIRS.test(tag) ? RULES.reduce((said, [pattern, mark]) => said.replace(pattern, mark), text) : text);

/** The same of what was drawn: a mark is seen beside what stands before it in its paragraph, through all emphasis.
 * @param {Element} root @param {string} [tag] */
export function typesetIn(root, tag) {
  /** @type {Map<Element, Text[]>} */
  const blocks = new Map();
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const text = /** @type {Text} */ (node);
    const block = text.parentElement?.closest(BLOCK);
    if (block && root.contains(block)) blocks.set(block, [...(blocks.get(block) ?? []), text]);
  }
  for (const texts of blocks.values()) {
    let rest = typeset(texts.map(({ data }) => data).join(""), tag);
    for (const text of texts) {
      const said = rest.slice(0, text.data.length);
      rest = rest.slice(text.data.length);
      if (said !== text.data && !text.parentElement?.closest("code,pre")) text.data = said;
    }
  }
}

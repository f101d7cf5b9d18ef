/* The verdict on an answer, in a line. */
import { t, tn } from "../words.js";

/** What is said of the letters that were marked.
 * @param {string[]} key @param {string[]} marked @param {boolean} one whether one is to be chosen */
export function verdict(key, marked, one) {
  const hits = marked.filter((letter) => key.includes(letter)).length;
  const [missed, extra] = [key.length - hits, marked.length - hits];
  if (!missed && !extra) {
    return one ? t("Yes. {letter} is the best answer.", { letter: marked[0] }) : t("Yes. You found all of them.");
  }
  if (one) {
    return t("Not {marked}. {right} is better.", { marked: marked[0], right: key[0] });
  }
  const found = { hits, of: key.length };
  return extra ? tn("You found {hits} of {of}, and marked {n} that does not apply.",
    "You found {hits} of {of}, and marked {n} that do not apply.", extra, found) : t("You found {hits} of {of}.", found);
}

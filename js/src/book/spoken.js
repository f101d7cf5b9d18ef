/* The text of a page as a voice says it: in sentences, without citations. Pure. */

/** Around what a citation says in a text. */
export const CITED = ["\u0001", "\u0002"];

/** A text without its citations: those in brackets go, one in the sentence keeps its name and loses its year.
 * @param {string} text with CITED around each citation */
export function withoutCitations(text) {
  return text.replace(/\s*\([^()\u0001]*(?:\u0001[^\u0002]*\u0002[^()\u0001]*)+\)/g, "")
    .replace(/\u0001([^\u0002]*)\u0002/g, (_all, said) => said.replace(/\s*\([^)]*\)/g, ""))
    .replace(/\s+/g, " ").trim();
}

/** The sentences of a text. @param {string} text @param {string} language */
export function sentences(text, language = "en") {
  if (!text) return [];
  if (!("Segmenter" in Intl)) return text.match(/[^.!?]+[.!?]*["”’)]*\s*/g)?.map((one) => one.trim()) ?? [text];
  return [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(text)]
    .map(({ segment }) => segment.trim()).filter(Boolean);
}

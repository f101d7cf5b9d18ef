/* What was in the file that was made last: enough to say in how many answers a newer one is another. Pure. */

/** `at`: when it was made, in ms; `sums`: of each answer's text, by its name.
 * @typedef {{ at: number, sums: Record<string, number> }} Handed */

/** A short sum of a text (FNV-1a, 32 bits): it shows that one was changed, and not what it says. @param {string} text */
function sumOf(text) {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return sum >>> 0;
}

/** @param {[string, string][]} answers names and texts @param {number} at @returns {Handed} */
export function handedOf(answers, at) {
  /** @type {Map<string, string>} */
  const texts = new Map();
  for (const [name, text] of answers) texts.set(name, `${texts.get(name) ?? ""}\n${text}`); // a cell that was split
  return { at, sums: Object.fromEntries([...texts].map(([name, text]) => [name, sumOf(text)])) };
}

/** How many answers are others than in the file before; null where none is known.
 * @param {any} before what was kept @param {Handed} now */
export function changedSince(before, now) {
  if (!before || !Number.isFinite(before.at) || !before.sums || typeof before.sums !== "object") return null;
  const names = new Set([...Object.keys(before.sums), ...Object.keys(now.sums)]);
  return [...names].filter((name) => before.sums[name] !== now.sums[name]).length;
}

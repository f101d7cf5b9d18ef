/* The desk steps aside where something goes wrong: Lab's own rendering stays, and the notebook can be answered as text.
 */

let complained = false;

/** Once: a console full of warnings helps nobody. @param {unknown} error */
export function complain(error) {
  const words = "Candor: clicking does not work everywhere here; the questions can still be answered as text.";
  if (!complained) console.warn(words, error);
  complained = true;
}

/** Runs `work`; if it throws, `otherwise` puts things back as Lab had them.
 * @template {unknown[]} A
 * @param {(...given: A) => void} work
 * @returns {(...given: A) => void} */
export function safely(work, otherwise = () => {}) {
  return (...given) => {
    try {
      return work(...given);
    } catch (error) {
      complain(error);
      otherwise();
    }
  };
}

/* What may stand in what is kept. A file that somebody brings, an older edition or another site on the same host may hold
   anything, and what is taken for sound is shown, counted with and kept again. Pure. */

const LAST = 8e15; // milliseconds since 1970; a Date ends at 8.64e15, and what comes after it is kept as later
const LONGEST = 1e6; // characters
const MOST = 1000; // questions of a run

/** @param {unknown} value @returns {value is Record<string, any>} */
export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {unknown} value @returns {value is number} milliseconds since 1970 that a Date can be made of */
export const isTime = (value) => typeof value === "number" && Math.abs(value) <= LAST;

/** @param {unknown} value @returns {value is string} */
export const isText = (value) => typeof value === "string" && value.length <= LONGEST;

/** @param {unknown} value @param {number} least @param {number} most @returns {value is number} */
export const isWithin = (value, least, most) => typeof value === "number" && value >= least && value <= most;

/** @template T @param {(value: unknown) => value is T} fits @returns {(value: unknown) => value is T | undefined} */
export const maybe = (fits) => /** @returns {value is T | undefined} */ (value) => value === undefined || fits(value);

/** name -> [value, when] @param {unknown} map @param {(value: unknown) => boolean} fits */
export const isStamped = (map, fits) => isObject(map) && Object.values(map).every((pair) => isPair(pair, fits));

/** A value and when it was set. @param {unknown} pair @param {(value: unknown) => boolean} fits */
export const isPair = (pair, fits) => Array.isArray(pair) && pair.length === 2 && fits(pair[0]) && isTime(pair[1]);

/** @param {unknown} value @returns {value is boolean} */
export const isSwitch = (value) => typeof value === "boolean";

/** @param {unknown} slots @returns {slots is import("./types.js").Slot[]} */
export const areSlots = (slots) => Array.isArray(slots) && slots.length > 0 && slots.length <= MOST
  && slots.every((slot) => isObject(slot) && isText(slot.card) && isText(slot.area));

/** A day as a date field has it. @param {unknown} text @returns {text is string} */
export const isDay = (text) => typeof text === "string" && /^\d{4}-\d\d-\d\d$/.test(text)
  && !Number.isNaN(Date.parse(`${text}T00:00`));

/** How a page is named that lies in the book, from its root and without its ending: nothing that an address could take for
 * another site or for a script. */
export const PAGE = "[^\\s:\\\\/?#]+(?:/[^\\s:\\\\/?#]+)*";

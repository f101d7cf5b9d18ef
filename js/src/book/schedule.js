/* When a card comes again: FSRS-6 in whole days, as grader/learner/spacing.py counts it. Pure; tests/schedule.json
   holds both to the same figures. */

/** @typedef {Pick<import("./types.js").Memory, "stability" | "difficulty">} Strength */

export const DAY = 86400000; // milliseconds

const TURN = 4; // the hour at which a new day begins: who studies past midnight is still in the same one

/** When the day of a moment began, where the reader is; or that of the day so many days later.
 * @param {number} moment @param {number} [later] */
export function dayStart(moment, later = 0) {
  const day = new Date(moment);
  day.setHours(day.getHours() - TURN);
  day.setDate(day.getDate() + later);
  return day.setHours(TURN, 0, 0, 0);
}

/** Calendar days from one moment to another. @param {number} from @param {number} to */
export const daysBetween = (from, to) => Math.round((dayStart(to) - dayStart(from)) / DAY);

/** A card's strength after an answer, and the days until it comes again.
 * @param {number[]} w the 21 weights
 * @param {Strength | undefined} before undefined for a new card
 * @param {number} rating 1 again, 2 hard, 3 good, 4 easy
 * @param {number} days whole days since the last answer
 * @param {number} longest days
 * @param {number} retention the share that one wants to remember */
export function schedule(w, before, rating, days, longest, retention = 0.9) {
  const decay = -w[20];
  const factor = 0.9 ** (1 / decay) - 1;
  const stability = before ? Math.max(grown(w, before, rating, days, decay, factor), 0.001) : w[rating - 1];
  const exact = (stability / factor) * (retention ** (1 / decay) - 1);
  const half = Math.abs((exact % 1) - 0.5) < 1e-12;
  const whole = half ? 2 * Math.round(exact / 2) : Math.round(exact); // as Python rounds
  const interval = Math.min(Math.max(whole, 1), longest);
  return { stability: Math.max(stability, 0.001), difficulty: difficulty(w, before, rating), interval };
}

/** @param {number[]} w @param {Strength | undefined} before @param {number} rating */
function difficulty(w, before, rating) {
  /** @param {number} value */
  const within = (value) => Math.min(10, Math.max(1, value));
  /** @param {number} grade */
  const first = (grade) => w[4] - Math.exp(w[5] * (grade - 1)) + 1;
  if (!before) return within(first(rating));
  const change = -w[6] * (rating - 3);
  return within(w[7] * first(4) + (1 - w[7]) * (before.difficulty + ((10 - before.difficulty) * change) / 9));
}

/** @param {number[]} w @param {Strength} before @param {number} rating @param {number} days
 * @param {number} decay @param {number} factor */
function grown(w, { stability: s, difficulty: d }, rating, days, decay, factor) {
  if (days < 1) {
    const grow = Math.exp(w[17] * (rating - 3 + w[18])) * s ** -w[19];
    return s * (rating >= 2 ? Math.max(grow, 1) : grow);
  }
  const recall = (1 + (factor * days) / s) ** decay;
  if (rating === 1) {
    const long = w[11] * d ** -w[12] * ((s + 1) ** w[13] - 1) * Math.exp((1 - recall) * w[14]);
    return Math.min(long, s / Math.exp(w[17] * w[18]));
  }
  const hard = rating === 2 ? w[15] : 1;
  const easy = rating === 4 ? w[16] : 1;
  return s * (1 + Math.exp(w[8]) * (11 - d) * s ** -w[9] * (Math.exp((1 - recall) * w[10]) - 1) * hard * easy);
}

/** The longest interval that an examination allows, in days: the calendar days to its eve.
 * @param {string} exam a date, or ""
 * @param {number} now */
export function longest(exam, now) {
  const left = exam ? Math.round((+new Date(`${exam}T00:00`) - new Date(now).setHours(0, 0, 0, 0)) / DAY) : 0;
  return left > 0 ? Math.max(1, left - 1) : 36500;
}

/** When a card comes: as scheduled, but on the eve of an examination at the latest, if it was not seen that day.
 * @param {Pick<import("./types.js").Memory, "due" | "last">} card
 * @param {string} exam
 * @param {number} now */
export function when(card, exam, now) {
  if (!exam || +new Date(`${exam}T00:00`) <= now) return card.due;
  const eve = new Date(`${exam}T00:00`);
  eve.setDate(eve.getDate() - 1);
  return card.last < eve.getTime() ? Math.min(card.due, eve.getTime()) : card.due;
}

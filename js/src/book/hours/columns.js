/* The columns of a ledger, as grader/learner/readiness/line.py has them. */
/** Without these nothing can be counted. */
export const NEEDED = /** @type {const} */ (["date", "kind", "hours"]);
export const OTHERS = /** @type {const} */ (["format", "area", "title", "initials", "evidence", "supervisor"]);
export const COLUMNS = /** @type {const} */ ([...NEEDED, ...OTHERS]);

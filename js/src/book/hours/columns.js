/* The columns of a ledger, as grader/learner/readiness/ledger.py has them. */
export const COLUMNS = /** @type {const} */ (["date", "kind", "hours", "format", "area", "title", "initials", "evidence"]);

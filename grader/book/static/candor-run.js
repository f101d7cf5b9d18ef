/* A rehearsal as it is kept. Under way: what was done to each card and when, so that the runs of two tabs can be
   brought together and nothing of either is lost. Finished: its answers, from which the result is made. */
(function () {
  "use strict";
  const { store } = window.candor;
  const MOST = 50; // results that are kept
  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const isPair = (pair, type) => Array.isArray(pair) && typeof pair[0] === type && Number.isFinite(pair[1]);
  /** name -> [value, when] */
  const isStamped = (map, type) => isObject(map) && Object.values(map).every((pair) => isPair(pair, type));
  const areSlots = (slots) => Array.isArray(slots) && slots.length > 0 && slots.every(isObject);

  /** A new run of `slots` (card and area); `left`: seconds, or null for no clock. */
  function begin(form, mode, left, slots) {
    const now = Date.now();
    const done = { answers: {}, flags: {}, told: {} };
    return { began: now, form, mode, left, slots, place: 0, section: 0, paused: [false, now], ...done };
  }

  /** Whether a stored value, or one from a file, is a run of cards that are still there. */
  function isRun(run, cards) {
    return isObject(run) && Number.isFinite(run.began) && ["exam", "tutor"].includes(run.mode)
      && areSlots(run.slots) && run.slots.every((slot) => cards[slot.card])
      && isStamped(run.answers, "string") && isStamped(run.flags, "boolean") && isStamped(run.told, "boolean")
      && isPair(run.paused, "boolean") && [run.form, run.place, run.section].every(Number.isInteger)
      && (run.left === null || Number.isFinite(run.left));
  }

  /** Whether a value is a result: a run that was finished, with its answers as plain letters. */
  function isResult(one) {
    return isObject(one) && [one.at, one.began].every(Number.isFinite) && isObject(one.answers)
      && areSlots(one.slots) && Array.isArray(one.flags) && typeof one.words === "string";
  }

  /** Of two stamped maps the later entry for each card. */
  function later(mine, theirs) {
    for (const [name, pair] of Object.entries(theirs)) {
      if (!mine[name] || mine[name][1] < pair[1]) mine[name] = pair;
    }
  }

  /** Takes into a run what another tab did in it; false where it is not the same run. */
  function merge(mine, theirs) {
    if (theirs.began !== mine.began) return false;
    for (const what of ["answers", "flags", "told"]) later(mine[what], theirs[what]);
    if (mine.paused[1] < theirs.paused[1]) mine.paused = theirs.paused;
    mine.section = Math.max(mine.section, theirs.section);
    if (mine.left !== null && theirs.left !== null) mine.left = Math.min(mine.left, theirs.left);
    return true;
  }

  /** What two tabs must agree on: all but the place and the second on the clock. */
  function shared(run) {
    const sorted = (map) => Object.entries(map).sort(([one], [other]) => one.localeCompare(other));
    return JSON.stringify([sorted(run.answers), sorted(run.flags), sorted(run.told), run.paused, run.section]);
  }

  /** A run that is over, without its score. */
  function finished({ began, form, mode, slots, answers, flags }) {
    const plain = Object.fromEntries(Object.entries(answers).map(([name, [letters]]) => [name, letters]));
    const flagged = Object.keys(flags).filter((name) => flags[name][0]);
    return { began, at: Date.now(), form, mode, slots, answers: plain, flags: flagged };
  }

  /** The results that are kept under a name, the newest first. */
  class Results {
    constructor(at) { this.at = at; }

    get all() {
      const found = store.read(this.at);
      return Array.isArray(found) ? found.filter(isResult) : [];
    }

    /** Of the run that began then; undefined while it is not over. */
    of(began) { return this.all.find((one) => one.began === began); }

    /** Adds to what is kept; "" or why it cannot be. */
    add(more) {
      const known = new Map([...this.all, ...more.filter(isResult)].map((one) => [one.began, one]));
      return store.write(this.at, [...known.values()].sort((one, other) => other.at - one.at).slice(0, MOST));
    }

    forget() { store.remove(this.at); }
  }

  window.candor.runs = { begin, isRun, merge, shared, finished, Results };
})();

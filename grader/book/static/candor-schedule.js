/* When a card comes again: FSRS-6 in whole days, as grader/review.py counts it. A test compares the two. */
(function () {
  "use strict";
  const DAY = 86400000;

  function schedule(w, before, rating, days, longest, retention = 0.9) {
    const decay = -w[20];
    const factor = 0.9 ** (1 / decay) - 1;
    const clampD = (value) => Math.min(10, Math.max(1, value));
    const firstD = (grade) => w[4] - Math.exp(w[5] * (grade - 1)) + 1;
    let { stability: s, difficulty: d } = before || {};
    if (s === undefined) {
      s = w[rating - 1];
      d = clampD(firstD(rating));
    } else {
      if (days < 1) {
        let grow = Math.exp(w[17] * (rating - 3 + w[18])) * s ** -w[19];
        if (rating >= 2) grow = Math.max(grow, 1);
        s *= grow;
      } else {
        const recall = (1 + (factor * days) / s) ** decay;
        if (rating === 1) {
          const long = w[11] * d ** -w[12] * ((s + 1) ** w[13] - 1) * Math.exp((1 - recall) * w[14]);
          s = Math.min(long, s / Math.exp(w[17] * w[18]));
        } else {
          const hard = rating === 2 ? w[15] : 1;
          const easy = rating === 4 ? w[16] : 1;
          s *= 1 + Math.exp(w[8]) * (11 - d) * s ** -w[9] * (Math.exp((1 - recall) * w[10]) - 1) * hard * easy;
        }
      }
      const change = -w[6] * (rating - 3);
      d = clampD(w[7] * firstD(4) + (1 - w[7]) * (d + ((10 - d) * change) / 9));
    }
    s = Math.max(s, 0.001);
    const exact = (s / factor) * (retention ** (1 / decay) - 1);
    const half = Math.abs((exact % 1) - 0.5) < 1e-12;
    const whole = half ? 2 * Math.round(exact / 2) : Math.round(exact); // as Python rounds
    return { stability: s, difficulty: d, interval: Math.min(Math.max(whole, 1), longest) };
  }

  /** The longest interval that an examination allows, in days: the calendar days to its eve. */
  function longest(exam, now) {
    const left = exam ? Math.round((new Date(`${exam}T00:00`) - new Date(now).setHours(0, 0, 0, 0)) / DAY) : 0;
    return left > 0 ? Math.max(1, left - 1) : 36500;
  }

  /** When a card comes: as scheduled, but on the eve of an examination at the latest, if it was not seen that day. */
  function when(card, exam, now) {
    if (!exam || new Date(`${exam}T00:00`) <= now) return card.due;
    const eve = new Date(`${exam}T00:00`);
    eve.setDate(eve.getDate() - 1);
    return card.last < eve.getTime() ? Math.min(card.due, eve.getTime()) : card.due;
  }

  Object.assign(window.candor, { DAY, schedule, longest, when });
})();

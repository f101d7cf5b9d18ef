/* What is said of a mock exam and of a session: the same things, each in whole sentences. */
import { later, tn } from "../words.js";

/** @typedef {keyof typeof SAID} Kind */

export const SAID = {
  "mock exam": {
    elsewhere: later("This mock exam was finished in another tab."),
    ends: later("End this mock exam now?"),
    forget: later("Delete all results of mock exams on this device?"),
    earlier: later("Earlier mock exams in this browser"),
    scores: later("Scores of mock exams out of 100, the oldest first. {scores}."),
    /** @param {number} open @param {number} of */
    end: (open, of) => tn("{n} of {of} questions is open.", "{n} of {of} questions are open.", open, { of }),
  },
  session: {
    elsewhere: later("This session was finished in another tab."),
    ends: later("End this session now?"),
    forget: later("Delete all results of sessions on this device?"),
    earlier: later("Earlier sessions in this browser"),
    scores: later("Scores of sessions out of 100, the oldest first. {scores}."),
    /** @param {number} open @param {number} of */
    end: (open, of) => tn("{n} of {of} questions is open; you can go on with it later.",
      "{n} of {of} questions are open; you can go on with them later.", open, { of }),
  },
};

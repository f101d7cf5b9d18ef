/* Results that answers came into while nobody could score them: a tab answered while another ended the run, and was gone
   before it heard of it. */
import { StudyRecord } from "./record.js";
import { Results } from "./run.js";
import { scored } from "./score.js";

/** @typedef {import("./types.js").Result} Result */
/** @typedef {import("./types.js").Refusal} Refusal */

/** One for each answer of a result: notes it in the record, with its own time.
 * @param {Result} result @param {Pick<import("./bank.js").Bank, "cards">} all @param {StudyRecord} record
 * @returns {(() => Refusal)[]} */
export const notes = ({ answers, when = {} }, { cards }, record) =>
  Object.entries(when).filter(([name]) => answers[name] && cards[name])
    .map(([name, at]) => () => record.note(cards[name], name, answers[name], at));

/** Scores them and notes their answers. What finds no room, or has no questions to be scored by, waits for another time.
 * @param {import("./store.js").SharedStore} store
 * @param {Pick<import("./bank.js").Bank, "cards" | "areas" | "load">} all */
export async function scoreLate(store, all) {
  const record = new StudyRecord(store);
  for (const at of store.names("candor-").filter((name) => /^candor-(history-.+|sessions)$/.test(name))) {
    const results = new Results(store, at);
    const open = () => results.all.filter(({ unscored }) => unscored);
    if (!open().length) continue;
    await all.load(open().flatMap(({ slots }) => slots.map(({ card }) => card)));
    const noted = open().filter((one) => !notes(one, all, record).some((note) => note()));
    if (noted.length && !results.add(noted.map((one) => scored({ ...one, at: one.at + 1 }, all)))) store.tell(at);
  }
}

/* A mock exam of practice cards: forms in sections, with or without a clock. What was left open is asked in a session. */
import { button } from "./dom.js";
import * as runs from "./run.js";
import { Sitting } from "./sitting.js";
import { startForm } from "./start.js";
import { t, tn } from "../words.js";

const SESSION = "candor-session"; // where one is kept while it goes on

export class MockExam extends Sitting {
  /** @param {HTMLElement} root @param {import("./bank.js").Bank} all @param {string} name of the examination */
  constructor(root, all, name) {
    super(root, all, { at: `candor-exam-${name}`, kind: "mock exam", name });
    this.exam = all.exams[name];
    this.open();
  }

  get opening() {
    const { exam } = this;
    return [startForm(this.name, exam, (place, mode, seconds, lid) => {
      this.begin({ ...runs.begin(place + 1, mode, seconds, exam.forms[place]), lid });
    })];
  }

  /** What was left open goes on as a session, with its reasons: a form that is half known is no form any more. Nothing where
   * a session is under way. @param {import("./types.js").Result} entry */
  ways(entry) {
    const open = this.openOf(entry);
    if (!open.length || this.inSession) return null;
    const words = tn("Go on with the question left open", "Go on with the {n} left open", open.length);
    return button(words, async () => await this.mayLeave() && this.goOn(open, t("Form {form}, left open", { form: entry.form })),
      { at: `open-${entry.began}` });
  }

  get inSession() { return runs.isRun(this.store.read(SESSION)); }

  /** Another tab may have begun a session: then that one goes on.
   * @param {import("./types.js").Slot[]} open @param {string} title */
  goOn(open, title) {
    const slots = open.map(({ card }) => ({ card, area: this.all.index[card].chapter }));
    const refused = !this.inSession && this.store.keep(SESSION, runs.begin(0, "tutor", null, slots, title));
    if (refused) return this.say(refused);
    location.assign(`${this.base}practice/sessions.html`);
  }
}

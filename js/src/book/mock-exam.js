/* A mock exam of practice cards: forms in sections, with or without a clock. */
import * as runs from "./run.js";
import { Sitting } from "./sitting.js";
import { startForm } from "./start.js";

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
}

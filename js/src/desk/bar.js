/* The bar above an exercise: how far one is, what is next, and what a person must know. */
import { downloadedAt, dueHere, noteProgress, wayBack } from "./browser-desk.js";
import { button, forgetful, isBrowserDesk, make, say } from "./dom.js";
import { dueWords, isLate } from "./due.js";
import { HandIn } from "./handin.js";
import { Questions } from "./questions.js";
import { safely } from "./safely.js";
import { later, t } from "../words.js";

/** @typedef {import("./desk.js").Desk} Desk */

const EACH_MINUTE = 60000; // ms

const TAKE_OUT = later("To have them as a file, choose Hand in, then Download for submission.");
/** How one has the answers as a file. */
export const takeOut = () => t(TAKE_OUT);

export class Bar {
  /** @param {Desk} desk @param {import("./lab.d.ts").WidgetClass} Widget */
  constructor(desk, Widget) {
    this.desk = desk;
    /** @type {string | undefined} */
    this.warned = undefined;
    this.count = make("span", { class: "candor-count" });
    this.fill = make("span", { class: "candor-fill" });
    this.all = button("", safely(() => this.questions.toggle()), "candor-quiet candor-all");
    this.all.append(this.count);
    this.questions = new Questions(desk, this.all);
    this.next = button(t("Next unanswered"), safely(() => this.leave(() => desk.goOn())), "candor-onward");
    this.finished = make("span", { class: "candor-finished" });
    this.hand = button(t("Hand in"), safely(() => this.handIn.toggle()), "candor-first");
    this.handIn = new HandIn(desk, this.hand);
    this.notice = make("div", { class: "candor-notice", role: "status" });
    this.alert = make("div", { class: "candor-alert", role: "alert" });
    this.due = make("div", { class: "candor-due" });
    this.clock = setInterval(safely(() => this.paintDue()), EACH_MINUTE);
    desk.panel.disposed.connect(() => clearInterval(this.clock));
    const track = make("span", { class: "candor-track", "aria-hidden": "true" }, this.fill);
    const line = make("div", { class: "candor-line", role: "group", "aria-label": t("Your progress") },
      this.all, this.finished, this.next, this.hand, track);
    const inner = make("div", { class: "candor-bar" }, this.due, line, this.questions.root, this.handIn.root, this.notice, this.alert);
    if (isBrowserDesk()) inner.prepend(wayBack(desk.title));
    safely(() => this.place(inner, new Widget({ node: make("div", {}, inner) })))();
  }

  /** @param {HTMLElement} inner @param {import("./lab.d.ts").Widget} widget */
  place(inner, widget) {
    const { panel } = this.desk;
    panel.contentHeader.addWidget(widget);
    // Lab lays its panels out by minimum height: follow our text when it wraps, in a narrow window or at high zoom.
    const sizes = new ResizeObserver(() => {
      widget.node.style.minHeight = `${inner.offsetHeight}px`;
      if (!widget.isDisposed) panel.contentHeader.fit();
    });
    panel.disposed.connect(() => sizes.disconnect());
    sizes.observe(inner);
  }

  /** @returns {import("./panel.js").Panel<HTMLElement>[]} */
  get panels() { return [this.questions, this.handIn]; }

  /** To an answer, from the bar or from a panel of it. @param {() => void} go */
  leave(go) {
    this.panels.find(({ root }) => !root.hidden)?.toggle(false);
    go();
  }

  paint() {
    this.paintDue();
    for (const panel of this.panels) panel.paintSoon();
    const { asked, inOrder } = this.desk;
    const [done, of] = [asked.filter((answer) => answer.done).length, asked.length];
    say(this.count, t("{done} of {of} answered", { done, of }));
    this.all.setAttribute("aria-label", t("Questions: {done} of {of} answered", { done, of }));
    this.all.hidden = !of;
    this.fill.style.width = `${100 * (done / (of || 1))}%`;
    this.next.hidden = done === of;
    say(this.finished, of && done === of ? t("All answered") : "");
    if (isBrowserDesk() && this.desk.opened) {
      const begun = inOrder.filter((answer) => answer.begun).length;
      noteProgress(this.desk.assignment, { done, of, begun, at: Date.now(), title: this.desk.title });
    }
  }

  /** When it is due, in the reader's own time. */
  paintDue() {
    const { assignment, notebook } = this.desk;
    const due = dueHere(assignment, notebook.model.getMetadata("candor"));
    say(this.due, dueWords(due, Date.now(), isBrowserDesk() ? downloadedAt(assignment) : 0));
    this.due.classList.toggle("candor-late", Boolean(due && isLate(due, Date.now())));
  }

  /** What holds as long as this window is as it is. */
  paintNotice() {
    const { desk } = this;
    if (desk.away) {
      const take = button(t("Go on here"), safely(() => desk.claim.take()));
      this.notice.replaceChildren(
        t("This assignment is open in another window of this browser. Answer it there."), " ", take);
    } else if (forgetful()) {
      this.notice.replaceChildren(make("strong", {}, t("This browser keeps nothing for this page:")), " ",
        t("cookies are blocked, or it stands in a frame. Your answers go when this window goes."), " ", takeOut());
    } else {
      this.notice.replaceChildren();
    }
  }

  /** @param {string} text @param {boolean} again whether to offer another try */
  warn(text, again = false) {
    if (text === this.warned || (!text && !this.desk.writable)) return;
    this.warned = text;
    this.alert.replaceChildren(text);
    if (again) this.alert.append(" ", button(t("Try again"), () => this.desk.save()));
  }
}

/* The questions of a section at a glance: folded, how many are answered and flagged; open, a button for each. */
import { button, make } from "./dom.js";
import { bounds } from "./run.js";
import { list, t } from "../words.js";

/** @typedef {import("./types.js").Run} Run */

export class Overview {
  /** `state`: what was done to the question at a place; `go` leads there.
   * @param {(run: Run, place: number) => { answered: boolean, flagged: boolean }} state
   * @param {(run: Run, place: number) => void} go */
  constructor(state, go) {
    this.state = state;
    this.go = go;
    this.open = false; // stays as it was put, from one question to the next
    this.words = make("summary");
    /** @type {Map<number, HTMLElement>} */
    this.jumps = new Map();
  }

  /** Nothing where there is one question. @param {Run} run */
  node(run) {
    const [first, end] = bounds(run);
    if (end - first < 2) return null;
    this.words = make("summary");
    this.words.dataset.at = "map";
    this.jumps = new Map(Array.from({ length: end - first }, (_, number) => {
      const place = first + number;
      const jump = button("", () => this.go(run, place), { at: `map-${place}` });
      if (place === run.place) jump.setAttribute("aria-current", "true");
      return [place, jump];
    }));
    const rows = [...this.jumps.values()].map((jump) => make("li", {}, jump));
    const node = make("details", { className: "candor-overview", open: this.open },
      this.words, make("ol", { className: "candor-map" }, ...rows));
    node.addEventListener("toggle", () => (this.open = node.open));
    this.paint(run);
    return node;
  }

  /** Says what was done by now; nothing moves. @param {Run} run */
  paint(run) {
    const [first, end] = bounds(run);
    const all = [...this.jumps].map(([place, jump]) => this.paintJump(jump, place, this.state(run, place)));
    const [answered, flagged] = [all.filter((one) => one.answered).length, all.filter((one) => one.flagged).length];
    const counts = { first: first + 1, last: end, answered, flagged };
    this.words.textContent = flagged ? t("{first} to {last}: {answered} answered, {flagged} flagged", counts)
      : t("{first} to {last}: {answered} answered", counts);
  }

  /** @param {HTMLElement} jump @param {number} place @param {{ answered: boolean, flagged: boolean }} state */
  paintJump(jump, place, state) {
    const { answered, flagged } = state;
    jump.textContent = [String(place + 1), ...(flagged ? ["⚑"] : [])].join(" ");
    jump.setAttribute("aria-label", list([t("Question {number}", { number: place + 1 }),
      ...(flagged ? [t("flagged")] : []), ...(answered ? [t("answered")] : [])]));
    jump.classList.toggle("candor-done", answered);
    return state;
  }
}

/* The time that is left, in words. */
import { make } from "./dom.js";
import { t, tn } from "../words.js";

export class Timer {
  constructor() {
    this.widest = 0; // letters
    /** @type {HTMLElement} */
    this.node = this.renew();
  }

  /** A new place for it, as wide as the one before. @returns {HTMLElement} */
  renew() {
    this.node = make("span", { className: "candor-time" });
    return this.node;
  }

  /** @param {number | null} passing seconds; null: there is no clock */
  paint(passing) {
    if (passing === null) return;
    const left = Math.max(0, Math.round(passing));
    const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    const seconds = (/** @type {number} */ n) => tn("{n} second left", "{n} seconds left", n);
    this.node.textContent = left < 60 ? seconds(left) : t("{time} left", { time });
    this.widest = Math.max(this.widest, this.node.textContent.length, seconds(59).length);
    this.node.style.minWidth = `min(${this.widest}ch, 40cqi)`; // so that what stands beside it stays as digits go
  }
}

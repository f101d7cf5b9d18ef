/* For who studies alone: nobody marks what was handed in, so where one learns at once what is right, and why. */
import { configured, make } from "./dom.js";
import { t, woven } from "../words.js";

const MOST = 3; // chapters that are named

/** @param {string} assignment @returns {(Node | string)[]} */
export function whatNow(assignment) {
  const book = new URL("../../", location.href);
  /** @param {string} page @param {string} words */
  const link = (page, words) => make("a", { href: new URL(page, book).href, target: "_blank" }, words);
  const { sessions, chapters } = configured("candorBook") || {};
  const said = t("Nobody marks it here. A supervisor of your training program does, and you are sent what was right"
    + " and why. If you study alone, keep the file: it brings your answers back.");
  /** @type {[string, string][]} */
  const read = chapters?.[assignment] ?? [];
  const places = read.slice(0, MOST).map(([page, title]) => link(page, title));
  if (sessions) places.push(link(sessions, t("Sessions")));
  if (!places.length) return [said];
  const all = make("span", {}, ...places.flatMap((one, at) => (at ? [" · ", one] : [one])));
  return [said, " ", ...woven(t("Questions that tell you at once what is right, and why: {places}"), { places: all })];
}

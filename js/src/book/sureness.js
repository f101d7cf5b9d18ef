/* How sure one is, before the reasons are shown: asked, and not required. */
import { bar, button, make } from "./dom.js";
import { t } from "../words.js";

/** @param {number} level what was said: 1 to 3, or 0 @param {(level: number) => void} set */
export function sureness(level, set) {
  const levels = [t("Guessing"), t("Fairly sure"), t("Sure")].map((words, place) => {
    const one = button(words, () => set(place + 1), { at: `sure-${place}` });
    one.setAttribute("aria-pressed", String(level === place + 1));
    return one;
  });
  const row = bar(make("span", { textContent: t("How sure are you?") }), ...levels);
  row.classList.add("candor-sure");
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", t("How sure are you?"));
  return row;
}

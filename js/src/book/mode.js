/* Light or dark on a page beside the book: the same choice, under the book's own names, so that one holds in both. */
import { later, t } from "../words.js";

/** What the book's theme calls each. @type {[string, string][]} */
const MODES = [["auto", later("Colours as the device has them")], ["light", later("Light colours")], ["dark", later("Dark colours")]];

/** Whether the device is dark: as the browser says it, since in an assignment the reader's choice stands for that. */
const isDark = () => Object.getOwnPropertyDescriptor(MediaQueryList.prototype, "matches")?.get
  ?.call(matchMedia("(prefers-color-scheme:dark)"));

/** What comes after one, in the order of the book's button: after the device's own what it has not, which is seen.
 * @param {string} mode */
const after = (mode) => {
  const order = isDark() ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
  return order[(order.indexOf(mode) + 1) % order.length];
};

const kept = () => {
  try {
    return localStorage.getItem("mode") ?? "auto";
  } catch {
    return "auto";
  }
};

/** @param {HTMLElement} button which says what holds now, and goes on to the next */
export function offerMode(button) {
  let mode = "auto";
  const show = () => {
    const words = MODES.find(([one]) => one === mode)?.[1] ?? "";
    const root = document.documentElement;
    if (mode === "auto") delete root.dataset.theme;
    else root.dataset.theme = mode;
    button.title = t(words);
    button.setAttribute("aria-label", t(words));
  };
  const read = () => {
    mode = MODES.find(([one]) => one === kept())?.[0] ?? "auto";
    show();
  };
  button.addEventListener("click", () => {
    mode = after(mode);
    show();
    const dark = mode === "dark" || (mode === "auto" && isDark());
    try {
      localStorage.setItem("mode", mode);
      localStorage.setItem("theme", dark ? "dark" : "light");
    } catch {
      // it holds as long as this page is open
    }
  });
  addEventListener("storage", (event) => event.key === "mode" && read());
  addEventListener("pageshow", read);
  read();
}

/* Light or dark on a page beside the book: the same choice, under the book's own names, so that one holds in both. */
import { later, t } from "../words.js";

/** What the book's theme calls each, in the order in which its button goes through them.
 * @type {[string, string][]} */
const MODES = [["auto", later("Colours as the device has them")], ["light", later("Light colours")], ["dark", later("Dark colours")]];

const kept = () => {
  try {
    return localStorage.getItem("mode") ?? "auto";
  } catch {
    return "auto";
  }
};

/** @param {HTMLElement} button which says what holds now, and goes on to the next */
export function offerMode(button) {
  let at = 0;
  const show = () => {
    const [mode, words] = MODES[at];
    const root = document.documentElement;
    if (mode === "auto") delete root.dataset.theme;
    else root.dataset.theme = mode;
    button.title = t(words);
    button.setAttribute("aria-label", t(words));
  };
  const read = () => {
    at = Math.max(0, MODES.findIndex(([mode]) => mode === kept()));
    show();
  };
  button.addEventListener("click", () => {
    at = (at + 1) % MODES.length;
    show();
    const [mode] = MODES[at];
    const dark = mode === "dark" || (mode === "auto" && matchMedia("(prefers-color-scheme:dark)").matches);
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

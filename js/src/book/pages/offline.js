/* The page on which one chooses what to keep for use without a network. */
import { ownWords } from "../dom.js";
import { showChoice } from "../offline.js";

const root = new URL(document.documentElement.dataset.content_root ?? "./", location.href).href;
for (const place of document.querySelectorAll("[data-candor-offline]")) {
  const box = /** @type {HTMLElement} */ (place);
  showChoice(ownWords(box, box), root);
}

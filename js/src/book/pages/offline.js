/* The page on which one chooses what to keep for use without a network. */
import { showChoice } from "../offline.js";

const root = new URL(document.documentElement.dataset.content_root ?? "./", location.href).href;
for (const place of document.querySelectorAll("[data-candor-offline]")) {
  showChoice(/** @type {HTMLElement} */ (place), root);
}

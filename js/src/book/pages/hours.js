/* The page on one's own hours toward a certification. */
import { guardBeside } from "../guard-here.js";
import { HoursPage } from "../hours/page.js";
import { restore } from "../restore.js";

const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
const bodies = window.candorBodies ?? [];
for (const root of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-candor-hours]"))) {
  if (bodies.length) new HoursPage(root, bodies, guardBeside(src));
}
restore(window.candor.store);

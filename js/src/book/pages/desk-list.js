/* The list of assignments: how far one is with each, as the desk kept it in this browser. */
import { dueOf, dueWords, isLate, timeIn } from "../../desk/due.js";
import { chip } from "../desk-state.js";
import { offerMode } from "../mode.js";
import { offerDesk } from "../offline.js";

const { store } = window.candor;
const closed = document.getElementById("closed");
if (closed) closed.hidden = !store.closed;

const { pathname } = new URL("./", location.href);
const dates = JSON.parse(document.getElementById("candor-due")?.textContent || "{}");

/** A program's link says until when one has more time: `#until=holding,2026-12-08T17:00Z`. It only shows; what counts
 * stands in the program's gradebook. */
function takeExtension() {
  const [, assignment, until] = /^#until=([\w-]+),([\dTZ:-]+)$/.exec(location.hash) || [];
  if (!assignment || !timeIn(until) || !Object.hasOwn(dates, assignment)) return;
  try {
    localStorage.setItem(`candor-until:${pathname}${assignment}`, until);
  } catch {
    return; // the page says that this browser keeps nothing
  }
  history.replaceState(null, "", `#${assignment}`);
}

function paintDue() {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-due]"))) {
    const assignment = place.dataset.due ?? "";
    const due = dueOf(dates[assignment], localStorage.getItem(`candor-until:${pathname}${assignment}`));
    const kept = /** @type {{ downloaded?: number } | null} */ (store.read(`candor-desk:${pathname}${assignment}`));
    const words = dueWords(due, Date.now(), kept?.downloaded ?? 0);
    place.hidden = !words;
    if (place.textContent !== words) place.textContent = words;
    place.classList.toggle("candor-late", Boolean(due && isLate(due, Date.now())));
  }
}

function paint() {
  window.candorGoOn?.();
  paintDue();
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-assignment]"))) {
    const found = store.read(`candor-desk:${pathname}${place.dataset.assignment}`);
    const words = chip(found);
    place.hidden = !words;
    place.textContent = words;
    place.classList.toggle("candor-begun", Boolean(words));
  }
}

takeExtension();
addEventListener("hashchange", () => (takeExtension(), paint()));
setInterval(paintDue, 60000);
store.watch("candor-desk:", paint, true);
addEventListener("pageshow", paint);
paint();
const mode = document.getElementById("mode");
if (mode) offerMode(mode);
const keep = document.getElementById("keep");
if (keep) offerDesk(keep, new URL("./", location.href).href).catch(() => {}); // a browser that keeps nothing

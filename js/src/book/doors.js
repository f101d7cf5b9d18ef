/* The list at the side of every page: which chapters were read, and how many of a part. The list itself is built; this
   fills in what the browser knows. */
import { make } from "./dom.js";
import { pageName } from "./place.js";
import { READ, StudyRecord } from "./record.js";
import { t, tn } from "../words.js";

/** @param {HTMLElement} list @param {import("./store.js").SharedStore} store */
export function countRead(list, store) {
  const paint = () => {
    const { pages } = new StudyRecord(store);
    for (const place of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll(".candor-far"))) {
      const links = [...place.closest("details")?.querySelectorAll("a") ?? []];
      const read = links.filter((link) => pages[pageName(link)]?.end);
      for (const link of links) mark(link, read.includes(link));
      place.replaceChildren(...(read.length ? far(read.length, links.length) : []));
    }
  };
  store.watch(READ, paint, true);
  addEventListener("pageshow", ({ persisted }) => persisted && paint());
  paint();
}

/** @param {number} read @param {number} n */
function far(read, n) {
  const words = tn("{read} of {n} read", "{read} of {n} read", n, { read });
  const shown = make("span", { textContent: `${read}/${n}`, title: words });
  shown.setAttribute("aria-hidden", "true"); // it is said in words
  return [shown, make("span", { className: "candor-unseen", textContent: ` ${words}` })];
}

/** @param {HTMLAnchorElement} link @param {boolean} read */
function mark(link, read) {
  link.querySelector(".candor-was-read")?.remove();
  if (read) link.append(make("small", { className: "candor-was-read", textContent: `(${t("read")})` }));
}

/** Brings the page that is read into view in its list, where the doors stay in view above it: in large letters they stand
 * one below the other and pass out of it, and would have to be looked for. @param {HTMLElement} box what scrolls */
export function showHere(box) {
  const here = box.querySelector("[aria-current='page']");
  if (!here?.getClientRects().length) return; // another door is open
  const door = box.querySelector(".candor-nav > label");
  if (door && getComputedStyle(door).position === "static") return;
  const [{ top, bottom }, frame] = [here.getBoundingClientRect(), box.getBoundingClientRect()];
  if (top < frame.top || bottom > Math.min(frame.bottom, innerHeight)) box.scrollTop += top - frame.top - box.clientHeight / 3;
}

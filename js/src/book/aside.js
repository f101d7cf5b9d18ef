/* A small card beside a word of the text: on hover, on focus and on tap. What it shows stands in the page, so that
   without this script the link leads there; some of it may come a moment later. A click, a tap or Enter keeps it open; only then Tab goes through what
   is in it, so that a reader who tabs along a page passes each link in one step. Escape closes. One is open at a time. */
import { make, ownWords } from "./dom.js";
import { t } from "../words.js";

/** Where a link finds what its card shows, and what the card is called. `late`: what is fulfilled when the entry is whole,
 * null where it is.
 * @typedef {{ entry: (link: HTMLAnchorElement) => Element | null, name: (link: HTMLAnchorElement) => string,
 *   late?: () => Promise<void> | null }} Source */

const OPEN_AFTER = 150, CLOSE_AFTER = 250; // milliseconds, so that a pointer that passes by opens nothing
const card = make("div", { className: "candor-card-open", id: "candor-card-open" });
card.setAttribute("role", "group");
if ("showPopover" in card) card.popover = "manual"; // above everything, and never cut off by a table that scrolls

/** @type {Map<HTMLAnchorElement, Source>} */
const sources = new Map();
/** @type {HTMLAnchorElement | null} */
let link = null;
let pinned = false, quiet = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {Element} from @param {string} name */
function fill(from, name) {
  const close = make("button", { type: "button", className: "candor-card-close", textContent: t("Close") });
  close.addEventListener("click", () => shut(true));
  if (link) ownWords(link, close);
  card.replaceChildren(close, ...[...from.childNodes].map((node) => node.cloneNode(true)));
  card.setAttribute("aria-label", name);
}

/** @param {boolean} on */
function pin(on) {
  pinned = on;
  card.classList.toggle("candor-pinned", on);
  // The card itself too: it may be longer than the screen, and arrow keys scroll what has the focus.
  const inside = /** @type {NodeListOf<HTMLElement>} */ (card.querySelectorAll("a, button"));
  for (const one of [card, ...inside]) one.tabIndex = on ? 0 : -1;
}

function place() {
  if (!link) return;
  const at = link.getClientRects()[0], room = document.documentElement;
  if (!at || at.bottom < 0 || at.top > room.clientHeight) return shut(false);
  const below = room.clientHeight - at.bottom, above = at.top;
  const height = Math.min(card.scrollHeight + 2, Math.max(below, above) - 16);
  const left = Math.max(8, Math.min(at.left, room.clientWidth - card.offsetWidth - 8));
  card.style.setProperty("--candor-x", `${left}px`);
  const under = below >= height + 12 || below >= above;
  card.style.setProperty("--candor-y", `${under ? at.bottom + 6 : Math.max(8, at.top - height - 6)}px`);
  card.style.setProperty("--candor-height", `${height}px`);
}

/** @param {HTMLAnchorElement} which @param {boolean} keep */
function open(which, keep) {
  clearTimeout(timer);
  if (link === which) return pin(pinned || keep);
  const source = sources.get(which);
  const from = source?.entry(which);
  if (!source || !from) return;
  shut(false);
  link = which;
  fill(from, source.name(which));
  pin(keep);
  which.after(card);
  card.hidden = false;
  if (card.popover) card.showPopover();
  which.setAttribute("aria-expanded", "true");
  which.setAttribute("aria-controls", card.id);
  place();
  source.late?.()?.then(() => {
    if (link !== which) return;
    const inside = card.contains(document.activeElement);
    fill(from, source.name(which));
    pin(pinned);
    place();
    if (inside) card.focus();
  });
}

/** @param {boolean} back whether the focus goes back to the citation */
function shut(back) {
  clearTimeout(timer);
  if (!link) return;
  const was = link;
  link = null;
  pinned = false;
  was.setAttribute("aria-expanded", "false");
  was.removeAttribute("aria-controls");
  if (card.popover && card.isConnected) card.hidePopover();
  card.hidden = true;
  if (back) {
    quiet = true;
    was.focus();
    quiet = false;
  }
  card.remove();
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (!pinned && !card.contains(document.activeElement) && document.activeElement !== link) shut(false);
  }, CLOSE_AFTER);
}

/** @param {HTMLAnchorElement} one */
function wire(one) {
  one.setAttribute("role", "button");
  one.setAttribute("aria-expanded", "false");
  one.addEventListener("pointerenter", (event) => {
    if (event.pointerType !== "mouse" || pinned) return;
    clearTimeout(timer);
    timer = setTimeout(() => { open(one, false); }, OPEN_AFTER);
  });
  one.addEventListener("pointerleave", later);
  one.addEventListener("focus", () => { if (!quiet && one.matches(":focus-visible")) open(one, false); });
  one.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link === one && pinned) shut(false);
    else open(one, true);
  });
  one.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    one.click();
  });
}

/** Gives the links that `selector` finds their cards. @param {string} selector @param {Source} source */
export function openBeside(selector, source) {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll(selector);
  for (const one of links) {
    sources.set(one, source);
    wire(one);
  }
}

card.addEventListener("pointerenter", () => { clearTimeout(timer); });
card.addEventListener("pointerleave", later);
document.addEventListener("focusin", (event) => {
  const inside = event.target instanceof Node && card.contains(event.target);
  if (link && event.target !== link && !inside) shut(false);
});
document.addEventListener("pointerdown", (event) => {
  const { target } = event;
  if (link && !(target instanceof Node && (link.contains(target) || card.contains(target)))) shut(false);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && link) {
    event.stopPropagation();
    shut(card.contains(document.activeElement));
  }
});
addEventListener("scroll", place, { passive: true });
addEventListener("resize", place);
addEventListener("beforeprint", () => shut(false));

/* The head of a page, and the list at its side. The theme opens its two menus; this says whether they are open, gives them a way out that a finger
   finds, and brings the focus back to the button. The names of its buttons, and the way back to the top, are by
   Bootstrap in the theme, and here without it. */
import { t } from "../../words.js";
import { make } from "../dom.js";
import { countRead, showHere } from "../doors.js";
import { announce } from "../offline.js";
import { isUnderWay, watchUnderWay } from "../under-way.js";

/** @param {HTMLButtonElement} toggle @param {HTMLElement} sidebar @param {HTMLDialogElement} drawer */
function wire(toggle, sidebar, drawer) {
  let followed = false;

  function paint() {
    const beside = sidebar.getClientRects().length > 0 && getComputedStyle(sidebar).visibility !== "hidden";
    toggle.setAttribute("aria-expanded", String(drawer.open || beside));
  }

  /** While one is asked there is no list at the side: on a wide screen, too, it comes as a drawer. The theme, which would
   * show or hide it at the side there, moves it back when the drawer closes. @param {Event} event */
  function draw(event) {
    if (!isUnderWay() || drawer.open || !(event.target instanceof Node && toggle.contains(event.target))) return;
    event.preventDefault();
    event.stopPropagation();
    drawer.append(...sidebar.childNodes);
    const looks = [...sidebar.classList].filter((name) => name !== "pst-sidebar-hidden");
    drawer.classList.add(...looks);
    sidebar.classList.remove(...looks);
    drawer.showModal();
  }

  const close = make("button", { type: "button", className: "candor-close", textContent: t("Close") });
  close.addEventListener("click", () => drawer.close());
  sidebar.prepend(close); // the theme moves what is in the sidebar into the drawer, and back

  drawer.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href^='#']");
    followed = Boolean(link);
    if (link) drawer.close(); // it leads to a place on this page, which the drawer would cover
  });
  drawer.addEventListener("close", () => {
    if (!followed) toggle.focus({ preventScroll: true });
    followed = false;
  });
  // The theme takes the focus off a button that was pressed: who came by key would not find back.
  document.addEventListener("click", (event) => {
    const ours = event.target instanceof Node && toggle.contains(event.target);
    if (ours && event.detail === 0) setTimeout(() => drawer.open || toggle.focus());
  }, true);

  document.addEventListener("click", draw, true); // before the theme's own
  watchUnderWay(paint);
  new MutationObserver(() => (paint(), drawer.open && showHere(drawer))).observe(drawer, { attributeFilter: ["open"] });
  new MutationObserver(paint).observe(sidebar, { attributeFilter: ["class"] });
  sidebar.addEventListener("transitionend", paint);
  window.addEventListener("resize", paint);
  // After the first view: to measure before it lays the page out twice.
  requestAnimationFrame(() => setTimeout(() => (paint(), showHere(sidebar))));
}

/** The way back to the top is there for who scrolls up. @param {HTMLElement} back */
function wireBack(back) {
  let before = 0;
  addEventListener("scroll", () => {
    back.style.display = scrollY < before && scrollY > innerHeight ? "block" : "none";
    before = scrollY;
  }, { passive: true });
  back.addEventListener("click", () => scrollTo(0, 0));
}

const back = document.getElementById("pst-back-to-top");
if (back) wireBack(back);
for (const named of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-bs-title]"))) {
  named.title = named.dataset.bsTitle ?? "";
}
for (const side of ["primary", "secondary"]) {
  const toggle = /** @type {HTMLButtonElement | null} */ (document.querySelector(`.${side}-toggle`));
  const sidebar = document.getElementById(`pst-${side}-sidebar`);
  const drawer = /** @type {HTMLDialogElement | null} */ (document.getElementById(`pst-${side}-sidebar-modal`));
  if (toggle && sidebar && drawer) wire(toggle, sidebar, drawer);
}

const list = /** @type {HTMLElement | null} */ (document.querySelector(".candor-nav"));
if (list) countRead(list, window.candor.store);

const root = new URL(document.documentElement.dataset.content_root ?? "./", location.href).href;
if (root.startsWith("http")) { // of a folder on disk nothing can be installed, and a browser would complain
  document.head.append(make("link", { rel: "manifest", href: `${root}manifest.webmanifest` }));
  announce(root).catch(() => {});
}

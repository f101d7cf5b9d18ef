/* A panel under the bar: a button opens it, Escape or *Close* shuts it, and one of them is open at a time. */
import { button, make } from "./dom.js";
import { safely } from "./safely.js";
import { t } from "../words.js";

const PAINT_AFTER = 300; // ms of quiet

/** @template {HTMLElement} Root */
export class Panel {
  /** @param {import("./desk.js").Desk} desk @param {Root} root @param {HTMLButtonElement} opener the button that opens it
   * @param {string} title */
  constructor(desk, root, opener, title) {
    this.desk = desk;
    this.root = root;
    this.opener = opener;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.painting = undefined;
    root.classList.add("candor-panel");
    root.hidden = true;
    root.setAttribute("aria-label", title);
    root.dataset.lmSuppressShortcuts = "true"; // JupyterLab's: what is typed here is no command there
    opener.setAttribute("aria-expanded", "false");
    const shut = button(t("Close"), safely(() => this.toggle(false)), "candor-quiet");
    this.top = make("div", { class: "candor-shut" }, make("h2", {}, title), shut);
    root.append(this.top);
    root.addEventListener("keydown", (event) => event.key === "Escape" && this.toggle(false));
  }

  /** Where one begins in it. @returns {HTMLElement} */
  get first() { return this.root; }

  /** Shows it, with the focus in it, in place of any other; or hides it, and the focus goes back. */
  toggle(on = Boolean(this.root.hidden)) {
    if (on) for (const one of this.desk.bar.panels) if (one.root !== this.root) one.show(false);
    this.show(on);
    (on ? this.first : this.opener).focus();
  }

  /** @param {boolean} on */
  show(on) {
    this.root.hidden = !on;
    this.opener.setAttribute("aria-expanded", String(on));
    this.paint();
    if (on) this.root.scrollTop = 0; // a browser shows it again as it was scrolled last
  }

  /** What it says of the answers, as they stand. */
  paint() {
    clearTimeout(this.painting);
    if (!this.root.hidden && !this.desk.panel.isDisposed) this.draw();
  }

  /** The same after a change: once for many, and not at each key, since all that is written is read for it. */
  paintSoon() {
    clearTimeout(this.painting);
    this.painting = setTimeout(safely(() => this.paint()), PAINT_AFTER);
  }

  draw() {}
}

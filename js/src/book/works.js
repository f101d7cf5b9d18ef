/* The works that a page cites, in the list at its foot. What their evidence cards say comes after the page, from a file
   beside it, and then stands in the list. Where it does not come, each entry leads to its card on the page of all cards. */
import { fromScripts } from "./scripts.js";

const idle = window.requestIdleCallback ?? ((/** @type {() => void} */ work) => setTimeout(work, 200));

export class Works {
  /** @param {HTMLDetailsElement} list */
  constructor(list) {
    this.list = list;
    /** @type {Promise<void> | null} */
    this.coming = null;
    list.addEventListener("toggle", () => this.come());
    addEventListener("load", () => idle(() => this.come()));
  }

  /** Null where the cards stand in the list; else what is fulfilled when they do, or cannot be had now. */
  come() {
    const file = this.list.dataset.cards;
    if (!file) return null;
    return this.coming ??= fromScripts(location.href)(file).then((found) => this.take(found), () => {}).finally(() => {
      this.coming = null; // where they did not come, so that one can try again
    });
  }

  /** @param {unknown} found the HTML of each card, by the work's key */
  take(found) {
    if (!found) return; // the book has changed since this page was opened
    for (const [key, text] of Object.entries(/** @type {Record<string, string>} */ (found))) {
      const place = document.getElementById(`work-${key}`)?.querySelector(".candor-elsewhere");
      if (place) place.outerHTML = text;
    }
    delete this.list.dataset.cards;
  }
}

/* Elements, buttons and files of one's own: what all pages are made of. */

import { t } from "../words.js";

/** @typedef {Node | string | null | undefined} Child */

/** An element from properties and children; strings become text, and nothing is left out but nothing.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Partial<HTMLElementTagNameMap[T]> | Record<string, unknown>} properties
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]} */
export function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** An element from HTML that the book's build made and escaped.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} text
 * @param {Record<string, unknown>} properties */
export const html = (tag, text, properties = {}) => make(tag, { ...properties, innerHTML: text });

/** An element with words of ours, which is put into `place`: where that is in another language than the interface, it
 * says so. @template {HTMLElement} E @param {Element} place @param {E} node */
export function ownWords(place, node) {
  const around = /** @type {HTMLElement | null} */ (place.closest("[lang]"));
  const { lang, dir } = document.documentElement;
  if (around && around.lang !== lang) {
    node.lang = lang;
    if (around.dir !== dir) node.dir = dir || "ltr";
  }
  return node;
}

/** A line that is read out when its text changes.
 * @param {string} className */
export function saying(className = "") {
  const node = make("p", { className });
  node.setAttribute("role", "status");
  return node;
}

/** A button. `key`: the letter or figure that does the same, shown in it; `at` finds it again after a repaint.
 * @param {string} text
 * @param {(event: MouseEvent) => void} work
 * @param {{ key?: string, at?: string } & Partial<HTMLButtonElement>} properties */
export function button(text, work, { key = "", at = text, ...properties } = {}) {
  const node = make("button", { type: "button", textContent: text, ...properties });
  node.dataset.at = at;
  node.addEventListener("click", work);
  if (!key) return node;
  node.dataset.key = key.toLowerCase();
  node.setAttribute("aria-keyshortcuts", key);
  const shown = make("kbd", { textContent: key });
  shown.setAttribute("aria-hidden", "true");
  node.append(" ", shown);
  return node;
}

/** A row of buttons. @param {...Child} children */
export const bar = (...children) => make("div", { className: "candor-bar" }, ...children);

/** A choice under its label.
 * @param {string} label
 * @param {string} id
 * @param {[string | number, string][]} entries value and words
 * @returns {{ row: HTMLElement, select: HTMLSelectElement }} */
export function choice(label, id, entries) {
  const options = entries.map(([value, textContent]) => make("option", { value: String(value), textContent }));
  const select = make("select", { id }, ...options);
  return { row: make("p", {}, make("label", { htmlFor: id, textContent: label }), " ", select), select };
}

/** A choice in rows, all in sight, under its question; the first is chosen, or `first`. `chosen` gives the value.
 * @template {string | number} T
 * @param {string} question
 * @param {string} name
 * @param {[T, string][]} entries value and words @param {T} first */
export function rows(question, name, entries, first = entries[0][0]) {
  const boxes = entries.map(([value]) =>
    make("input", { type: "radio", name, value: String(value), checked: value === first }));
  const labels = entries.map(([, words], place) => make("label", {}, boxes[place], " ", words));
  const row = make("fieldset", { className: "candor-rows" }, make("legend", { textContent: question }), ...labels);
  return { row, chosen: () => entries[boxes.findIndex(({ checked }) => checked)][0] };
}

/** Entries of a choice whose words are messages, in the reader's language.
 * @template {string | number} T @param {[T, string][]} entries @returns {[T, string][]} */
export const inWords = (entries) => entries.map(([value, words]) => [value, t(words)]);

/** Puts new children in a place, and the focus back on what it was on, where that is still there.
 * @param {HTMLElement} place
 * @param {Child[]} children */
export function repaint(place, children) {
  const { activeElement } = document;
  const held = activeElement instanceof HTMLElement && place.contains(activeElement) && activeElement.dataset.at;
  place.replaceChildren(...children.filter((child) => child !== null && child !== undefined));
  if (held) focusOn(place, `[data-at="${CSS.escape(held)}"]:not(:disabled)`, { preventScroll: true });
}

/** @param {ParentNode} place @param {string} selector @param {FocusOptions} [how] */
export function focusOn(place, selector, how) {
  /** @type {HTMLElement | null} */ (place.querySelector(selector))?.focus(how);
}

/** What a page's work is called as a file, by whose book it is. What is in a file says what it is; its name does not matter.
 * @param {HTMLElement} root @param {string} what */
export const fileName = (root, what) => `${root.dataset.file || "candor"}-${what}.json`;

/** Gives a file to keep, and says where it is. @param {string} file its name @param {unknown} value */
export function download(file, value) {
  const address = URL.createObjectURL(new Blob([JSON.stringify(value, null, 1)], { type: "application/json" }));
  const link = make("a", { href: address, download: file });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
  return t("{file} is in your downloads.", { file });
}

const LARGEST = 3e7; // bytes of a file; a browser keeps less than that for a site

/** Its name stays beside the field, and the same file can be chosen once more. @param {HTMLInputElement} input of files */
export function choosable(input) {
  input.addEventListener("click", () => (input.value = ""));
}

/** A field that takes a file and gives what is in it (JSON); null where it cannot be read.
 * @param {string} words
 * @param {(value: any) => void} took */
export function fileField(words, took) {
  const input = make("input", { type: "file", accept: ".json,application/json" });
  input.addEventListener("change", async () => {
    let value = null;
    try {
      const [file] = input.files ?? [];
      if (!file) return; // nothing else was chosen
      if (file.size <= LARGEST) value = JSON.parse(await file.text());
    } catch { /* told by whoever asked */ }
    took(value);
  });
  choosable(input);
  return make("label", { className: "candor-file" }, `${words} `, input);
}

/* Elements of the desk, files of the person's own, and small things that the browser keeps. */
import { complain } from "./safely.js";

let serial = 0;
/** A name that is unique on the page, for ids and groups of radio buttons. */
export const unique = () => `candor-${++serial}`;

/** An element from attributes and children; strings become text, never markup.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]} */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** @param {string} text @param {() => void} work @param {string} more classes */
export function button(text, work, more = "") {
  const node = make("button", { type: "button", class: `candor-button ${more}`.trim() }, text);
  node.addEventListener("click", work);
  return node;
}

/** A live region speaks when its text is set, so set it only when it differs.
 * @param {HTMLElement} node @param {string} text */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** A file of the person's own, made here; nothing is sent.
 * @param {string} name @param {string} text @param {string} type */
export function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

/** Small things in this browser's own store. Where it is closed or full they are forgotten, and all else goes on. */
export const ownStore = {
  /** @param {string} name */
  get(name) {
    try {
      return localStorage.getItem(name) || "";
    } catch {
      return "";
    }
  },
  /** @param {string} name @param {string} text */
  put(name, text) {
    try {
      if (text) localStorage.setItem(name, text);
      else localStorage.removeItem(name);
    } catch (error) {
      complain(error);
    }
  },
};

/** On the desk without installation all work is in the browser: whether it keeps none of it. */
export const forgetful = () => Boolean(window.candor?.store?.closed);

/** Whether this is the desk in the browser, and not a JupyterLab with a server of its own. */
export const isBrowserDesk = () => Boolean(window.candor?.store);

/** What the page says to Lab under a name. @param {string} name @returns {any} */
export function configured(name) {
  const config = document.getElementById("jupyter-config-data");
  return (config && JSON.parse(config.textContent || "{}")[name]) || "";
}

/** Whether this is a trainee's server on a hub, where nothing of Jupyter's is wanted around an assignment. */
export const isHubDesk = () => configured("candorDesk") === "true";

/** Whether this desk names no program: who answers here studies alone, unless they say otherwise. */
export const isAlone = () => isBrowserDesk() && !configured("candorProgram");

/** Where this installation is: two desks, or two people's Labs, may share one address, and so one store. */
export const ownBase = () => new URL(configured("baseUrl") || ".", location.href).pathname;

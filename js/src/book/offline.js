/* Keeps chosen parts of the site for use without a network, whole or not at all, and says when there is a newer one. */
import { button, make, saying } from "./dom.js";
import { dropAll, dropOthers, kept, storeOf, take } from "./kept.js";
import { number, t } from "../words.js";

/** `files`: address from the root, hash, bytes; `opens`: the address of the page with which it begins, or "".
 * @typedef {{ name: string, title: string, opens: string, bytes: number, files: [string, string, number][] }} Part */
/** @typedef {{ build: string, parts: Part[] }} Told */

const AT_ONCE = 6; // files
const FRAME = "frame"; // the part that every other of the book needs
export const DESK = "desk";
const LIST = "candor-offline.json";

/** @param {number} bytes */
export function size(bytes) {
  return t("{much} MB", { much: number(bytes / 1e6, bytes < 1e7 ? 1 : 0) });
}

/** @param {number} done @param {number} of bytes */
const sizes = (done, of) => t("{done} of {of}", { done: size(done), of: size(of) });

/** Why nothing can be kept here, or "". */
export function hindrance() {
  if (location.protocol === "file:") {
    return t("This book lies in a folder on this device: it needs no network as it is.");
  }
  if (!globalThis.isSecureContext) return t("Only a site with an address that begins with https can be kept.");
  if (navigator.serviceWorker && globalThis.caches) return "";
  return t("This browser, or this private window, cannot keep a site.");
}

/** @param {string} root @returns {Promise<Told>} */
async function told(root) {
  const answer = await fetch(new URL(LIST, root), { cache: "no-store" });
  if (!answer.ok) throw new Error(t("the list of files cannot be read"));
  return answer.json();
}

/** @param {ArrayBuffer} data */
async function hashOf(data) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  return [...digest].map((one) => one.toString(16).padStart(2, "0")).join("");
}

/** Keeps parts in the version that the server has now. What was kept before stays until the last file is right; files that
 * have not changed are not fetched again. Rejects with the reason.
 * @param {string} root @param {string[]} names @param {(done: number, of: number) => void} said */
export async function keep(root, names, said = () => {}) {
  const { build, parts } = await told(root);
  const ofBook = names.some((name) => name !== DESK); // the desk needs nothing of the book
  const wanted = parts.filter(({ name }) => names.includes(name) || (name === FRAME && ofBook));
  const files = wanted.flatMap((part) => part.files);
  const of = files.reduce((sum, [, , bytes]) => sum + bytes, 0);
  const before = await kept(root);
  const old = before && await caches.open(before.cache);
  const cache = `${storeOf(root)}${build} ${Date.now()}`;
  const store = await caches.open(cache);
  let done = 0;
  const waiting = files.values();
  async function work() {
    for (const [address, hash, bytes] of waiting) {
      const href = new URL(address, root).href;
      const had = before?.files[address] === hash ? await old?.match(href) : undefined;
      await store.put(href, had ?? await fetched(href, address, hash));
      said(done += bytes, of);
    }
  }
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const hashes = Object.fromEntries(files.map(([address, hash]) => [address, hash]));
    const chosen = wanted.filter(({ name }) => name !== FRAME).map(({ title, opens }) => ({ title, opens }));
    await take(root, { build, parts: wanted.map(({ name }) => name), chosen, cache, files: hashes });
  } catch (error) {
    await dropOthers(root, before?.cache);
    throw error;
  }
}

/** @param {string} href @param {string} address @param {string} hash */
async function fetched(href, address, hash) {
  const answer = await fetch(href, { cache: "no-cache" });
  if (!answer.ok) throw new Error(t("{file} cannot be read", { file: address }));
  const data = await answer.arrayBuffer();
  if (await hashOf(data) !== hash) {
    throw new Error(t("{file} is of another version; the site may be changing just now", { file: address }));
  }
  return new Response(data, { headers: { "Content-Type": answer.headers.get("Content-Type") ?? "" } });
}

/** In words for a person. @param {unknown} error */
function reason(error) {
  if (error instanceof DOMException && error.name === "QuotaExceededError") {
    return t("this browser gives no more room");
  }
  return error instanceof TypeError ? t("the network is gone") : error instanceof Error ? error.message : String(error);
}

/** Where one chooses what to keep; of a site of one part there is nothing to choose. `more`: what is done besides.
 * @param {HTMLElement} place @param {string} root */
export async function showChoice(place, root, more = async () => {}) {
  const status = saying("candor-kept-said candor-said candor-room");
  const hindered = hindrance();
  if (hindered) return place.replaceChildren(make("p", { textContent: hindered }));
  const had = await kept(root);
  const list = await told(root).catch(() => null);
  if (!list) {
    status.textContent = had ? t("There is no network. On this device, and open without one:")
      : t("The list of parts cannot be read: is there a network?");
    const frame = { title: t("Home, practice, search, glossary and references"), opens: "index.html" };
    const items = [...(had?.parts.includes(FRAME) ? [frame] : []), ...(had?.chosen ?? [])].map(({ title, opens }) =>
      make("li", {}, opens ? make("a", { href: new URL(opens, root).href, textContent: title }) : title));
    return place.replaceChildren(status, ...(had ? [make("ul", {}, ...items)] : []));
  }
  const sum = () => list.parts.reduce((all, part, at) => all + (boxes[at]?.checked ? part.bytes : 0), 0);
  const whole = list.parts.length === 1;
  const boxes = list.parts.map((part) => make("input", { type: "checkbox", value: part.name,
    checked: whole || part.name === FRAME || Boolean(had?.parts.includes(part.name)), disabled: part.name === FRAME }));
  const rows = list.parts.map((part, at) => make("li", {}, make("label", {}, /** @type {Node} */ (boxes[at]),
    ` ${part.title} (${size(part.bytes)})`)));
  const go = button("", () => work(() => keep(root, boxes.filter((box) => box.checked).map((box) => box.value), said).then(more),
    whole ? t("Kept. It is here without a network.") : t("Kept. These parts are here without a network.")), { className: "candor-check" });
  const all = button(t("Choose all"), () => {
    for (const box of boxes) box.checked = true;
    paint();
  });
  const drop = button(t("Keep nothing any more"), () => work(() => forget(root), t("Nothing is kept any more.")));
  const said = (/** @type {number} */ done, /** @type {number} */ of) => {
    const words = sizes(done, of);
    if (go.textContent !== words) go.textContent = words; // files are many and small
  };
  /** The parts that are kept in this version: to keep them once more is nothing that anybody came for. */
  let same = had?.build === list.build ? had.parts : [];
  const paint = () => {
    const wanted = boxes.filter((box) => box.checked).map((box) => box.value);
    const done = wanted.length === same.length && wanted.every((name) => same.includes(name));
    go.textContent = done ? t("Keep them again ({size})", { size: size(sum()) }) : t("Keep for offline use ({size})", { size: size(sum()) });
    go.classList.toggle("candor-check", !done);
    go.classList.toggle("primary", !done && go.matches(".candor-button"));
  };
  async function work(/** @type {() => Promise<void>} */ what, /** @type {string} */ words) {
    go.style.minWidth = `${go.offsetWidth}px`; // what stands beside it stays
    for (const one of [go, all, drop]) one.disabled = true;
    status.textContent = "";
    try {
      await registered(root);
      await what();
      status.textContent = words;
    } catch (error) {
      status.textContent = t("Not kept: {why}. What was kept before is still there.", { why: reason(error) });
    }
    for (const one of [go, all, drop]) one.disabled = false;
    const now = await kept(root);
    drop.hidden = !now;
    same = now?.parts ?? [];
    paint();
  }
  for (const box of boxes) box.addEventListener("change", paint);
  drop.hidden = !had;
  paint();
  const choice = whole ? [] : [make("ul", { className: "candor-keep" }, ...rows)];
  const works = make("div", { className: "candor-bar" }, ...(whole ? [go, drop] : [go, all, drop]));
  place.replaceChildren(...choice, works, status);
}

/** The same on the desk's own page, for the desk alone: where it can be kept, and once somebody asks for it.
 * @param {HTMLElement} fold what opens, with a place in it @param {string} root of the desk */
export async function offerDesk(fold, root) {
  if (hindrance()) return;
  const place = /** @type {HTMLElement} */ (fold.querySelector(".candor-keeping"));
  const withBook = (await kept(new URL("../", root).href))?.parts.includes(DESK);
  async function show() {
    if (withBook) return place.replaceChildren(make("p", { textContent: t("It is kept already, with the book.") }));
    await showChoice(place, root, () => registeredBeside(root));
    for (const one of place.querySelectorAll("button")) {
      one.classList.add("candor-button", ...(one.matches(".candor-check") ? ["primary"] : []));
    }
  }
  fold.addEventListener("toggle", show, { once: true });
  fold.hidden = false;
  await announce(root);
}

/** @param {string} root */
const register = (root) =>
  navigator.serviceWorker.register(new URL("candor-worker.js", root), { scope: root, updateViaCache: "none" });

/** @param {string} root */
async function registered(root) {
  await register(root);
  navigator.storage?.persist?.().catch(() => {}); // Firefox asks its reader, who need not answer
}

/** The book beside a desk that is kept alone says, where a link leads into it without a network, what is kept. Where there
 * is no book, nothing is done. @param {string} root of the desk */
async function registeredBeside(root) {
  const book = new URL("../", root).href;
  if (book !== root) await register(book).catch(() => {});
}

/** @param {string} root */
async function forget(root) {
  await dropAll(root);
  await (await navigator.serviceWorker.getRegistration(root))?.unregister();
  const beside = await navigator.serviceWorker.getRegistration(new URL("../", root));
  const ours = beside?.active?.scriptURL === new URL("../candor-worker.js", root).href;
  if (ours && !await kept(beside.scope)) await beside.unregister();
}

/** On every page, where something is kept and the server has another build: says so, with one button.
 * @param {string} root */
export async function announce(root) {
  if (hindrance() || !navigator.onLine || !navigator.serviceWorker.controller) return;
  const had = await kept(root);
  if (!had) return;
  const now = await fetch(new URL("candor-build.json", root), { cache: "no-store" }).then((answer) => answer.json(), () => null);
  if (!now?.build || now.build === had.build) return;
  const words = saying();
  const go = button(t("Update what is kept"), async () => {
    go.disabled = true;
    try {
      await keep(root, had.parts, (done, of) => { words.textContent = sizes(done, of); });
      location.reload();
    } catch (error) {
      words.textContent = t("Not updated: {why}. What was kept before is still there.", { why: reason(error) });
      go.disabled = false;
    }
  }, { className: "candor-check" });
  words.textContent = t("There is a new version of this site. Without a network you have the one before.");
  document.body.append(make("div", { className: "candor-bar candor-update" }, words, go));
}

/* The service worker of the site. With a network it changes nothing: what comes from the server is shown. Without one it
   answers from the version that was kept, which is whole or is not there. */
import { kept } from "./kept.js";
import { language, t } from "../words.js";

/** @typedef {{ request: Request, respondWith: (answer: Promise<Response>) => void, waitUntil: (work: Promise<unknown>) => void }} Asked */
const worker = /** @type {any} */ (globalThis);
const root = new URL("./", location.href).href;

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (/** @type {Asked} */ event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (/** @type {Asked} */ event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(root)) event.respondWith(answer(request));
});

/** @param {Request} request */
async function answer(request) {
  try {
    const fresh = await fetch(request);
    if (fresh.status < 500) return fresh;
    return (await found(request)) ?? fresh;
  } catch (error) {
    const version = await kept(root);
    if (!version) throw error;
    return (await found(request)) ?? missing(request, version.titles);
  }
}

/** @param {Request} request */
async function found(request) {
  const version = await kept(root);
  if (!version) return undefined;
  const address = request.url.split(/[?#]/)[0] ?? "";
  const store = await caches.open(version.cache);
  return (await store.match(address)) ?? (address.endsWith("/") ? store.match(`${address}index.html`) : undefined);
}

/** The look of the page that is not there, from what every version keeps. */
const STYLE = `<link rel="stylesheet" href="${root}_static/candor-look.css"><style>
body { margin: 0; background: var(--cd-paper); color: var(--cd-ink); font: 400 1.0625rem/1.6 var(--cd-sans); }
main { max-width: 38rem; margin: 0 auto; padding: 2rem 1.25rem; }
h1 { font: 500 min(2.25rem, 11vw)/1.2 var(--cd-serif); margin: 0 0 1rem; }
a { display: inline-block; padding: .5rem 0; color: var(--cd-act); }</style>`;

/** A text as HTML. @param {string} text */
const inert = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A file that no kept part has is not there, as a server would say. @param {Request} request
 * @param {string[]} titles of the parts that are kept */
function missing(request, titles) {
  if (request.mode !== "navigate") return new Response("", { status: 404 });
  const [name, title, home] = [t("Not kept"), t("This page is not kept"), t("Home")];
  const why = t("There is no network, and this part of the book is not among those that you keep.");
  const [keeps, items] = [t("You keep:"), titles.map((one) => `<li>${inert(one)}</li>`).join("")];
  const others = items && `<p>${keeps}</p><ul>${items}</ul>`;
  const words = `<!doctype html><html lang="${language()}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${name}</title>${STYLE}
<main><h1>${title}</h1><p>${why}</p>${others}<p><a href="${root}index.html">${home}</a></p></main></html>`;
  return new Response(words, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

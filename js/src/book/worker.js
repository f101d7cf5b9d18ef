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
    return (await found(request)) ?? missing(request);
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

/** A file that no kept part has is not there, as a server would say. @param {Request} request */
function missing(request) {
  if (request.mode !== "navigate") return new Response("", { status: 404 });
  const [name, title, home] = [t("Not kept"), t("This page is not kept"), t("Home")];
  const why = t("There is no network, and this part of the book is not among those that you keep.");
  const words = `<!doctype html><html lang="${language()}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${name}</title>
<main><h1>${title}</h1><p>${why}</p><p><a href="${root}index.html">${home}</a></p></main></html>`;
  return new Response(words, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

/* The service worker of the site. With a network it changes nothing: what comes from the server is shown. Without one it
   answers from the version that was kept, which is whole or is not there. */
import { kept, keptBelow } from "./kept.js";
import { language, t } from "../words.js";

/** @typedef {{ request: Request, respondWith: (answer: Promise<Response>) => void, waitUntil: (work: Promise<unknown>) => void }} Asked */
const worker = /** @type {any} */ (globalThis);
const root = new URL("./", location.href).href;

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (/** @type {Asked} */ event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (/** @type {Asked} */ event) => {
  const { request } = event;
  const toBeKept = request.cache === "no-cache" && !request.destination; // it comes from the server, or not at all
  if (request.method === "GET" && request.url.startsWith(root) && !toBeKept) event.respondWith(answer(request));
});

/** @param {Request} request */
async function answer(request) {
  try {
    const fresh = await fetch(request);
    if (fresh.status < 500) return fresh;
    return (await found(request)) ?? fresh;
  } catch (error) {
    const there = await found(request);
    if (there) return there;
    if (request.mode === "navigate") return missing(await keptBelow(root));
    if (await kept(root)) return new Response("", { status: 404 }); // as a server would say
    throw error;
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

/** The look of the page that is not there, from what every version keeps; light or dark as its reader chose. */
const STYLE = `<script>((page) => {
  try { page.mode = localStorage.getItem("mode"); } catch { /* it keeps nothing */ }
  page.theme = /^(light|dark)$/.test(page.mode) ? page.mode : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
})(document.documentElement.dataset);</script><link rel="stylesheet" href="${root}_static/candor-look.css"><style>
body { margin: 0; background: var(--cd-paper); color: var(--cd-ink); font: 400 1.0625rem/1.6 var(--cd-sans); }
main { max-width: 38rem; margin: 0 auto; padding: 2rem 1.25rem; }
h1 { font: 500 min(2.25rem, 11vw)/1.2 var(--cd-serif); margin: 0 0 1rem; }
a { display: inline-block; padding: .6rem 0; margin-right: 1.25rem; color: var(--cd-act); }</style>`;

/** A text as HTML. @param {string} text */
const inert = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** @param {string} href @param {string} words as HTML */
const link = (href, words) => `<a href="${href}">${words}</a>`;

/** The page in the place of one that is not kept. @param {Awaited<ReturnType<typeof keptBelow>>} all that is kept */
function missing({ chosen, home }) {
  const [name, title] = [t("Not kept"), t("This page is not kept")];
  const why = t("There is no network, and this page is not among what you keep.");
  const keeps = chosen.map(({ title: one, href }) => (href ? link(inert(href), inert(one)) : inert(one)));
  const [said, items] = [t("You keep:"), keeps.map((one) => `<li>${one}</li>`).join("")];
  const others = items && `<p>${said}</p><ul>${items}</ul>`;
  const back = home ? link(home, t("Home")) : "";
  const again = link("", t("Try again"));
  const words = `<!doctype html><html lang="${language()}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${name}</title>${STYLE}
<main><h1>${title}</h1><p>${why}</p>${others}<p>${back} ${again}</p></main></html>`;
  return new Response(words, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

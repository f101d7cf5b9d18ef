/* What is kept of the site for use without a network, and where: a store for each kept version, and one entry that says
   which of them is whole. Used by the pages and by the service worker. */

/** `files`: address from the root -> hash. `cache`: the store that holds them.
 * `chosen`: what the parts that were chosen are called, and the address from the root of the page with which each begins, or "".
 * @typedef {{ build: string, parts: string[], chosen: { title: string, opens: string }[], cache: string,
 *   files: Record<string, string> }} Kept */

/** Stores of this site alone: others may stand on the same host. @param {string} root the address of its first folder */
export const storeOf = (root) => `candor ${new URL(root).pathname} `;

/** @param {string} root */
const entryOf = (root) => new URL("candor-kept.json", root).href;

/** The version that is whole, or null. @param {string} root @returns {Promise<Kept | null>} */
export async function kept(root) {
  const found = await caches.match(entryOf(root), { cacheName: `${storeOf(root)}kept` }); // opening it would make it
  return found ? found.json() : null;
}

/** Everything that is kept of this site, by itself or by a part of it that is kept alone, as the desk: what it is called,
 * and the page with which it opens, or "". `home`: the first page of it all, where that is kept.
 * @param {string} root @returns {Promise<{ chosen: { title: string, href: string }[], home: string }>} */
export async function keptBelow(root) {
  const { href, pathname } = new URL(root);
  const names = (await caches.keys()).filter((name) => name.startsWith(`candor ${pathname}`) && name.endsWith(" kept"));
  const all = await Promise.all(names.map(async (name) => {
    const below = new URL(name.slice("candor ".length, -" kept".length), href).href;
    const version = await kept(below);
    return (version?.chosen ?? []).map(({ title, opens }) => ({ title, href: opens && new URL(opens, below).href }));
  }));
  const whole = await kept(href);
  return { chosen: all.flat(), home: whole?.files["index.html"] ? new URL("index.html", href).href : "" };
}

/** From here on this version is the kept one; stores of others go. @param {string} root @param {Kept} version */
export async function take(root, version) {
  const store = await caches.open(`${storeOf(root)}kept`);
  await store.put(entryOf(root), new Response(JSON.stringify(version)));
  await dropOthers(root, version.cache);
}

/** @param {string} root @param {string} [but] a store that stays */
export async function dropOthers(root, but = "") {
  for (const name of await caches.keys()) {
    const ours = name.startsWith(storeOf(root)) && name !== `${storeOf(root)}kept`;
    if (ours && name !== but) await caches.delete(name);
  }
}

/** @param {string} root */
export async function dropAll(root) {
  await caches.delete(`${storeOf(root)}kept`);
  await dropOthers(root);
}

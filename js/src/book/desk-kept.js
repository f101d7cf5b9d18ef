/* What the desk of this book keeps in the browser: in the record how far one is with each assignment, and in a database
   of JupyterLite's the assignments with their answers. */
import { chip } from "./desk-state.js";

const DESK = "candor-desk:";
const BEGINNINGS = [DESK, "candor-until:", "candor-unsaved:", "candor-nobodys:", "candor-parts:"];
const WHO = "candor-trainee";

/** `root`: the path of the book on its host, as `/candor/`.
 * @param {import("./store.js").SharedStore} store @param {string} root */
export const deskNames = (store, root) => store.names("candor-")
  .filter((name) => name === WHO || BEGINNINGS.some((begins) => name.startsWith(begins + root)));

/** How many assignments were begun or saved. @param {import("./store.js").SharedStore} store @param {string} root */
export const assignmentsKept = (store, root) =>
  store.names(DESK + root).filter((name) => chip(store.read(name))).length;

/** Rejects where a database stays, since another tab holds it.
 * @param {import("./store.js").SharedStore} store @param {string} root */
export async function eraseDesks(store, root) {
  const desks = store.names(DESK + root).map((name) => name.slice(DESK.length, name.lastIndexOf("/") + 1));
  await Promise.all([...new Set(desks)].map((desk) => new Promise((done, failed) => {
    const asked = indexedDB.deleteDatabase(`JupyterLite Storage - ${desk}`);
    asked.onsuccess = done;
    asked.onerror = asked.onblocked = failed;
  })));
}

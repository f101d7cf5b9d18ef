/* The language of the desk in a JupyterLab: what the page says by itself, else Lab's own, else that of the first
   assignment that is opened. The catalogues lie beside this script. */
import { complain } from "./safely.js";

/** Where this script was loaded from. */
const { currentScript } = globalThis.document ?? { currentScript: null };
const here = currentScript && "src" in currentScript ? currentScript.src : "";

/** @typedef {import("../messages.d.ts").Catalogue} Catalogue */

/** The catalogue for a tag: its own, else the first of the same language. @param {Record<string, Catalogue>} all
 * @param {string} tag */
export function nearest(all, tag) {
  const wanted = tag.replaceAll("_", "-").toLowerCase();
  const names = Object.keys(all).filter((one) => one.toLowerCase().split("-")[0] === wanted.split("-")[0]);
  return all[names.find((one) => one.toLowerCase() === wanted) ?? names[0] ?? ""];
}

/** Speaks the language of this tag from here on, if nothing else is spoken and there is a catalogue for it.
 * @param {string | undefined} tag @param {string} beside the address of this script */
export async function speak(tag, beside = here) {
  if (!tag || /^en\b/i.test(tag) || globalThis.candorWords) return;
  try {
    const answer = await fetch(new URL("words.json", beside));
    if (answer.ok) globalThis.candorWords ??= nearest(await answer.json(), tag);
  } catch (error) {
    complain(error); // it goes on in English
  }
}

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { nearest, speak } from "../../js/src/desk/speech.js";
import { language } from "../../js/src/words.js";

/** @param {string} lang */
const catalogue = (lang) => /** @type {any} */ ({ "": { lang } });
const all = { "pt-BR": catalogue("pt-BR"), "de": catalogue("de"), "de-AT": catalogue("de-AT") };
const HERE = "https://lab.example/static/remoteEntry.js";
const { fetch } = globalThis;

afterEach(() => {
  globalThis.fetch = fetch;
  globalThis.candorWords = undefined;
});

test("the nearest catalogue is taken, and none of another language", () => {
  assert.equal(nearest(all, "pt_BR"), all["pt-BR"]);
  assert.equal(nearest(all, "pt"), all["pt-BR"]);
  assert.equal(nearest(all, "de-at"), all["de-AT"]);
  assert.equal(nearest(all, "de-CH"), all.de);
  assert.equal(nearest(all, "fr"), undefined);
});

test("the desk asks for catalogues where another language is wanted, and goes on in English without them", async () => {
  let asked = 0;
  const answers = [() => Promise.reject(new TypeError("no network")), () => Promise.resolve(new Response("", { status: 404 })),
    () => Promise.resolve(Response.json(all))];
  globalThis.fetch = () => /** @type {() => Promise<Response>} */ (answers[asked++])();
  console.warn = () => {};
  for (const tag of ["en", "en-GB", "", undefined]) await speak(tag, HERE);
  assert.equal(asked, 0);
  await speak("pt-BR", HERE);
  await speak("pt-BR", HERE);
  assert.equal(language(), "en");
  await speak("pt-BR", HERE);
  assert.equal(language(), "pt-BR");
  await speak("de", HERE);
  assert.deepEqual([asked, language()], [3, "pt-BR"]);
});

/* mystmd's own parser over every page of the book, with our plugin: no directive and no role is unknown to it. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { createRequire } from "node:module";

import plugin from "../../book/candor.mjs";

const book = new URL("../../book/", import.meta.url);
const installed = createRequire(new URL("../../js/package.json", import.meta.url));
const { mystParse } = await import(installed.resolve("myst-parser"));
const { VFile } = await import(installed.resolve("vfile"));

/** The messages of the parser over a page. @param {string} source @param {any[]} directives */
function messages(source, directives) {
  const vfile = new VFile();
  const tree = mystParse(source.replace(/^---\n.*?\n---\n/s, ""), { directives, vfile });
  return { tree, said: vfile.messages.map((/** @type {any} */ one) => String(one.message)) };
}

const UNKNOWN = /unknown (directive|role)|unexpected option/;
const unknown = (/** @type {string[]} */ said) => said.filter((one) => UNKNOWN.test(one));

test("every page is parsed without a directive or role that is not known", () => {
  const pages = readdirSync(book, { recursive: true }).map(String);
  const sources = pages.filter((name) => name.endsWith(".md") && !name.startsWith("_build"));
  assert.ok(sources.length > 100, `${sources.length} pages`);
  for (const name of sources) {
    const source = readFileSync(new URL(name, book), "utf8");
    assert.deepEqual(unknown(messages(source, plugin.directives).said), [], name);
  }
});

test("without the plugin they are not known, and a body is parsed with it", () => {
  const source = "```{conversation}\nClient: *Hello*\n```\n";
  assert.equal(unknown(messages(source, []).said).length, 1);
  assert.match(JSON.stringify(messages(source, plugin.directives).tree), /"emphasis"/);
});

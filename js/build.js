/** The bundles from `src`: one for each kind of page that needs scripts, the desk's, and that of the marking page.
 * `--check` compares them with those that are committed. */
import { build } from "esbuild";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const book = join(here, "..", "grader", "book", "static");
const desk = join(here, "..", "grader", "labextension", "static");
const PAGES = ["store", "menu", "search", "quiz", "app", "next", "desk-list", "desk-going", "asides", "reading", "filter", "list",
  "places", "offline", "worker", "hours"];

/** @param {string} name @returns {[string, string]} */
const pageBundle = (name) => [`src/book/pages/${name}.js`, join(book, `candor-${name}.js`)];

/** @type {[string, string][]} from where to where */
const bundles = [
  ...PAGES.map(pageBundle),
  ["src/desk/entry.js", join(desk, "remoteEntry.js")],
  ["src/marking/page.js", join(here, "..", "grader", "marking", "page.js")],
];

let stale = false;
for (const [from, to] of bundles) {
  const made = await build({
    entryPoints: [join(here, from)],
    absWorkingDir: here, // so that names in the bundle are the same wherever the library lies
    bundle: true,
    minify: true,
    charset: "utf8",
    format: "iife",
    target: "es2022",
    legalComments: "inline",
    loader: { ".css": "text" },
    write: false,
  });
  const text = `/* Made from js/${from} by \`make scripts\`. */\n${made.outputFiles[0].text}`;
  if (!process.argv.includes("--check")) {
    writeFileSync(to, text);
  } else if (!existsSync(to) || readFileSync(to, "utf8") !== text) {
    console.error(`${relative(join(here, ".."), to)}: not what js/${from} makes. Run \`make scripts\`, and commit it.`);
    stale = true;
  }
}
process.exitCode = stale ? 1 : 0;

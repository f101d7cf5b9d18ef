/* Every file of tests in one process: a process for each takes longer to start than its tests do. */
import { readdirSync } from "node:fs";

const files = readdirSync(new URL(".", import.meta.url)).filter((name) => name.endsWith(".test.mjs"));
for (const file of files.sort()) await import(`./${file}`);

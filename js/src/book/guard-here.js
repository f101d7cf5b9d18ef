/* The rules for what may identify a client, when somebody writes: from a script and not by `fetch`, so that they are there
   in a folder on disk too. */
import { rulesAreMissing, useRules } from "../desk/guard.js";

/** @param {string} src the address of a script that lies beside them @returns {() => Promise<void>} brings them, once */
export function guardBeside(src) {
  /** @type {Promise<void> | undefined} */
  let coming;
  return () => (coming ??= new Promise((done) => {
    const script = document.createElement("script");
    script.src = new URL("candor-guard.js", src).href;
    script.addEventListener("load", () => {
      if (window.candorGuard) useRules(window.candorGuard);
      done();
    });
    script.addEventListener("error", (why) => (rulesAreMissing(why), done()));
    document.head.append(script);
  }));
}

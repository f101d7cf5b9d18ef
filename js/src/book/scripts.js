/** Gives what stands in a file beside the page or script at the address `beside`. A script and not JSON, so that it also
 * works from a folder on disk. @param {string} beside @returns {(file: string) => Promise<unknown>} */
export const fromScripts = (beside) => (file) => new Promise((done, fail) => {
  const script = document.createElement("script");
  script.src = new URL(file, beside).href;
  script.addEventListener("load", () => (script.remove(), done(window.candorCards?.[file])));
  script.addEventListener("error", () => (script.remove(), fail(new Error(`${file} did not come`))));
  document.head.append(script);
});

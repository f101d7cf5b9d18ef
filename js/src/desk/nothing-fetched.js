/* Of an assignment nothing is asked of another host. What a person types is Markdown to Lab, which draws it, in an answer
   out of sight: a picture that it names would be fetched at once, by the trainee's browser and later by the supervisor's,
   and whose server it is would learn who opened it, when and from where. */

/** @typedef {import("./lab.d.ts").Rendermime} Rendermime */

/** Attributes whose address a browser asks for by itself. */
const ASKED = ["src", "srcset", "poster", "background", "data", "href", "xlink:href"];
const OWN = /^\s*(data:|blob:|attachment:)/i; // what stands in the notebook itself
const LINKS = ["A", "AREA"]; // they wait for a click

/** HTML without what a browser would ask for by itself; of a picture its words stay. Read as a document of its own, in which
 * nothing is fetched and nothing runs. @param {string} html */
export function withoutFetching(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const node of body.querySelectorAll("*")) {
    const asked = ASKED.filter((name) => node.hasAttribute(name) && !(name === "href" && LINKS.includes(node.tagName))
      && !(name !== "srcset" && OWN.test(node.getAttribute(name) ?? "")));
    if (/url|image|src/i.test(node.getAttribute("style") ?? "")) node.removeAttribute("style");
    if (node.tagName === "STYLE" || node.tagName === "LINK") node.remove();
    else if (asked.length && node.tagName === "IMG") node.replaceWith(node.getAttribute("alt") ?? "");
    else for (const name of asked) node.removeAttribute(name);
  }
  return body.innerHTML;
}

/** A diagram is drawn on the page before anything could be taken out of it: it stays text.
 * @param {string} markdown */
export const withoutDiagrams = (markdown) => markdown.replace(/(`{3,}|~{3,})([ \t]{0,99})mermaid/gi, "$1$2text");

/** Wraps what a notebook is drawn with, where the notebook is one of ours.
 * @param {Rendermime} rendermime @param {() => boolean} isOurs asked anew each time: a notebook is there before its text */
export function fetchNothing(rendermime, isOurs) {
  const { sanitizer, markdownParser } = rendermime;
  /** @type {Rendermime["sanitizer"]} */
  const safe = Object.create(sanitizer);
  safe.sanitize = (dirty, options) => {
    const clean = sanitizer.sanitize(dirty, options);
    // Once more after ours, so that the last word on what is put into the page is Lab's.
    return isOurs() ? sanitizer.sanitize(withoutFetching(clean), options) : clean;
  };
  rendermime.sanitizer = safe;
  if (!markdownParser) return;
  const parser = Object.create(markdownParser);
  parser.render = (/** @type {string} */ source) => markdownParser.render(isOurs() ? withoutDiagrams(source) : source);
  rendermime.markdownParser = parser;
}

"""What of a page is not said in the language that is made by code, in which every message stands in brackets."""

from grader import language

#: What stands on a page before a script of ours runs, texts and attributes, is the build's; what stands on cards, too.
_LOOK = r"""
(() => {
  const seen = new Set();
  const plain = (text) => text.replace(/\s+/g, " ").trim();
  const names = ["aria-label", "title", "placeholder", "alt", "data-bs-title", "data-label"];
  function* textsOf(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const { parentElement: inside } = node;
      if (!inside?.closest("script, style, template, noscript")) yield [plain(node.data), inside];
    }
    for (const one of root.querySelectorAll("*")) {
      for (const name of names) if (one.hasAttribute(name)) yield [plain(one.getAttribute(name)), one];
    }
  }
  const learn = (root) => { for (const [text] of textsOf(root)) seen.add(text); };
  function content(value) {
    if (typeof value === "string") {
      seen.add(plain(value));
      const page = new DOMParser().parseFromString(value, "text/html");
      for (const [text] of textsOf(page.body)) seen.add(text);
    } else if (value && typeof value === "object") Object.values(value).forEach(content);
  }
  document.addEventListener("readystatechange", () => {
    if (document.readyState !== "interactive") return;
    learn(document);
    for (const one of document.querySelectorAll("template")) learn(one.content);
  });
  globalThis.bare = (where, skip) => {
    for (const data of [window.candorPractice, window.candorCards, window.candorDeck]) content(data);
    const found = [];
    for (const root of document.querySelectorAll(where)) for (const [text, node] of textsOf(root)) {
      if (skip && node.closest(skip)) continue;
      const alone = text.replace(/ \(\d+\)$/, ""); // of a choice, without how many
      const small = text.charAt(0).toLowerCase() + text.slice(1); // what begins a sentence
      const said = /[⟦⟧åéîöûýçñšÅÉÎÖÛÝ]/.test(text) || [text, alone, small].some((one) => seen.has(one));
      if (!said && /\p{L}\p{L}/u.test(alone)) found.push(text);
    }
    return [...new Set(found)];
  };
})();
"""


def script(sources):
    """For a page, before its own scripts: our messages in brackets, and `bare(where, skip)`, which gives the texts and
    names of ours inside of `where`, and not inside of `skip`, that are without them."""
    language.use(language.PSEUDO)
    try:
        return language.for_scripts(sources) + _LOOK
    finally:
        language.use()

/* JupyterLab takes the theme of the system, and asks for it here: the reader's choice stands for that, and a change of it
   for the system's. */
{
  const ask = matchMedia.bind(window);
  const root = document.documentElement;
  const asked = new Map();
  window.matchMedia = (query) => {
    if (!query.includes("prefers-color-scheme")) return ask(query);
    if (asked.has(query)) return asked.get(query);
    const found = ask(query);
    const system = Object.getOwnPropertyDescriptor(MediaQueryList.prototype, "matches").get.bind(found);
    Object.defineProperty(found, "matches", { get: () => (root.dataset.theme ? query.includes(root.dataset.theme) : system()) });
    asked.set(query, found);
    return found;
  };
  new MutationObserver(() => {
    for (const [media, found] of asked) found.dispatchEvent(new MediaQueryListEvent("change", { media, matches: found.matches }));
  }).observe(root, { attributeFilter: ["data-theme"] });
}

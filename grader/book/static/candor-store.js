/* What this browser keeps for the book. This runs before every other script: where the store is closed to the page (no
   cookies, a frame in a learning platform) or full, the theme's scripts would end at their first use of it, and search
   and menus with them. They get a stand-in, which forgets with the page; our own pages say what is not kept. */
(function () {
  "use strict";
  const PROBE = "candor-probe";

  function open(kind) {
    try {
      window[kind].getItem(PROBE);
      return window[kind];
    } catch {
      return null;
    }
  }

  /** "" when the text is kept; else why not: "closed" or "full". */
  function put(area, name, text) {
    if (!area) return "closed";
    try {
      area.setItem(name, text);
      return "";
    } catch {
      return "full";
    }
  }

  /** Reads what is really there, and holds in memory what the real area does not take. */
  function standIn(real) {
    const held = new Map();
    return {
      getItem: (name) => (held.has(name) ? held.get(name) : real ? real.getItem(name) : null),
      setItem: (name, text) => void held.set(name, String(text)),
      removeItem: (name) => void held.set(name, null),
      clear: () => held.clear(),
      key: () => null,
      length: 0,
    };
  }

  /** The real area, or null; scripts that come later find one that does not throw. */
  function secured(kind) {
    const real = open(kind);
    const refused = put(real, PROBE, "x".repeat(100));
    if (real) real.removeItem(PROBE);
    if (refused) Object.defineProperty(window, kind, { value: standIn(real), configurable: true });
    return real;
  }

  secured("sessionStorage");
  const real = secured("localStorage");

  const store = {
    get closed() { return !real; },
    /** A value (JSON) that was kept; null where there is none, or none that can be read. */
    read(name) {
      try {
        return JSON.parse(real.getItem(name));
      } catch {
        return null;
      }
    },
    write: (name, value) => put(real, name, JSON.stringify(value)),
    remove(name) {
      if (real) real.removeItem(name);
    },
    /** Calls `heard` when another tab has written under this name, or emptied the store. */
    watch(name, heard) {
      window.addEventListener("storage", (event) => {
        if (event.storageArea === real && (event.key === name || event.key === null)) heard();
      });
    },
  };

  window.candor = { store };
})();

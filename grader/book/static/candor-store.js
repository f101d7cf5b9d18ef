/* What this browser keeps for the book. This runs before every other script: where the store is closed to the page (no
   cookies, a frame in a learning platform) or full, the theme's scripts would end at their first write, and search and
   menus with them. They get a stand-in, which forgets with the page; our own pages say what is not kept. */
(function () {
  "use strict";
  const real = open();

  function open() {
    try {
      window.localStorage.getItem("");
      return window.localStorage;
    } catch {
      return null;
    }
  }

  /** "" when the text is kept; else why not: "closed" or "full". */
  function put(name, text) {
    if (!real) return "closed";
    try {
      real.setItem(name, text);
      return "";
    } catch {
      return "full";
    }
  }

  /** Reads what is really there, and keeps in memory what the real store does not take. */
  function standIn() {
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
    write: (name, value) => put(name, JSON.stringify(value)),
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

  const refused = put("candor-probe", "x".repeat(100));
  store.remove("candor-probe");
  if (refused) Object.defineProperty(window, "localStorage", { value: standIn(), configurable: true });
  window.candor = { store };
})();

/* Long lists: a field that finds a word, and a button that opens all. A link to an entry opens what it lies in, also in browsers that
   do not do so by themselves. Without this script the parts open by hand. */
(function () {
  "use strict";

  function plain(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }

  // An entry is an element, or a term with what is said of it.
  function entry(first) {
    const parts = [first];
    for (let next = first.nextElementSibling; first.matches("dt") && next && !next.matches("dt"); next = next.nextElementSibling) parts.push(next);
    return { parts, text: plain(parts.map((part) => part.textContent).join(" ")), fold: first.closest("details") };
  }

  function wire(list) {
    const entries = [...list.querySelectorAll(list.dataset.items)].map(entry), folds = [...list.querySelectorAll("details.candor-letter")];
    const bar = document.createElement("form");
    bar.className = "candor-find";
    bar.innerHTML = '<label>Find in this list <input type="search" autocomplete="off"></label><button type="button">Open all</button><p role="status"></p>';
    const field = bar.querySelector("input"), all = bar.querySelector("button"), said = bar.querySelector("p");

    function show() {
      const wanted = plain(field.value.trim()).split(/\s+/).filter(Boolean), open = new Set();
      let shown = 0;
      entries.forEach(function (one) {
        const fits = wanted.every((word) => one.text.includes(word));
        one.parts.forEach((part) => { part.hidden = !fits; });
        if (fits) { shown += 1; open.add(one.fold); }
      });
      folds.forEach(function (fold) {
        fold.hidden = !open.has(fold);
        fold.open = wanted.length > 0 && open.has(fold);
      });
      said.textContent = wanted.length ? shown + " of " + entries.length + " " + list.dataset.words : "";
      all.textContent = "Open all";
    }

    field.addEventListener("input", show);
    bar.addEventListener("submit", (event) => event.preventDefault());
    all.addEventListener("click", function () {
      const open = all.textContent === "Open all";
      folds.forEach((fold) => { fold.open = open; });
      all.textContent = open ? "Close all" : "Open all";
    });
    list.prepend(bar);
    list.addEventListener("candor-reveal", function () {
      if (field.value) { field.value = ""; show(); }
    });
  }

  function reveal() {
    let name;
    try { name = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const target = name && document.getElementById(name);
    if (!target) return;
    target.dispatchEvent(new Event("candor-reveal", { bubbles: true }));
    const own = target.querySelector(":scope > details");
    let moved = false;
    for (let fold = own || target.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      moved = moved || !fold.open;
      fold.open = true;
    }
    if (moved) target.scrollIntoView();
  }

  document.querySelectorAll(".candor-list").forEach(wire);
  addEventListener("hashchange", reveal);
  // The same address a second time is no change of it.
  document.addEventListener("click", (event) => event.target.closest?.("a[href*='#']") && setTimeout(reveal));
  reveal();
})();

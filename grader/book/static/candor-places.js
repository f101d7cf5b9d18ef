/* Law and help lines of the place that the reader chose. The choice is kept in this browser and sent to nobody. Without this script the rows of
   all places are there. */
(function () {
  "use strict";
  const KEY = "candor-place", ELSEWHERE = "somewhere-else";

  function stored() {
    try { return localStorage.getItem(KEY) || ""; } catch { return ""; }
  }

  function store(place) {
    try { if (place) localStorage.setItem(KEY, place); else localStorage.removeItem(KEY); } catch { /* a browser that keeps nothing */ }
  }

  // "california:united-states:California|..." -> [{name, within, title}]
  function known(element) {
    return element.dataset.places.split("|").filter(Boolean).map(function (text) {
      const [name, within, ...title] = text.split(":");
      return { name, within, title: title.join(":") };
    });
  }

  function add(parent, tag, properties) {
    return parent.appendChild(Object.assign(document.createElement(tag), properties));
  }

  const boxes = [...document.querySelectorAll(".candor-by-place")].map(function (box, number) {
    const chooser = box.querySelector(".candor-choose"), places = known(chooser);
    const id = "candor-place-" + number;
    add(chooser, "label", { htmlFor: id, textContent: "Your place" });
    const select = add(chooser, "select", { id });
    select.add(new Option("Choose a place", ""));
    places.forEach(function (place) { select.add(new Option(place.title, place.name)); });
    select.add(new Option("Somewhere else", ELSEWHERE));
    const blocks = [...box.querySelectorAll(".candor-place")];
    const all = blocks.length ? add(chooser, "button", { type: "button", textContent: "Show all places" }) : null;
    add(chooser, "p", { className: "candor-kept", textContent: "Kept in this browser only." });
    const none = add(chooser, "p", { className: "candor-none", hidden: true });
    none.setAttribute("role", "status");
    const one = { select, places, blocks, all, none, open: false };
    select.addEventListener("change", function () {
      boxes.forEach(function (other) { other.open = false; });
      store(select.value);
      show();
    });
    all?.addEventListener("click", function () {
      one.open = !one.open;
      show();
    });
    return one;
  });

  // A place, and every place that it lies in.
  function chain(places, name) {
    const found = [];
    for (let place = places.find((one) => one.name === name); place && !found.includes(place.name); place = places.find((one) => one.name === place.within)) found.push(place.name);
    return found;
  }

  function show() {
    const place = stored();
    boxes.forEach(function (box) {
      const mine = chain(box.places, place);
      box.select.value = mine.length || place === ELSEWHERE ? place : "";
      let shown = 0;
      box.blocks.forEach(function (block) {
        const wanted = mine.includes(block.dataset.place);
        shown += wanted ? 1 : 0;
        block.classList.toggle("candor-folded", !wanted && !box.open);
      });
      const title = box.places.find((one) => one.name === place)?.title;
      box.none.hidden = !box.blocks.length || shown > 0 || !box.select.value;
      box.none.textContent = title ? "The book has no row on this for " + title + " yet. Use the worksheet." : "The book has no notes for your place. Use the worksheet.";
      if (box.all) {
        box.all.textContent = box.open ? "Show my place alone" : "Show all places";
        box.all.setAttribute("aria-expanded", String(box.open));
      }
    });
  }

  addEventListener("storage", function (event) { if (event.key === KEY) show(); });
  show();
})();

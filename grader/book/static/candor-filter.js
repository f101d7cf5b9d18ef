/* Filters over the list of evidence cards. Without this script the whole list is there. */
(function () {
  "use strict";
  const FILTERS = [["chapter", "Chapter"], ["design", "Design"], ["certainty", "Certainty"], ["seen", "How far read"]];

  function wire(list) {
    const cards = [...list.children];
    const bar = document.createElement("form");
    bar.className = "candor-filter";
    const count = document.createElement("p");
    count.className = "candor-count";
    count.setAttribute("role", "status");

    function values(card, name) {
      return (card.dataset[name] || "").split("|").filter(Boolean);
    }

    const selects = FILTERS.map(function ([name, words]) {
      const label = document.createElement("label"), select = document.createElement("select");
      label.append(words, select);
      select.name = name;
      select.add(new Option("All", ""));
      const known = new Set(cards.flatMap(function (card) { return values(card, name); }));
      [...known].sort().forEach(function (value) { select.add(new Option(name === "certainty" ? value.replaceAll("-", " ") : value, value)); });
      bar.append(label);
      return select;
    });

    function show() {
      let shown = 0;
      cards.forEach(function (card) {
        card.hidden = selects.some(function (select) { return select.value && !values(card, select.name).includes(select.value); });
        shown += card.hidden ? 0 : 1;
      });
      count.textContent = shown ? shown + " of " + cards.length + " cards" : "No card fits. Choose All in one of the lists.";
    }

    bar.addEventListener("change", show);
    bar.addEventListener("submit", function (event) { event.preventDefault(); });
    list.before(bar, count);
    show();
  }

  document.querySelectorAll(".candor-evidence-list").forEach(wire);
})();

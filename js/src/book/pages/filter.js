/* Filters over the list of evidence cards. Without this script the whole list is there. */
import { make, ownWords } from "../dom.js";
import { later, t, tc, tn } from "../../words.js";

const FILTERS = [["chapter", later("Chapter")], ["design", later("Design")], ["certainty", later("Certainty")],
  ["seen", later("How far read")]];

/** @param {HTMLElement} card @param {string} name */
const values = (card, name) => (card.dataset[name] || "").split("|").filter(Boolean);

/** @param {Element} list */
function wire(list) {
  const cards = /** @type {HTMLElement[]} */ ([...list.children]);
  const bar = make("form", { className: "candor-filter" });
  const count = make("p", { className: "candor-count" });
  count.setAttribute("role", "status");

  const selects = FILTERS.map(([name, words]) => {
    const select = make("select", { name });
    select.add(new Option(tc("evidence cards", "All"), ""));
    for (const value of [...new Set(cards.flatMap((card) => values(card, name)))].sort()) {
      select.add(new Option(name === "certainty" ? value.replaceAll("-", " ") : value, value));
    }
    bar.append(make("label", {}, t(words), select));
    return select;
  });

  function show() {
    let shown = 0;
    for (const card of cards) {
      card.hidden = selects.some((select) => select.value && !values(card, select.name).includes(select.value));
      shown += card.hidden ? 0 : 1;
    }
    count.textContent = shown ? tn("{shown} of {n} card", "{shown} of {n} cards", cards.length, { shown })
      : t("No card fits. Choose All in one of the lists.");
  }

  bar.addEventListener("change", () => {
    list.remove(); // in its place a browser takes a second and more to hide hundreds, one after the other
    show();
    count.after(list);
  });
  bar.addEventListener("submit", (event) => event.preventDefault());
  list.before(ownWords(list, bar), ownWords(list, count));
  show();
}

document.querySelectorAll(".candor-evidence-list").forEach(wire);

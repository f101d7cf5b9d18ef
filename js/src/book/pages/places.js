/* Law and help lines of the place that the reader chose. The choice is kept in this browser and sent to nobody. Without
   this script the rows of all places are there. */
import { make, ownWords } from "../dom.js";
import { t } from "../../words.js";

/** @typedef {{ name: string, within: string, title: string }} Place */

const KEY = "candor-place", ELSEWHERE = "somewhere-else";
const { store } = window.candor;
let held = ""; // for a browser that keeps nothing

/** The name of the place that was chosen, or "". */
function chosen() {
  const place = store.closed ? held : store.read(KEY);
  return typeof place === "string" ? place : "";
}

/** "california:united-states:California|..." @param {HTMLElement} element @returns {Place[]} */
function known(element) {
  return (element.dataset.places ?? "").split("|").filter(Boolean).map((text) => {
    const [name, within, ...title] = text.split(":");
    return { name, within, title: title.join(":") };
  });
}

/** A place, and every place that it lies in. @param {Place[]} places @param {string} name */
function chain(places, name) {
  /** @type {string[]} */
  const found = [];
  /** @param {string} wanted */
  const named = (wanted) => places.find((one) => one.name === wanted);
  for (let place = named(name); place && !found.includes(place.name); place = named(place.within)) {
    found.push(place.name);
  }
  return found;
}

/** @type {{ open: boolean, show: () => void }[]} */
const boxes = [];

/** @param {Element} box @param {number} number */
function wire(box, number) {
  const chooser = /** @type {HTMLElement} */ (box.querySelector(".candor-choose"));
  const places = known(chooser);
  const select = make("select", { id: `candor-place-${number}` });
  select.add(new Option(t("Choose a place"), ""));
  for (const place of places) select.add(new Option(place.title, place.name));
  select.add(new Option(t("Somewhere else"), ELSEWHERE));
  const blocks = /** @type {HTMLElement[]} */ ([...box.querySelectorAll(".candor-place")]);
  const all = blocks.length ? make("button", { type: "button", textContent: t("Show all places") }) : null;
  const none = make("p", { className: "candor-none", hidden: true });
  none.setAttribute("role", "status");
  const kept = store.closed ? t("This browser keeps nothing for this page.") : t("Kept in this browser only.");
  const label = make("label", { htmlFor: select.id, textContent: t("Your place") });
  const said = make("p", { className: "candor-kept", textContent: kept });
  for (const one of [label, said, none, ...(all ? [all] : [])]) ownWords(chooser, one);
  chooser.append(label, select, ...(all ? [all] : []), said, none);

  const one = {
    open: false,
    show() {
      const place = chosen();
      const mine = chain(places, place);
      select.value = mine.length || place === ELSEWHERE ? place : "";
      let shown = 0;
      for (const block of blocks) {
        const wanted = mine.includes(block.dataset.place ?? "");
        shown += wanted ? 1 : 0;
        block.classList.toggle("candor-folded", !wanted && !one.open);
      }
      const title = places.find(({ name }) => name === place)?.title;
      none.hidden = !blocks.length || shown > 0 || !select.value;
      none.textContent = title
        ? t("The book has no row on this for {place} yet. Use the worksheet.", { place: title })
        : t("The book has no notes for your place. Use the worksheet.");
      if (!all) return;
      all.textContent = one.open ? t("Show my place alone") : t("Show all places");
      all.setAttribute("aria-expanded", String(one.open));
    },
  };
  select.addEventListener("change", () => {
    for (const other of boxes) other.open = false;
    held = select.value;
    store.write(KEY, select.value);
    show();
  });
  all?.addEventListener("click", () => {
    one.open = !one.open;
    show();
  });
  boxes.push(one);
}

function show() {
  for (const box of boxes) box.show();
}

document.querySelectorAll(".candor-by-place").forEach(wire);
store.watch(KEY, show);
show();

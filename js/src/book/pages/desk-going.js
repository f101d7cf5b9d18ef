/* What the list of assignments has on top: those that are under way. It stands in the page and is read before the first
   paint, so that nothing moves; each has the room for what the list's own script says of it. */
import { isOpen } from "../desk-state.js";

const titles = JSON.parse(document.getElementById("candor-titles")?.textContent || "{}");
const { pathname } = new URL("./", location.href);

/** @param {string} name */
function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(`candor-desk:${pathname}${name}`) || "null");
  } catch {
    return null;
  }
}

/** @param {string} name */
function card(name) {
  const one = document.createElement("li");
  one.className = "candor-card";
  const link = document.createElement("a");
  link.href = `notebooks/index.html?path=${name}.ipynb`;
  link.textContent = titles[name];
  const title = document.createElement("h3");
  title.append(link);
  const words = document.createElement("p");
  words.className = "candor-small candor-begun";
  words.textContent = "\u00a0";
  words.dataset.assignment = name;
  one.append(title, words);
  return one;
}

window.candorGoOn = () => {
  const begun = Object.keys(titles).map((name) => ({ name, found: kept(name) })).filter(({ found }) => isOpen(found))
    .sort((one, other) => other.found.at - one.found.at).map(({ name }) => name);
  const place = document.getElementById("going");
  if (!place || place.dataset.drawn === String(begun)) return;
  place.dataset.drawn = String(begun);
  place.hidden = !begun.length;
  place.querySelector("ul")?.replaceChildren(...begun.map(card));
};
window.candorGoOn();

/* How a practice question looks: its options to choose from, and afterwards each with its reason. */
import { LETTERS, isOne } from "./card.js";
import { html, make } from "./dom.js";
import { t, woven } from "../words.js";

/** @typedef {import("./types.js").Card} Card */

const MANY = 6; // options, above which they stand closer together

/** The options to choose from; `changed` hears the letters that are marked.
 * @param {Card} card
 * @param {string} chosen
 * @param {(marked: string) => void} changed */
export function form(card, chosen, changed) {
  const name = `card-${Math.random().toString(36).slice(2)}`;
  const how = isOne(card) ? t("Choose one answer.") : t("Choose all that apply.");
  const legend = html("legend", `<span class="candor-ask">${card.ask}</span> <span class="candor-how">${how}</span>`);
  const className = card.options.length > MANY ? "candor-form candor-many" : "candor-form";
  const field = make("fieldset", { className }, legend);
  card.options.forEach((option, place) => {
    const letter = LETTERS[place];
    const type = isOne(card) ? "radio" : "checkbox";
    const checked = chosen.includes(letter);
    const input = make("input", { type, name, id: `${name}-${letter}`, value: letter, checked });
    input.dataset.at = letter;
    const label = html("label", `<b>${letter}.</b> ${option.text}`, { htmlFor: input.id });
    field.append(make("div", { className: "candor-option" }, input, label));
  });
  const inputs = () => /** @type {NodeListOf<HTMLInputElement>} */ (field.querySelectorAll("input:checked"));
  field.addEventListener("change", () => changed([...inputs()].map((input) => input.value).join("")));
  return field;
}

/** The options once more, each in its own words with its verdict and its reason; then the principle, what would change
 * it, the sources, and the section that teaches it.
 * @param {Card} card
 * @param {string} chosen
 * @param {string} base the way to the root of the book */
export function debrief(card, chosen, base) {
  const rows = card.options.map((option, place) => {
    const letter = LETTERS[place];
    const [best, not] = isOne(card) ? [t("Best."), t("Not the best answer.")] : [t("Right."), t("Does not apply.")];
    const verdict = option.right ? `✓ ${best}` : `✗ ${not}`;
    const mine = chosen.includes(letter) ? `<span class="candor-mine">${t("Your answer")}</span>` : "";
    const words = `<p class="candor-words"><b>${letter}.</b> ${option.text}</p>`;
    const why = `<p class="candor-why">${mine}<strong>${verdict}</strong> ${option.why}</p>`;
    return html("li", words + why, { className: option.right ? "candor-best" : "candor-not" });
  });
  const unless = card.unless ? html("p", `<em>${t("Unless:")}</em> ${card.unless}`) : null;
  return make("div", { className: "candor-debrief" },
    html("p", card.ask, { className: "candor-ask" }), make("ul", {}, ...rows), html("p", card.explain), unless,
    sources(card, base), taught(card, base));
}

/** @param {Card} card @param {string} base */
function sources(card, base) {
  if (!card.sources.length) return null;
  const works = card.sources.flatMap(([words, address], place) => [
    place ? ", " : "", address ? make("a", { href: base + address, textContent: words }) : words]);
  return make("p", { className: "candor-sources" }, make("em", { textContent: t("Sources:") }), " ", ...works);
}

/** @param {Card} card @param {string} base */
const taught = (card, base) => make("p", { className: "candor-taught" },
  ...woven(t("Read on: {link}. Objective of this question: {objective}"), {
    link: make("a", { href: base + card.section, textContent: card.chapter }), objective: card.objective,
  }));

/** @param {Card} card */
export const story = (card) => html("div", card.story);

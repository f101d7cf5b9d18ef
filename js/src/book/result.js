/* The page of a result: what was answered and what it came to, what to take to supervision, and every question with its
   reasons. */
import { choice, make } from "./dom.js";
import { debrief, story } from "./question.js";
import { byArea, grouped, plain, score } from "./score.js";

/** @typedef {import("./types.js").Row} Row */
/** @typedef {import("./types.js").Card} Card */

/** @param {string} textContent */
const line = (textContent) => make("p", { textContent });

/** @param {string} head
 * @param {[string, import("./score.js").Group][]} groups
 * @param {(text: string, card: Card) => Node | string} shown */
function table(head, groups, shown = (text) => text) {
  /** @param {Node | string} inside */
  const cell = (inside) => make("td", {}, inside);
  const lines = groups.map(([text, { got, of, card }]) =>
    make("tr", {}, cell(shown(text, card)), cell(`${plain(got)} of ${of}`)));
  const heads = [head, "Right"].map((textContent) => make("th", { textContent, scope: "col" }));
  return make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...lines));
}

/** Safety questions that were answered and missed, with a way to their reasons; those left open are counted apart.
 * @param {Row[]} rows
 * @param {(number: number) => void} openAt */
function safety(rows, openAt) {
  const asked = rows.filter((row) => row.card.gate);
  if (!asked.length) return null;
  const answered = asked.filter((row) => row.chosen);
  const missed = answered.filter((row) => row.got < 1);
  const items = missed.map((row) => {
    const link = make("a", { href: `#candor-reasons-${row.number}`, textContent: `question ${row.number}` });
    link.addEventListener("click", (event) => (event.preventDefault(), openAt(row.number)));
    return make("li", {}, `${row.card.gate}: ${row.card.objective} (`, link, ")");
  });
  const open = asked.length - answered.length;
  const left = open ? ` ${open} left open: not missed, but not answered either.` : "";
  const counts = `${answered.length} of ${asked.length} answered, ${missed.length} missed.${left}`;
  const title = make("h3", { textContent: "Safety questions to take to supervision" });
  return make("section", {}, title, line(counts), items.length ? make("ul", {}, ...items) : null);
}

/** @type {[string, (row: Row) => boolean][]} */
const KINDS = [
  ["All", () => true],
  ["Not right", (row) => Boolean(row.chosen) && row.got < 1],
  ["Left open", (row) => !row.chosen],
  ["Flagged", (row) => row.flagged],
];

/** @param {Row} row */
function reasonsOf(row) {
  const textContent = `Question ${row.number}${row.chosen ? "" : ", left open"}${row.flagged ? ", flagged" : ""}`;
  return make("section", { id: `candor-reasons-${row.number}`, tabIndex: -1 },
    make("h3", { textContent }), story(row.card), debrief(row.card, row.chosen));
}

/** Every question with its reasons, folded; a choice of which; and how to open it at one of them.
 * @param {Row[]} rows */
function reasons(rows) {
  const sections = rows.map(reasonsOf);
  const counted = KINDS.map(([words, fits], value) =>
    /** @type {[number, string]} */ ([value, `${words} (${rows.filter(fits).length})`]));
  const { row, select } = choice("Show", "candor-which", counted);
  /** @param {number} value */
  const choose = (value) => {
    select.value = String(value);
    sections.forEach((section, place) => (section.hidden = !KINDS[value][1](rows[place])));
  };
  select.addEventListener("change", () => choose(Number(select.value)));
  const title = make("summary", { textContent: "Every question with its reasons" });
  const box = make("details", { className: "candor-all-reasons" }, title, row, ...sections);
  /** @param {number} number */
  const openAt = (number) => {
    box.open = true;
    choose(0);
    sections[number - 1].focus();
  };
  return { box, openAt };
}

/** What the figures mean. @param {ReturnType<typeof score>} scored @param {boolean} session */
function meaning({ rows, counted, sat }, session) {
  if (!counted.length) return "Nothing was answered, so there is nothing to count.";
  if (!sat) return "Only what you answered is counted below. A score needs four questions in five answered.";
  const open = rows.some((row) => !row.chosen) ? " Questions left open count as not right." : "";
  return `${session ? "" : "Nobody has set a standard for this rehearsal, so there is no pass or fail."}${open}`.trim();
}

/** The page of a result; its first node is the heading, to be given the focus. `why`: what to say first.
 * @param {import("./types.js").Result} entry
 * @param {import("./types.js").Practice} all
 * @param {string} base the way to the root of the book
 * @param {string} why
 * @returns {[HTMLElement, ...HTMLElement[]]} */
export function result(entry, all, base, why) {
  const scored = score(entry, all);
  const { rows, counted, words, gone } = scored;
  const { box, openAt } = reasons(rows);
  const answered = `${rows.filter((row) => row.chosen).length} of ${rows.length} questions answered`;
  const said = meaning(scored, Boolean(entry.title));
  /** @param {string} text @param {Card} card */
  const read = (text, card) => make("a", { href: `${base}${card.section}`, textContent: text });
  const areas = entry.title ? [] : [make("h3", { textContent: "By area" }), table("Area", byArea(counted))];
  const objectives = grouped(counted, (row) => row.card.objective);
  const rest = [
    why ? line(why) : null,
    make("p", { className: "candor-score" }, make("strong", { textContent: words })),
    line(`${entry.title || `Form ${entry.form}`}, ${new Date(entry.at).toLocaleString()}: ${answered}.`),
    said ? line(said) : null,
    gone ? line(`${gone} of its questions are no longer in the book, and are left out.`) : null,
    safety(rows, openAt),
    ...(counted.length ? [...areas, make("h3", { textContent: "By objective, with where to read" }),
      table("Objective", objectives, read)] : []),
    box,
  ];
  const title = make("h2", { textContent: "Your result", tabIndex: -1 });
  return [title, ...rest.filter((node) => node !== null)];
}

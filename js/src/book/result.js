/* The page of a result: what was answered and what it came to, what to take to supervision, and every question with its
   reasons. */
import { parts, practice, readings } from "./advice.js";
import { bar, button, choice, make } from "./dom.js";
import { card, counted, fold, gate, linkButton, range, scale, table } from "./look.js";
import { debrief, story } from "./question.js";
import { RANGED, SAT, byArea, grouped, score } from "./score.js";
import { dateTime, later, laterIn, list, t, tc, tn, woven } from "../words.js";

/** @typedef {import("./types.js").Row} Row */
/** @typedef {import("./types.js").Card} Card */

/** @param {string} textContent */
const line = (textContent) => make("p", { textContent });
/** @param {string} text */
const upper = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Safety questions that were answered and missed, with a way to their reasons; those left open are counted apart.
 * @param {Row[]} rows @param {string} base
 * @param {(number: number) => void} openAt */
function safety(rows, base, openAt) {
  const asked = rows.filter((row) => row.card.gate);
  if (!asked.length) return null;
  const answered = asked.filter((row) => row.chosen);
  const missed = answered.filter((row) => row.got < 1);
  const open = asked.length - answered.length;
  const counts = { answered: answered.length, of: asked.length, missed: missed.length };
  const said = missed.length ? t("{answered} of {of} answered, {missed} missed.", counts)
    : answered.length ? t("Safety questions: {answered} of {of} answered, none missed.", counts)
      : t("Safety questions: none was answered.");
  const left = open ? ` ${tn("{n} left open: answer it another day.", "{n} left open: answer them another day.", open)}`
    : "";
  const what = make("p", { className: "candor-small" }, t("A safety question turns on what must not be missed, such as violence"
    + " between partners or a sign of illness that cannot wait."), " ",
  make("a", { href: `${base}front/how-to-use.html#safety-questions`, textContent: t("What safety questions are") }));
  if (!missed.length) return make("div", {}, line(said + left), what);
  const items = missed.map((row) => {
    const named = t("question {number}", { number: row.number });
    const link = make("a", { href: `#candor-reasons-${row.number}`, textContent: named });
    link.addEventListener("click", (event) => (event.preventDefault(), openAt(row.number)));
    const read = make("a", { href: `${base}${row.card.section}`, textContent: row.card.chapter });
    const what = make("strong", { textContent: upper(row.card.gate) });
    const { objective } = row.card;
    return make("li", {}, ...woven(t("{what}, {question}: {objective} Read: {chapter}"),
      { what, question: link, objective, chapter: read }));
  });
  return gate(t("Safety questions to take to supervision"), make("ul", {}, ...items), line(said + left), what);
}

/** What to do now: read, then practise; the one primary button of the page.
 * @param {Row[]} rows @param {string} base */
function next(rows, base) {
  const [read, { words, href }] = [readings(rows), practice(rows)];
  const cards = read.map((one, place) =>
    card(place ? t("Then read") : t("Read first"), one.title, `${base}${one.href}`, one.words));
  const title = make("h3", { textContent: t("What to do next") });
  const fine = !read.length && rows.some((row) => row.chosen);
  const said = fine ? line(t("Nothing that you answered calls for reading again.")) : null;
  return make("section", { className: "candor-result-next" }, title, said,
    make("div", { className: "candor-cards" }, ...cards), bar(linkButton(words, `${base}${href}`, "primary")));
}

/** By part with the likely range; below, folded, by the areas of the blueprint and by objective.
 * @param {Row[]} rows those that count @param {string} base @param {boolean} session */
function figures(rows, base, session) {
  const read = (/** @type {string} */ textContent, /** @type {Card} */ one) =>
    make("a", { href: `${base}${one.section}`, textContent });
  const lines = parts(rows).map(({ title, group, joined }) => {
    const practise = `${base}practice/sessions.html?from=${encodeURIComponent(`part:${title}`)}`;
    const drawn = group.of < RANGED ? tn("Too few questions for a range: {n} more is needed",
      "Too few questions for a range: {n} more are needed", RANGED - group.of)
      : range(group, title);
    return [title, drawn, counted(group), joined > 1 ? "" : make("a", { href: practise, textContent: t("Practise") })];
  });
  /** @type {[string, string, string]} */
  const right = [tc("share", "Right"), tc("share", "Right"), "n"];
  /** @type {[string, string, string][]} */
  const heads = [[t("Part"), t("Part"), ""], [t("Share, and the likely range"), t("Range"), "wide"], right,
    [tc("to do", "Next"), tc("to do", "Next"), ""]];
  /** @param {string} name @returns {[string, string, string][]} */
  const plainHeads = (name) => [[name, name, ""], right];
  const objectives = grouped(rows, (row) => row.card.objective);
  const many = objectives.length;
  const all = many > 1 ? tn("All {n} objectives, with where to read", "All {n} objectives, with where to read", many)
    : t("The objective, with where to read");
  const areas = byArea(rows);
  return [
    make("h3", { textContent: lines.length > 1 ? t("By part of the book, weakest first") : t("By part of the book") }),
    table(t("By part of the book"), heads, lines),
    session || areas.length < 2 ? null : fold(tn("All {n} areas", "All {n} areas", areas.length),
      table(t("By area"), plainHeads(t("Area")),
      areas.map(([title, group]) => [title, counted(group)]))),
    fold(all, table(t("By objective"), plainHeads(t("Objective")),
      objectives.map(([title, group]) => [read(title, group.card), counted(group)]))),
  ];
}

/** @param {Row} row */
const isOpen = (row) => !row.chosen;

/** @type {[string, (row: Row) => boolean][]} */
const KINDS = [
  [laterIn("questions", "All"), () => true],
  [laterIn("questions", "Answered"), (row) => Boolean(row.chosen)],
  [later("Not right"), (row) => Boolean(row.chosen) && row.got < 1],
  [later("Left open"), isOpen],
  [later("Flagged"), (row) => row.flagged],
  [later("Sure, and not right"), (row) => row.sure === 3 && row.got < 1],
];

const MISSED = 2; // its place

/** @param {Row} row @param {string} base */
function reasonsOf(row, base) {
  const textContent = list([t("Question {number}", { number: row.number }), ...(row.chosen ? [] : [t("left open")]),
    ...(row.flagged ? [t("flagged")] : [])]);
  return make("section", { id: `candor-reasons-${row.number}`, tabIndex: -1 },
    make("h3", { textContent }), story(row.card), debrief(row.card, row.chosen, base));
}

/** Every question with its reasons, folded; a choice of which, at first of those that were answered where some were not;
 * how to open it at one of them, and a button that opens it at those that were not right. Above those that were left open stands what goes on with them: a reason tells the
 * answer.
 * @param {Row[]} rows @param {string} base @param {HTMLElement | null} goOn */
function reasons(rows, base, goOn) {
  const sections = rows.map((row) => reasonsOf(row, base));
  const counted = KINDS.map(([words, fits], value) =>
    /** @type {[number, string]} */ ([value, `${t(words)} (${rows.filter(fits).length})`]));
  const { row, select } = choice(t("Show"), "candor-which", counted);
  const further = bar(goOn);
  /** @param {number} value */
  const choose = (value) => {
    select.value = String(value);
    sections.forEach((section, place) => (section.hidden = !KINDS[value][1](rows[place])));
    further.hidden = !goOn || KINDS[value][1] !== isOpen;
  };
  select.addEventListener("change", () => choose(Number(select.value)));
  const answered = rows.filter((one) => one.chosen).length;
  choose(answered && answered < rows.length ? 1 : 0);
  const title = make("summary", { textContent: t("Every question with its reasons") });
  const box = make("details", { className: "candor-all-reasons" }, title, row, further, ...sections);
  /** @param {number} number */
  const openAt = (number) => {
    box.open = true;
    choose(0);
    sections[number - 1].focus();
  };
  const missed = rows.filter(KINDS[MISSED][1]).length;
  const words = tn("See the one that was not right", "See the {n} that were not right", missed);
  const review = missed ? button(words, () => {
    box.open = true;
    choose(MISSED);
    sections.find((section) => !section.hidden)?.focus();
  }) : null;
  return { box, openAt, review };
}

/** How often one was sure, and how often rightly. @param {Row[]} rows */
function sureness(rows) {
  /** @param {number} level */
  const counted = (level) => {
    const some = rows.filter((row) => row.chosen && row.sure === level);
    return { right: some.filter((row) => row.got === 1).length, of: some.length };
  };
  const [sure, fairly, guessed] = [3, 2, 1].map(counted);
  const said = [
    sure.of ? t("Sure: {right} of {of} right.", sure) : "",
    fairly.of ? t("Fairly sure: {right} of {of} right.", fairly) : "",
    guessed.of ? t("Guessed: {right} of {of} right.", guessed) : "",
  ].filter(Boolean);
  return said.length ? line([t("How sure you were."), ...said].join(" ")) : null;
}

/** What the figures mean. @param {ReturnType<typeof score>} scored @param {boolean} session @param {boolean} timed */
function meaning({ rows, counted, sat }, session, timed) {
  if (!counted.length) return t("Nothing was answered, so there is nothing to count.");
  if (!sat) {
    return t("Only what you answered is counted below. A score needs answers to {need} of the {of} questions.",
      { need: Math.ceil(SAT * rows.length), of: rows.length });
  }
  const left = rows.filter(isOpen).length;
  if (timed) return left ? t("What you left open does not count against you.") : "";
  const missed = rows.filter((row) => row.chosen && row.got < 1).length;
  const open = left ? tn("{missed} missed, and {n} left open, which count as not right.",
    "{missed} missed, and {n} left open, which count as not right.", left, { missed }) : "";
  const standard = session ? "" : t("Nobody has set a standard for this mock exam, so there is no pass or fail.");
  return [standard, open].filter(Boolean).join(" ");
}

/** The page of a result; its first node is the heading, to be given the focus. `why`: what to say first.
 * @param {import("./types.js").Result} entry
 * @param {import("./bank.js").Bank} all
 * @param {string} base the way to the root of the book
 * @param {string} why
 * @param {{ goOn: () => HTMLElement | null, since: string, close: () => HTMLElement }} open of what was left open: a button
 *   that goes on with it, or null; and how much of it was answered since, in words. `close`: a button that leaves the result,
 *   which stands near its top and at its end
 * @returns {[HTMLElement, ...Element[]]} */
export function result(entry, all, base, why, { goOn, since, close }) {
  const scored = score(entry, all);
  const { rows, counted: those, words, gone, sat } = scored;
  const { box, openAt, review } = reasons(rows, base, goOn());
  const title = entry.title || t("Form {form}", { form: entry.form });
  const about = { title, time: dateTime(entry.at), answered: rows.filter((row) => row.chosen).length };
  const said = meaning(scored, Boolean(entry.title), Boolean(entry.timed));
  const whole = { got: those.reduce((sum, row) => sum + row.got, 0), of: those.length, card: rows[0]?.card };
  const rest = [
    why ? line(why) : null,
    make("p", { className: "candor-score" }, make("strong", { textContent: words })),
    sat && whole.of >= RANGED ? make("div", { className: "candor-read" }, range(whole, t("Your score"), true),
      scale(t("dot: your score; bar: likely range"))) : null,
    line(entry.timed ? t("{title}, {time}.", about) : tn("{title}, {time}: {answered} of {n} question answered.",
      "{title}, {time}: {answered} of {n} questions answered.", rows.length, about)),
    said || since ? line([said, since && `${upper(since)}.`].filter(Boolean).join(" ")) : null,
    bar(goOn(), review, close()),
    gone ? line(tn("{n} of its questions are no longer in the book, and are left out.",
      "{n} of its questions are no longer in the book, and are left out.", gone)) : null,
    sureness(rows),
    safety(rows, base, openAt),
    next(rows, base),
    ...(those.length ? figures(those, base, Boolean(entry.title)) : []),
    box,
    bar(close()),
  ];
  return [make("h2", { textContent: t("Your result"), tabIndex: -1 }), ...rest.filter((node) => node !== null)];
}

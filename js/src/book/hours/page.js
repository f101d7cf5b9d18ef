/* One's own hours toward a certification: lines that are written here or read from a file, and what they come to for a body.
   They are kept in this browser with the rest of one's study; nothing is sent. */
import { WHY } from "../app.js";
import { bar, button, choice, make, saying } from "../dom.js";
import { fold, table } from "../look.js";
import { FORMATS, lineForm, today, upper } from "./form.js";
import { KeptHours } from "./kept.js";
import { crowded, ledgerOf } from "./ledger.js";
import { SUPERVISORS, WORDS, parse } from "./line.js";
import { naming } from "./naming.js";
import { HOURS } from "../record.js";
import { NOTE, versionFor } from "./report.js";
import { evaluate } from "./rules.js";
import { Sheet, byWords, items } from "./sheet.js";
import { standing } from "./standing-view.js";
import { date, t, tn } from "../../words.js";

/** @typedef {import("../types.js").Body} Body */
/** @typedef {import("./line.js").Line} Line */

const BODY = "candor-body";
const FIRST = "aasect-cst";
/** The month in letters, so that nobody takes it for a day. @type {Intl.DateTimeFormatOptions} */
const DAY = { day: "numeric", month: "short", year: "numeric" };
const MANY = 5; // lines in sight; the others are folded

export class HoursPage {
  /** @param {HTMLElement} root @param {Body[]} bodies @param {() => Promise<void>} guard brings the rules for names */
  constructor(root, bodies, guard) {
    this.bodies = bodies;
    this.guard = guard;
    this.store = window.candor.store;
    this.kept = new KeptHours(this.store);
    this.begin = make("div"); // what to do first, while there is nothing
    this.said = saying("candor-said"); // of what was added, below the form
    this.told = make("div");
    this.gone = saying("candor-said"); // of what was removed, beside the lines
    this.result = make("div");
    this.lines = make("div");
    this.which = this.bodyField();
    this.sheet = new Sheet(this.kept, () => this.paint(), (lines, place) => this.look(lines, place));
    const { form, area, refill } = lineForm((line) => this.add(line));
    this.area = area;
    this.refill = refill;
    this.form = fold(t("Add hours"), form);
    this.form.classList.add("candor-add");
    this.form.open = !this.kept.all.length;
    root.replaceChildren(...(this.store.closed ? [make("p", { className: "candor-notice", textContent: t(WHY.closed) })] : []),
      this.begin, this.form, this.said, this.told, this.which.row, this.result, this.gone, this.lines, this.sheet.node,
      make("p", { className: "candor-small", textContent: t(NOTE) }));
    this.store.watch(HOURS, () => this.paint(), true);
    this.store.watchErased(() => this.paint());
    this.paint();
  }

  // ---- The body ---------------------------------------------------------------------------------------------------

  /** One entry for each body, in its newest version; first those of whose rows any is counted. */
  bodyField() {
    const names = [...new Set(this.bodies.map((body) => body.family || body.name))];
    const newest = names.map((name) => /** @type {Body} */ (versionFor(name, this.bodies, "")?.[0]));
    const sums = (/** @type {Body} */ body) => body.requirements.some(({ counts, minimum }) => counts.length && minimum);
    const field = choice(t("Which certification or rule?"), "candor-which-body", []);
    const bodies = newest.filter(({ rule }) => !rule);
    for (const [label, some] of /** @type {[string, Body[]][]} */ ([
      [t("Hours are counted"), bodies.filter(sums)], [t("No hours to count, but papers to keep"), bodies.filter((one) => !sums(one))],
      [t("Rules that are no certification"), newest.filter(({ rule }) => rule)],
    ])) {
      const options = some.map(({ family, name, title }) => make("option", { value: family || name, textContent: title }));
      if (options.length) field.select.append(make("optgroup", { label }, ...options));
    }
    const known = String(this.store.read(BODY));
    field.select.value = names.includes(known) ? known : names.includes(FIRST) ? FIRST : field.select.value;
    field.select.addEventListener("change", () => {
      this.store.keep(BODY, field.select.value);
      this.paint();
    });
    return field;
  }

  // ---- Adding -----------------------------------------------------------------------------------------------------

  /** Whether the line was taken. @param {Line} values */
  add(values) {
    this.told.replaceChildren();
    try {
      const entry = parse(values, 0);
      const alike = this.kept.all.filter(([, one]) => sameLine(one, entry)).length;
      if (alike && ledgerOf([...Array(alike + 1)].map((_, at) => [at, values])).refused.length) {
        throw new Error(t("the same stands here already. Give each its own title if both are true."));
      }
      let [number, why] = [1, this.kept.add(values, 1)];
      while (why === null) why = this.kept.add(values, number += 1);
      this.say(why ? t(WHY[why]) : t("Added."));
      if (!why) this.look([[this.kept.nameOf(entry, number), entry]], this.told, true).catch(() => {});
      const much = crowded(this.kept.ledger.entries.filter((one) => one.date === entry.date && one.kind === entry.kind));
      if (!why && much.length) this.told.append(items(much.map(upper)));
      this.paint();
      return !why;
    } catch (error) {
      this.say(t("Nothing was added: {why}", { why: reason(error) }));
      return false;
    }
  }

  /** Below the form, and where it is seen. @param {...(Node | string)} words */
  say(...words) {
    this.said.replaceChildren(...words);
    this.said.scrollIntoView({ block: "nearest" });
  }

  /** Points out what may name a client, once the rules are here, each line with the way to mend it.
   * @param {[string, import("./line.js").Entry][]} lines each with the name under which it is kept
   * @param {HTMLElement} place @param {boolean} [show] brings it into sight */
  async look(lines, place, show = false) {
    await this.guard();
    const rows = lines.flatMap(([name, entry]) => {
      const found = naming(entry);
      return found.length ? [this.mending(name, entry.line, found)] : [];
    });
    if (!rows.length) return;
    const [some, more] = [rows.slice(0, MANY), rows.slice(MANY)];
    place.append(make("p", { textContent: t("Look at this once more:") }), make("ul", { className: "candor-mend" }, ...some));
    if (more.length) {
      place.append(fold(tn("{n} more line", "{n} more lines", more.length), make("ul", { className: "candor-mend" }, ...more)));
    }
    if (show) place.scrollIntoView({ block: "nearest" });
  }

  /** What was found in a line, and a button that brings it back into the form. @param {string} name
   * @param {number} line of a file; 0 for none @param {string[]} found */
  mending(name, line, found) {
    const words = found.join(" ");
    const mend = button(t("Take it out and mend it"), () => this.takeBack(name, line, row));
    if (line) mend.setAttribute("aria-label", t("Take line {line} out and mend it", { line }));
    const row = make("li", {}, line ? t("Line {line}: {words}", { line, words }) : words, bar(mend));
    return row;
  }

  /** A line that is kept goes, and stands in the form again; or it comes back as it was. @param {string} name
   * @param {number} number its line in a file; 0 for none @param {HTMLElement} [row] what said it */
  takeBack(name, number, row) {
    const line = this.kept.line(name);
    const why = line ? this.kept.remove(name) : "";
    if (why) return this.say(t(WHY[why]));
    row?.remove();
    this.told.replaceChildren();
    if (!line) return this.say(t("It is no longer here."));
    const back = button(t("Undo"), () => {
      const no = this.kept.back(name, line);
      this.say(no ? t(WHY[no]) : t("It is back."));
      this.paint();
    });
    this.form.open = true;
    this.paint();
    this.say(t("It is taken out and stands in the form again."), ...(number ? [" ", t("Mend it in your file, too.")] : []), " ", back);
    this.refill(line);
  }

  // ---- What it comes to -------------------------------------------------------------------------------------------

  paint() {
    const ledger = this.kept.ledger;
    const [body, chosen] = versionFor(this.which.select.value, this.bodies, ledger.contract) ?? [this.bodies[0], ""];
    this.result.replaceChildren(...standing(body, chosen, evaluate(ledger, body, today())));
    this.paintAreas(body);
    this.lines.replaceChildren(...this.list(ledger));
    this.begin.replaceChildren(...(this.kept.all.length ? [] : this.first()));
  }

  /** What to do first. */
  first() {
    const words = t("Nothing is written down yet. Begin with the day of your supervision contract, if you have signed one: it"
      + " decides which version of the rules holds for you. Then add hours as they happen.");
    const sheet = button(t("I keep them in a spreadsheet"), () => {
      this.sheet.node.scrollIntoView();
      this.sheet.input.focus({ preventScroll: true });
    });
    return [make("p", { textContent: words }), make("p", {}, sheet)];
  }

  /** @param {Body} body */
  paintAreas({ areas }) {
    const { row, select } = this.area;
    const { value } = select;
    select.replaceChildren(make("option", { value: "", textContent: t("none") }),
      ...areas.map(({ id, title }) => make("option", { value: id, textContent: `${id}: ${title}` })));
    if (isSeveral(value, areas)) select.append(make("option", { value, textContent: value }));
    select.value = value;
    if (select.selectedIndex < 0) select.value = "";
    row.hidden = !areas.length;
  }

  /** The lines, the newest first. @param {import("./ledger.js").Ledger} ledger */
  list({ refused, notices }) {
    const { all } = this.kept;
    const title = make("h2", { textContent: t("Your lines") });
    if (!all.length) return [];
    const rows = all.map(([name, line], place) => this.row(name, line, place + 1)).reverse();
    /** @type {[string, string, string][]} */
    const heads = [[t("Date"), t("Date"), ""], [t("What"), t("What"), "wide"], [t("Hours"), t("Hours"), "n"], ["", "", ""]];
    const lines = (/** @type {(Node | string)[][]} */ some) => table(t("Your lines"), heads, some);
    const odd = [...byWords(refused), ...notices.map(upper)];
    return [title, ...(odd.length ? [items(odd)] : []), lines(rows.slice(0, MANY)),
      ...(rows.length > MANY ? [fold(tn("{n} more line", "{n} more lines", rows.length - MANY), lines(rows.slice(MANY)))] : [])];
  }

  /** @param {string} name @param {Line} line @param {number} number */
  row(name, line, number) {
    const away = button(t("Remove"), () => {
      const why = this.kept.remove(name);
      const back = button(t("Undo"), () => {
        const no = this.kept.back(name, line);
        this.gone.replaceChildren(no ? t(WHY[no]) : t("It is back."));
        this.paint();
      });
      this.gone.replaceChildren(...(why ? [t(WHY[why])] : [`${t("Line {number} is removed.", { number })} `, back]));
      this.gone.scrollIntoView({ block: "nearest" });
      this.paint();
    }, { at: name });
    away.setAttribute("aria-label", t("Remove line {number}", { number }));
    const change = button(t("Change"), () => this.takeBack(name, 0), { at: `change ${name}` });
    change.setAttribute("aria-label", t("Change line {number}", { number }));
    const what = [upper(t(WORDS[line.kind] ?? line.kind)), line.format && t(FORMATS[line.format] ?? line.format),
      line.area && t("area {area}", { area: line.area }), line.title,
      line.supervisor && t(SUPERVISORS[line.supervisor] ?? line.supervisor), line.initials, line.evidence].filter(Boolean).join("; ");
    const day = make("span", {}, date(Date.parse(`${line.date}T12:00`), DAY), make("small", { textContent: t("line {number}", { number }) }));
    day.className = "candor-day";
    return [day, what, line.hours, bar(change, away)];
  }
}

/** Whether a line of a file has more than one area of a body, which share its hours. @param {string} value
 * @param {Body["areas"]} areas */
const isSeveral = (value, areas) => {
  const some = value.split(/[^a-z]+/i).filter(Boolean);
  return some.length > 1 && some.every((one) => areas.some(({ id }) => id.toLowerCase() === one.toLowerCase()));
};

/** @param {Line} line @param {import("./ledger.js").Entry} entry */
const sameLine = (line, entry) => [line.date, line.kind, Number(line.hours), line.format, line.area, line.title].join("\n")
  === [entry.date, entry.kind, entry.hours, entry.format, entry.area, entry.title].join("\n");

/** @param {unknown} error */
const reason = (error) => (error instanceof Error ? error.message : String(error));

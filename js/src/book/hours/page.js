/* One's own hours toward a certification: lines that are written here or read from a file, and what they come to for a body.
   They are kept in this browser with the rest of one's study; nothing is sent. */
import { WHY } from "../app.js";
import { bar, button, choice, make, saying } from "../dom.js";
import { fold, table } from "../look.js";
import { lineOf, textOf } from "./csv.js";
import { KeptHours } from "./kept.js";
import { COLUMNS } from "./columns.js";
import { KINDS, WORDS, isRewritten, ledgerOf, linesOf, parse } from "./ledger.js";
import { naming } from "./naming.js";
import { HOURS } from "../record.js";
import { NOTE, versionFor } from "./report.js";
import { evaluate } from "./rules.js";
import { standing } from "./standing-view.js";
import { date, later, t, tn } from "../../words.js";

/** @typedef {import("../types.js").Body} Body */
/** @typedef {import("./ledger.js").Line} Line */

const BODY = "candor-body";
const FIRST = "aasect-cst";
const MANY = 5; // lines in sight; the others are folded
/** @type {Record<string, string>} */
const FORMATS = {
  "in-person": later("in person"), "live-online": later("live online"), "e-learning": later("e-learning"),
  telehealth: later("telehealth"), individual: later("individual"), group: later("group"),
};
/** The month in letters, so that nobody takes it for a day. @type {Intl.DateTimeFormatOptions} */
const DAY = { day: "numeric", month: "short", year: "numeric" };
/** The day where the reader is. */
const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);

export class HoursPage {
  /** @param {HTMLElement} root @param {Body[]} bodies @param {() => Promise<void>} guard brings the rules for names */
  constructor(root, bodies, guard) {
    this.bodies = bodies;
    this.guard = guard;
    this.store = window.candor.store;
    this.kept = new KeptHours(this.store);
    this.said = saying("candor-said");
    this.told = make("div");
    this.read = saying("candor-said"); // of files, beside them
    this.found = make("div");
    this.result = make("div");
    this.lines = make("div");
    this.which = this.bodyField();
    const add = make("h2", { textContent: t("Add hours") });
    root.replaceChildren(...(this.store.closed ? [make("p", { className: "candor-notice", textContent: t(WHY.closed) })] : []),
      this.which.row, this.result, add, this.form(), this.said, this.told, this.lines, this.files(),
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
    const field = choice(t("Which certifying body?"), "candor-which-body", []);
    for (const [label, some] of /** @type {[string, Body[]][]} */ ([
      [t("Hours are counted"), newest.filter(sums)], [t("No number to count was read"), newest.filter((one) => !sums(one))],
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

  form() {
    const kind = choice(t("What"), "candor-kind", Object.keys(KINDS).map((one) => [one, upper(t(WORDS[one]))]));
    kind.select.value = "client";
    const format = choice(t("How"), "candor-format", []);
    const day = field(t("Date"), { type: "date", value: today(), required: true });
    const hours = field(t("Hours"), { inputMode: "decimal", autocomplete: "off", placeholder: "1.5" });
    this.area = choice(t("Knowledge area, where the body asks for one"), "candor-area", []);
    const title = field(t("What it was, without a client's name"), {});
    const initials = field(t("Supervisor's initials"), { autocomplete: "off" });
    const evidence = field(t("Where the evidence is"), { autocomplete: "off" });
    const go = make("button", { type: "submit", className: "candor-check", textContent: t("Add") });
    const form = make("form", { className: "candor-start" }, kind.row, day.row, hours.row, format.row, this.area.row, title.row,
      initials.row, evidence.row, bar(go));
    const formats = () => {
      const some = KINDS[kind.select.value];
      format.select.replaceChildren(...some.map((value) => make("option", { value, textContent: t(FORMATS[value]) })));
      format.row.hidden = !some.length;
      hours.row.hidden = kind.select.value === "contract";
      hours.input.required = !hours.row.hidden;
    };
    kind.select.addEventListener("change", formats);
    formats();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const signed = kind.select.value === "contract";
      const added = this.add({ date: day.input.value, kind: kind.select.value, hours: signed ? "0" : hours.input.value.trim(),
        format: format.row.hidden ? "" : format.select.value, area: this.area?.select.value ?? "",
        title: title.input.value.trim(), initials: initials.input.value.trim(), evidence: evidence.input.value.trim() });
      if (!added) return;
      for (const { input } of [hours, title, evidence]) input.value = "";
    });
    return form;
  }

  /** Whether the line was taken. @param {Line} values */
  add(values) {
    this.told.replaceChildren();
    try {
      const entry = parse(values, 0);
      const alike = this.kept.all.filter(([, one]) => sameLine(one, entry)).length;
      if (alike && ledgerOf([...Array(alike + 1)].map((_, at) => [at, values])).refused.length) {
        throw new Error(t("the same stands here already. Give each its own title if both are true."));
      }
      let why = null;
      for (let number = 1; why === null; number += 1) why = this.kept.add(values, number);
      this.say(why ? t(WHY[why]) : t("Added."));
      if (!why) this.look([entry], this.told).catch(() => {});
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

  /** Points out what may name a client, once the rules are here. @param {import("./ledger.js").Entry[]} entries
   * @param {HTMLElement} place */
  async look(entries, place) {
    await this.guard();
    const found = entries.flatMap((entry) => naming(entry));
    if (found.length) place.append(make("p", { textContent: t("Look at this once more:") }), items(found));
  }

  // ---- Files ------------------------------------------------------------------------------------------------------

  files() {
    const input = make("input", { type: "file", accept: ".csv,text/csv,text/plain" });
    input.addEventListener("change", async () => {
      const [file] = input.files ?? [];
      if (file) await this.open(file);
      input.value = "";
    });
    const out = button(t("Save as CSV"), () => this.save());
    const about = t("A CSV file, as spreadsheets write it, whose first line names the columns {columns}, in any order. A file"
      + " that is opened twice adds nothing.", { columns: COLUMNS.join(", ") });
    return make("div", {}, make("h2", { textContent: t("From and to a spreadsheet") }), make("p", { textContent: about }),
      make("label", { className: "candor-file" }, `${t("Open a CSV file:")} `, input), bar(out), this.read, this.found);
  }

  /** @param {File} file */
  async open(file) {
    this.found.replaceChildren();
    try {
      const lines = linesOf(textOf(await file.arrayBuffer()));
      const odd = lines.find(([, { date: day }]) => isRewritten(day));
      if (odd) this.ask(lines, odd[1].date);
      else this.take(lines, "");
    } catch (error) {
      this.read.textContent = t("{file} was not read: {why}", { file: file.name, why: reason(error) });
    }
  }

  /** Which figure is the month only the owner of the file knows. @param {[number, Line][]} lines @param {string} example */
  ask(lines, example) {
    this.read.textContent = t("The spreadsheet wrote dates in its own way, such as {date}. What stands first?", { date: example });
    this.found.replaceChildren(bar(button(t("The month"), () => this.take(lines, "mdy")),
      button(t("The day"), () => this.take(lines, "dmy"))));
  }

  /** @param {[number, Line][]} lines @param {import("./ledger.js").Order} order */
  take(lines, order) {
    const { entries, refused, notices } = ledgerOf(lines, order);
    /** @type {Map<string, number>} */
    const times = new Map();
    let [taken, there] = [0, 0];
    for (const entry of entries) {
      const line = { ...entry, hours: String(entry.hours) };
      const same = JSON.stringify([line.date, line.kind, line.hours, line.format, line.area, line.title]);
      times.set(same, (times.get(same) ?? 0) + 1);
      const why = this.kept.add(line, times.get(same));
      if (why) {
        this.read.textContent = t(WHY[why]);
        return this.paint();
      }
      if (why === null) there += 1;
      else taken += 1;
    }
    this.read.textContent = [tn("{n} line taken.", "{n} lines taken.", taken),
      there ? tn("{n} was here already.", "{n} were here already.", there) : "",
      refused.length ? tn("{n} line was left out:", "{n} lines were left out:", refused.length) : ""].filter(Boolean).join(" ");
    const left = refused.map(([line, words]) => t("Line {line}: {words}", { line, words }));
    this.found.replaceChildren(...(left.length ? [items(left)] : []), ...(notices.length ? [items(notices)] : []));
    this.look(entries, this.found).catch(() => {});
    this.paint();
  }

  save() {
    const rows = this.kept.all.map(([, line]) => COLUMNS.map((name) => line[name]));
    const text = `${[[...COLUMNS], ...rows].map(lineOf).join("\n")}\n`;
    const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    const link = make("a", { href: address, download: "hours.csv" });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    this.read.textContent = t("{file} is in your downloads.", { file: "hours.csv" });
    this.found.replaceChildren();
  }

  // ---- What it comes to -------------------------------------------------------------------------------------------

  paint() {
    const ledger = this.kept.ledger;
    const [body, chosen] = versionFor(this.which.select.value, this.bodies, ledger.contract) ?? [this.bodies[0], ""];
    this.result.replaceChildren(...standing(body, chosen, evaluate(ledger, body, today())));
    this.paintAreas(body);
    this.lines.replaceChildren(...this.list(ledger));
  }

  /** @param {Body} body */
  paintAreas({ areas }) {
    if (!this.area) return;
    const { row, select } = this.area;
    const { value } = select;
    select.replaceChildren(make("option", { value: "", textContent: t("none") }),
      ...areas.map(({ id, title }) => make("option", { value: id, textContent: `${id}: ${title}` })));
    select.value = areas.some(({ id }) => id === value) ? value : "";
    row.hidden = !areas.length;
  }

  /** The lines, the newest first. @param {import("./ledger.js").Ledger} ledger */
  list({ refused, notices }) {
    const { all } = this.kept;
    const title = make("h2", { textContent: t("Your lines") });
    if (!all.length) return [title, make("p", { textContent: t("None yet.") })];
    const rows = all.map(([name, line], place) => this.row(name, line, place + 1)).reverse();
    /** @type {[string, string, string][]} */
    const heads = [[t("Date"), t("Date"), ""], [t("What"), t("What"), "wide"], [t("Hours"), t("Hours"), "n"], ["", "", ""]];
    const lines = (/** @type {(Node | string)[][]} */ some) => table(t("Your lines"), heads, some);
    const odd = [...refused.map(([line, words]) => t("Line {line}: {words}", { line, words })), ...notices];
    return [title, ...(odd.length ? [items(odd)] : []), lines(rows.slice(0, MANY)),
      ...(rows.length > MANY ? [fold(tn("{n} more line", "{n} more lines", rows.length - MANY), lines(rows.slice(MANY)))] : [])];
  }

  /** @param {string} name @param {Line} line @param {number} number */
  row(name, line, number) {
    const away = button(t("Remove"), () => {
      const why = this.kept.remove(name);
      const back = button(t("Undo"), () => {
        const no = this.kept.back(name, line);
        this.say(no ? t(WHY[no]) : t("It is back."));
        this.paint();
      });
      this.say(...(why ? [t(WHY[why])] : [`${t("Line {number} is removed.", { number })} `, back]));
      this.paint();
    }, { at: name });
    away.setAttribute("aria-label", t("Remove line {number}", { number }));
    const what = [upper(t(WORDS[line.kind] ?? line.kind)), line.format && t(FORMATS[line.format] ?? line.format),
      line.area && t("area {area}", { area: line.area }), line.title, line.initials, line.evidence].filter(Boolean).join("; ");
    return [`${number}. ${date(Date.parse(`${line.date}T12:00`), DAY)}`, what, line.hours, away];
  }
}

/** @param {string} label @param {Partial<HTMLInputElement>} properties */
function field(label, properties) {
  const input = make("input", { type: "text", ...properties });
  return { row: make("p", {}, make("label", {}, label, " ", input)), input };
}

/** @param {Line} line @param {import("./ledger.js").Entry} entry */
const sameLine = (line, entry) => [line.date, line.kind, Number(line.hours), line.format, line.area, line.title].join("\n")
  === [entry.date, entry.kind, entry.hours, entry.format, entry.area, entry.title].join("\n");

/** @param {string[]} words */
const items = (words) => make("ul", {}, ...words.map((textContent) => make("li", { textContent })));

/** @param {string} text */
const upper = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {unknown} error */
const reason = (error) => (error instanceof Error ? error.message : String(error));

/* One's hours from and to a spreadsheet: a file is opened, its lines are taken, and what was not taken is said. */
import { WHY } from "../app.js";
import { bar, button, choosable, make, saying } from "../dom.js";
import { fold } from "../look.js";
import { COLUMNS, NEEDED } from "./columns.js";
import { fileOf, rowsOf, textOf } from "./csv.js";
import { FORMATS, today, upper } from "./form.js";
import { first, ledgerOf, tableOf } from "./ledger.js";
import { isWorkbook, rowsOfWorkbook } from "./workbook.js";
import { EXAMPLE, KINDS, SUPERVISORS, WORDS, orderOf } from "./line.js";
import { later, t, tn } from "../../words.js";

/** @typedef {import("./line.js").Line} Line */
/** @typedef {ReturnType<typeof tableOf>} Table */

/** What stands in the columns that are not made of words of ours. @type {Record<string, string>} */
const SAID = {
  date: later("the day as year-month-day, such as 2026-03-31. A day to come is counted as planned."),
  hours: later("in figures: 1.5 is an hour and a half."),
  area: later("the letter of the body’s knowledge area, where it asks for one; two letters share the hours."),
  title: later("what it was, without a client’s name."),
  initials: later("the supervisor’s initials."),
  evidence: later("where the paper is that shows it."),
};

export class Sheet {
  /** @param {import("./kept.js").KeptHours} kept @param {() => void} taken
   * @param {(lines: [string, import("./line.js").Entry][], place: HTMLElement) => Promise<void>} look points out names in
   * lines, each with the name under which it is kept */
  constructor(kept, taken, look) {
    this.kept = kept;
    this.taken = taken;
    this.look = look;
    this.read = saying("candor-said");
    this.found = make("div");
    this.input = make("input", { type: "file", accept: ".csv,.xlsx,text/csv,text/plain" });
    this.input.addEventListener("change", async () => {
      const [file] = this.input.files ?? [];
      if (file) await this.open(file);
    });
    choosable(this.input);
    const about = t("An XLSX workbook (its first sheet) or a CSV file, with {columns} in the first line. A file that is opened"
      + " twice adds nothing.", { columns: NEEDED.join(", ") });
    this.node = make("section", {}, make("h2", { id: "hours-sheet", textContent: t("From and to a spreadsheet") }),
      make("p", { textContent: about }), fold(t("Which columns, which words"), legend()),
      make("label", { className: "candor-file" }, `${t("Open a file:")} `, this.input),
      bar(button(t("Template to fill in"), () => this.template()), button(t("Save as CSV"), () => this.save())),
      this.read, this.found);
  }

  /** @param {File} file */
  async open(file) {
    this.found.replaceChildren();
    try {
      const data = await file.arrayBuffer();
      const table = tableOf(isWorkbook(data) ? await rowsOfWorkbook(data) : rowsOf(textOf(data)));
      const [order, example] = orderOf(table.lines.map(([, { date }]) => date));
      if (example && !order) this.ask(table, example);
      else this.take(table, "");
    } catch (error) {
      this.read.textContent = t("{file} was not read: {why}",
        { file: file.name, why: error instanceof Error ? error.message : String(error) });
    }
  }

  /** Which figure is the month only the owner of the file knows. @param {Table} table @param {string} example */
  ask(table, example) {
    this.read.textContent = t("Dates such as {date} can be two days, and no other date of the file tells which. What stands"
      + " first?", { date: example });
    this.found.replaceChildren(bar(button(t("The month"), () => this.take(table, "mdy")),
      button(t("The day"), () => this.take(table, "dmy"))));
  }

  /** @param {Table} table @param {import("./line.js").Order} order */
  take({ lines: read, unread }, order) {
    const { entries, refused, notices, told } = ledgerOf(read, order, unread);
    /** @type {Map<string, number>} */
    const times = new Map();
    /** @type {[string, import("./line.js").Entry][]} */
    const lines = [];
    let [taken, there] = [0, 0];
    for (const entry of entries) {
      const line = { ...entry, hours: String(entry.hours) };
      const same = JSON.stringify([line.date, line.kind, line.hours, line.format, line.area, line.title]);
      const number = (times.get(same) ?? 0) + 1;
      times.set(same, number);
      const why = this.kept.add(line, number, true);
      if (why) {
        this.read.textContent = t(WHY[why]);
        return this.taken();
      }
      lines.push([this.kept.nameOf(entry, number), entry]);
      if (why === null) there += 1;
      else taken += 1;
    }
    this.read.textContent = [tn("{n} line taken.", "{n} lines taken.", taken),
      there ? tn("{n} was here already.", "{n} were here already.", there) : "",
      refused.length ? tn("{n} line was left out:", "{n} lines were left out:", refused.length) : ""].filter(Boolean).join(" ");
    const left = byWords(refused);
    this.found.replaceChildren(...[left, [...notices, ...told].map(upper)].filter(({ length }) => length).map(items));
    this.look(lines, this.found).catch(() => {});
    this.taken();
  }

  save() { this.give("hours.csv", this.kept.all.map(([, line]) => line)); }

  /** Two lines that show how it is meant; as they stand, nobody counts them. */
  template() {
    const line = { ...empty(), date: today(), title: EXAMPLE };
    const hours = (1.5).toLocaleString(navigator.language, { useGrouping: false, numberingSystem: "latn" });
    this.give("hours-template.csv", [{ ...line, kind: "client", hours, format: "in-person" },
      { ...line, kind: "supervision", hours: "1", format: "individual", initials: "AB", supervisor: "certified" }]);
  }

  /** @param {string} name @param {Line[]} lines */
  give(name, lines) {
    const text = fileOf([[...COLUMNS], ...lines.map((line) => COLUMNS.map((column) => line[column]))]);
    const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    const link = make("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    this.read.textContent = t("{file} is in your downloads.", { file: name });
    this.found.replaceChildren();
  }
}

/** What is wrong, once for all the lines of which it is. @param {[number, string][]} refused */
export function byWords(refused) {
  /** @type {Map<string, number[]>} */
  const found = new Map();
  for (const [line, words] of refused) found.set(words, [...(found.get(words) ?? []), line]);
  return [...found].map(([words, [line, ...more]]) => (more.length
    ? t("Lines {lines}: {words}", { lines: first([line, ...more].map(String)), words }) : t("Line {line}: {words}", { line, words })));
}

const empty = () => /** @type {Line} */ (Object.fromEntries(COLUMNS.map((name) => [name, ""])));

/** Which columns there are, and which words may stand in them. */
function legend() {
  /** @type {Record<string, [string, string][]>} */
  const words = {
    kind: Object.entries(WORDS).map(([kind, said]) => [kind, t(said)]),
    format: Object.entries(FORMATS).map(([format, said]) =>
      [format, `${t(said)}: ${Object.keys(KINDS).filter((kind) => KINDS[kind].includes(format)).join(", ")}`]),
    supervisor: Object.entries(SUPERVISORS).map(([word, said]) => [word, t(said)]),
  };
  return make("ul", { className: "candor-small" }, ...COLUMNS.map((name) => {
    const needed = NEEDED.some((one) => one === name) ? ` (${t("needed")})` : "";
    const inner = words[name]?.map(([word, said]) => make("li", {}, code(word), ` ${said}`));
    return make("li", {}, code(name), `${needed}: `, inner ? t("one of these words") : t(SAID[name]),
      inner ? make("ul", {}, ...inner) : null);
  }));
}

/** A word as it stands in a file, in every language. @param {string} textContent */
const code = (textContent) => make("code", { textContent });

/** @param {string[]} words */
export const items = (words) => make("ul", {}, ...words.map((textContent) => make("li", { textContent })));

/* The rows of the first sheet of an XLSX workbook, as they would stand in CSV: days by the formats and the first day of the
   workbook itself, figures and what formulas came to as one sees them. The twin of `_workbook` of
   grader/learner/readiness/sheet_in.py; tests/hours/workbooks holds both to the same files. Pure. */
import { t } from "../../words.js";
import { canUnpack, partsOf } from "./zip.js";

const [MOST_ROWS, MOST_COLUMNS, MOST_BYTES] = [50_000, 200, 200_000_000];
const SIGNS = [[0x50, 0x4b, 0x03, 0x04], [0xd0, 0xcf, 0x11, 0xe0]]; // how workbooks begin, new and old
const DAY = 86_400_000; // ms
const [USUAL, MAC] = [Date.UTC(1899, 11, 30), Date.UTC(1904, 0, 1)]; // the day 0
const [BUILT_IN_DAYS, BUILT_IN_LONG] = [new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]), new Set([46])]; // formats
const LONG = /\[(?:hh?|mm?|ss?)\]/i; // a format of a span of time, such as [h]:mm
const LONGEST = 255; // letters of a format
/** @type {Record<string, string>} */
const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

class TooMuch extends Error {}

/** Whether a file is a workbook, of whatever program. @param {ArrayBuffer} data */
export function isWorkbook(data) {
  const first = new Uint8Array(data.slice(0, 4));
  return SIGNS.some((sign) => sign.every((one, at) => first[at] === one));
}

/** Every row that holds something with its number. Rejects with one line for who gave the file.
 * @param {ArrayBuffer} data @returns {Promise<[number, string[]][]>} */
export async function rowsOfWorkbook(data) {
  if (!canUnpack()) {
    throw new Error(t("This browser is too old to open a workbook. In the spreadsheet, save it as “CSV UTF-8”."));
  }
  try {
    return await firstSheet(data);
  } catch (error) {
    throw new Error(error instanceof TooMuch ? t("It is too large. Leave the table in it, and nothing else.")
      : t("This is a workbook that cannot be read here (.ods, .xls, .numbers). Save it as XLSX or CSV UTF-8."));
  }
}

/** @param {ArrayBuffer} data */
async function firstSheet(data) {
  const parts = partsOf(data);
  if ([...parts.values()].reduce((sum, { bytes }) => sum + bytes, 0) > MOST_BYTES) throw new TooMuch();
  const read = (/** @type {string} */ name) => parts.get(name)?.text() ?? Promise.reject(new RangeError(name));
  const root = await relations(read, "");
  const book = named(root, "officeDocument")[0]?.target ?? "";
  const [xml, beside] = [await read(book), await relations(read, book)];
  const sheets = named(beside, "worksheet");
  const order = [...tags(xml)].filter(({ name }) => name === "sheet").map(({ attributes }) => attributes.id);
  const place = order.map((id) => sheets.find((one) => one.id === id)?.target).find(Boolean) ?? "";
  const [texts, styles] = await Promise.all(["sharedStrings", "styles"].map((kind) => {
    const [one] = named(beside, kind);
    return one ? read(one.target) : "";
  }));
  const since = [...tags(xml)].some(({ name, attributes }) => name === "workbookPr" && /^(1|true)$/.test(attributes.date1904 ?? ""))
    ? MAC : USUAL;
  return rows(await read(place), { texts: shared(texts), ...formats(styles), since });
}

/** @typedef {{ id: string, kind: string, target: string }} Relation */

/** What a part of the workbook refers to. @param {(name: string) => Promise<string>} read @param {string} of its name
 * @returns {Promise<Relation[]>} */
async function relations(read, of) {
  const [, folder = "", name = ""] = /^(.*\/)?([^/]*)$/.exec(of) ?? [];
  const found = [...tags(await read(`${folder}_rels/${name}.rels`))].filter((one) => one.name === "Relationship");
  return found.map(({ attributes: { id = "", type = "", target = "" } }) =>
    ({ id, kind: type.split("/").at(-1) ?? "", target: decodeURI(new URL(target, `file:///${folder}`).pathname).slice(1) }));
}

/** @param {Relation[]} all @param {string} kind */
const named = (all, kind) => all.filter((one) => one.kind === kind);

/** An element's beginning, end or both, its name and attributes in small letters and without what stands before a colon, and
 * the text that follows. @typedef {{ name: string, opens: boolean, closes: boolean, attributes: Record<string, string>, text: string }} Tag */

const ATTRIBUTE = /([^\s=:"']{1,64})=(?:"([^"]*)"|'([^']*)')/g;

/** The elements of an XML file. A `>` in quotation marks ends none. @param {string} xml @returns {Generator<Tag>} */
function* tags(xml) {
  let quote = -1; // the first quotation mark from where one is
  for (let at = xml.indexOf("<"); at >= 0;) {
    let end = xml.indexOf(">", at);
    for (let from = at; end >= 0;) {
      if (quote < from) quote = found(xml, '"', from);
      if (end < quote) break;
      from = found(xml, '"', quote + 1) + 1;
      if (end < from) end = xml.indexOf(">", from);
    }
    if (end < 0) return;
    const inner = xml.slice(at + 1, end);
    const next = xml.indexOf("<", end);
    if (!/^[?!]/.test(inner)) {
      const [whole = "", word = ""] = /^\/?(?:[^\s/:]+:)?([^\s/:]+)/.exec(inner) ?? [];
      /** @type {Record<string, string>} */
      const attributes = {};
      for (const [, key = "", one, other] of inner.slice(whole.length).matchAll(ATTRIBUTE)) {
        attributes[key.toLowerCase()] = plain(one ?? other ?? "");
      }
      yield { name: word, opens: !inner.startsWith("/"), closes: inner.startsWith("/") || inner.endsWith("/"), attributes,
        text: plain(xml.slice(end + 1, next < 0 ? xml.length : next)) };
    }
    at = next;
  }
}

/** Where a sign stands next; behind the end where it does not. @param {string} text @param {string} sign @param {number} from */
const found = (text, sign, from) => (text.indexOf(sign, from) + 1 || text.length + 1) - 1;

/** Signs that XML writes in words. @param {string} text */
const plain = (text) => (!text.includes("&") ? text : text.replace(/&(#x?)?(\w{1,8});/g, (all, code, word) => {
  if (!code) return NAMED[word] ?? all;
  return String.fromCodePoint(parseInt(word, code === "#x" ? 16 : 10));
}));

/** Texts that cells share, each from its runs, without how they are spoken. @param {string} xml */
function shared(xml) {
  /** @type {string[]} */
  const texts = [];
  let spoken = false;
  for (const { name, opens, closes, text } of tags(xml)) {
    if (name === "si" && opens) texts.push("");
    if (name === "rPh") spoken = opens && !closes;
    if (name === "t" && opens && !closes && !spoken) texts.push((texts.pop() ?? "") + text);
  }
  return texts;
}

/** Which of a workbook's styles show a day or a time, and which of those a span of time. @param {string} xml */
function formats(xml) {
  /** @type {Map<number, string>} */
  const own = new Map();
  const [days, spans] = [new Set(), new Set()];
  let [inside, style] = [false, 0];
  for (const { name, opens, closes, attributes } of tags(xml)) {
    if (name === "numFmt" && opens) own.set(Number(attributes.numfmtid), attributes.formatcode ?? "");
    if (name === "cellXfs") inside = opens && !closes;
    if (name !== "xf" || !opens || !inside) continue;
    const id = Number(attributes.numfmtid ?? 0);
    const [first] = (own.get(id) ?? "").slice(0, LONGEST).split(";");
    const letters = first.replace(/"[^"]*"/g, "").replace(/\[(?!(?:hh?|mm?|ss?)\])[^\]]*\]/g, "").replace(/[_\\]./g, "");
    if (own.has(id) ? /[dmhys]/i.test(letters) : BUILT_IN_DAYS.has(id)) days.add(style);
    if (own.has(id) ? LONG.test(first) : BUILT_IN_LONG.has(id)) spans.add(style);
    style += 1;
  }
  return { days, spans };
}

/** @typedef {{ texts: string[], days: Set<unknown>, spans: Set<unknown>, since: number }} Book */

/** @param {string} xml of a sheet @param {Book} book @returns {[number, string[]][]} */
function rows(xml, book) {
  /** @type {[number, string[]][]} */
  const found = [];
  /** @type {{ kind: string, style: number, value: string, formula: string | null, at: number }} */
  let cell = { kind: "n", style: 0, value: "", formula: null, at: 0 };
  let [line, column] = [0, 0];
  /** @type {string[]} */
  let values = [];
  for (const { name, opens, closes, attributes, text } of tags(xml)) {
    if (name === "row" && opens) [line, column, values] = [Number(attributes.r ?? line + 1), 0, []];
    if (name === "c" && opens) {
      column = attributes.r ? columnOf(attributes.r) : column + 1;
      cell = { kind: attributes.t ?? "n", style: Number(attributes.s ?? 0), value: "", formula: null, at: column - 1 };
    }
    if (name === "v" && opens) cell.value = text;
    if (name === "t" && opens && !closes && cell.kind === "inlineStr") cell.value += text;
    if (name === "f" && opens) cell.formula = closes ? "" : text;
    if (name === "c" && closes && cell.at < MOST_COLUMNS) values[cell.at] = shown(cell, book);
    if (name !== "row" || !closes || !values.some(Boolean)) continue;
    if (found.length >= MOST_ROWS) throw new TooMuch();
    found.push([line, Array.from(values, (value) => value ?? "")]);
  }
  return found[0]?.[0] === 1 ? found : [[1, []], ...found];
}

/** @param {string} place such as B7 */
const columnOf = (place) =>
  [...place.replace(/[^A-Z]/gi, "").toUpperCase()].reduce((all, letter) => 26 * all + letter.charCodeAt(0) - 64, 0);

/** What stands in a cell. A text that began with `=` became a formula: what was typed is the text, unless a number or a day
 * came of it. @param {{ kind: string, style: number, value: string, formula: string | null }} cell @param {Book} book */
function shown({ kind, style, value, formula }, { texts, days, spans, since }) {
  const isNumber = value !== "" && (kind === "n" || kind === "b" || kind === "d");
  if (formula !== null && !isNumber) return formula ? `=${formula}` : value;
  if (kind === "s") return texts[Number(value)] ?? "";
  if (kind === "b" && value) return Number(value) ? "True" : "False";
  if (kind === "d") return value.replace("T", " ").replace(/ 00:00:00(\.0+)?Z?$/, "");
  if (kind !== "n" || !value) return value;
  if (/^-?\d+$/.test(value) && !days.has(style)) return value;
  const much = Number(value);
  if (!Number.isFinite(much)) throw new RangeError(value);
  return days.has(style) ? timeOf(much, since, spans.has(style)) : figures(much);
}

/** 0.1 + 0.2 is 0.3 to who sees it. @param {number} much */
const figures = (much) => String(Number(much.toPrecision(12)));

/** A day as 2026-03-31, with its time where it has one; a time alone, or a span of it, as 1:30:00.
 * @param {number} much days @param {number} since the day 0 @param {boolean} span */
function timeOf(much, since, span) {
  const seconds = Math.round(much * 86_400);
  const clock = [Math.floor((seconds % 86_400) / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((one) => String(one).padStart(2, "0")).join(":");
  if (span) {
    const days = Math.floor(seconds / 86_400);
    return `${days ? `${days} day${days === 1 ? "" : "s"}, ` : ""}${clock.replace(/^0/, "")}`;
  }
  if (much >= 0 && seconds < 86_400) return clock;
  const first = since === USUAL && much > 0 && much < 60 ? 1 : 0; // the calendar of 1900 has a day too many
  const day = new Date(since + (Math.floor(seconds / 86_400) + first) * DAY);
  if (Number.isNaN(day.getTime()) || day.getUTCFullYear() > 9999) return "#VALUE!";
  return seconds % 86_400 ? `${day.toISOString().slice(0, 10)} ${clock}` : day.toISOString().slice(0, 10);
}

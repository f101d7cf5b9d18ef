/* CSV files as spreadsheets write them: a comma, semicolon or tab between values, quotation marks where a value needs them,
   `sep=` in a first line of its own. The twin of grader/learner/readiness/sheet_in.py; workbook.js has the rest of it. Pure. */
import { t } from "../../words.js";

const TOLD = /^"?sep=([,;\t])"?[,;\t]*\r?(\n|$)/i;

/** The text of a file: UTF-8, or UTF-16 where it begins so. Throws with one line for who gave it. @param {ArrayBuffer} data */
export function textOf(data) {
  const [one, other] = new Uint8Array(data);
  const wide = one === 0xff && other === 0xfe ? "utf-16le" : one === 0xfe && other === 0xff ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(wide, { fatal: true }).decode(data);
  } catch {
    throw new Error(t("This file is not in UTF-8. In the spreadsheet, save it as “CSV UTF-8”, or as XLSX."));
  }
}

/** What stands between the values: as the first line tells it, else what it has most of. @param {string} text */
function separator(text) {
  const told = TOLD.exec(text);
  if (told) return told[1];
  const [head] = text.split("\n", 1);
  const times = (/** @type {string} */ sign) => head.split(sign).length;
  return [",", ";", "\t"].reduce((best, sign) => (times(sign) > times(best) ? sign : best));
}

/** Every row with the number of the line on which it ends. @param {string} text @returns {[number, string[]][]} */
export function rowsOf(text) {
  const sign = separator(text);
  /** @type {[number, string[]][]} */
  const rows = [];
  /** @type {string[]} */
  let row = [];
  let [value, quoted, line] = ["", false, 1];
  for (let at = 0; at < text.length; at += 1) {
    const one = text[at];
    if (quoted) {
      if (one === "\n") line += 1;
      if (one !== '"') value += one;
      else if (text[at + 1] === '"') value += text[at += 1];
      else quoted = false;
    } else if (one === '"' && !value) {
      quoted = true;
    } else if (one === sign) {
      row.push(value);
      value = "";
    } else if (one === "\n" || one === "\r") {
      if (one === "\r" && text[at + 1] === "\n") at += 1;
      rows.push([line, [...row, value]]);
      [row, value, line] = [[], "", line + 1];
    } else {
      value += one;
    }
  }
  if (quoted) {
    throw new Error(t("Line {line} is not a line of a CSV file. Look for a quotation mark that is not closed.", { line }));
  }
  if (value || row.length) rows.push([line, [...row, value]]);
  return TOLD.test(text) ? rows.slice(1) : rows;
}

/** A file that a spreadsheet of this reader's language opens as a table: with the mark by which it knows UTF-8, and a
 * semicolon between values where the comma stands in figures. @param {string[][]} rows */
export function fileOf(rows) {
  const sign = (1.5).toLocaleString(navigator.language).includes(",") ? ";" : ",";
  const line = (/** @type {string[]} */ values) =>
    values.map((value) => (/[",;\t\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(sign);
  return `\ufeff${rows.map(line).join("\r\n")}\r\n`;
}

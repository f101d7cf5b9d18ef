/* The ledgers of tests/hours, to which grader/learner/readiness is held as well; and how lines are read and kept. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { rowsOf, textOf } from "../../js/src/book/hours/csv.js";
import { KeptHours } from "../../js/src/book/hours/kept.js";
import { crowded, ledgerOf, tableOf } from "../../js/src/book/hours/ledger.js";
import { drawn, foreseen, reasons, side, state, unforeseen, versionFor } from "../../js/src/book/hours/report.js";
import { evaluate } from "../../js/src/book/hours/rules.js";
import { SharedStore } from "../../js/src/book/store.js";
import { bringBack, takeOut } from "../../js/src/book/study.js";
import { isWorkbook, rowsOfWorkbook } from "../../js/src/book/hours/workbook.js";
import { json, storage } from "./support.mjs";

const bodies = json("hours/bodies.json");
for (const { name, body, today, csv, dates, comes_to: wanted } of json("hours/ledgers.json")) {
  test(name, () => {
    const { lines, unread } = tableOf(rowsOf(csv));
    const ledger = ledgerOf(lines, dates, unread);
    const [of, chosen] = versionFor(body, bodies, ledger.contract) ?? [bodies[0], ""];
    const all = evaluate(ledger, of, today);
    const rows = Object.fromEntries(all.filter(({ kept }) => kept).map((one) => [one.requirement.id, {
      done: one.done, counted: one.counted, planned: one.planned, needed: one.needed, missing: one.missing,
      state: state(one), reasons: reasons(one), foreseen: foreseen(one),
    }]));
    assert.deepEqual({ chosen, side: side(all), drawn: drawn(all), unforeseen: unforeseen(all), entries: ledger.entries.length,
      refused: ledger.refused, told: ledger.told, crowded: crowded(ledger.entries), rows }, wanted);
  });
}

const line = { date: "2026-03-02", kind: "client", hours: "1.5", format: "in-person", area: "", title: "", initials: "",
  evidence: "", supervisor: "" };

test("a file of a spreadsheet is read whatever stands between its values, and what is no table says so", () => {
  const wide = new Uint8Array([0xff, 0xfe, ...[..."a;b"].flatMap((sign) => [sign.charCodeAt(0), 0])]);
  assert.deepEqual(rowsOf(textOf(wide.buffer)), [[1, ["a", "b"]]]);
  assert.deepEqual(rowsOf('sep=;\r\n"a ""x"""; b\r\n\r\n"two\nlines";c'),
    [[2, ['a "x"', " b"]], [3, [""]], [5, ["two\nlines", "c"]]]);
  assert.throws(() => rowsOf('a,"b'), /Line 1 .*quotation mark/);
  assert.throws(() => tableOf(rowsOf("date,kind\n")), /no column hours\. It has to name date, kind, hours; format/);
});

/** @param {string} name @returns {ArrayBuffer} */
const workbook = (name) => new Uint8Array(readFileSync(new URL(`../hours/workbooks/${name}`, import.meta.url))).buffer;

for (const [name, wanted] of Object.entries(json("hours/workbooks.json"))) {
  test(`the rows of ${name}`, async () => {
    const data = workbook(name);
    assert.ok(isWorkbook(data));
    if (typeof wanted === "string") return assert.rejects(rowsOfWorkbook(data), /cannot be read here .* Save it as XLSX/);
    const found = (await rowsOfWorkbook(data)).filter(([, row]) => row.some(Boolean))
      .map(([line, row]) => [line, row.slice(0, row.reduce((last, value, at) => (value ? at + 1 : last), 0))]);
    assert.deepEqual(found, wanted);
  });
}

test("a workbook that is cut off, or whose list of files says too little or too much, is one line", async () => {
  const whole = workbook("libreoffice.xlsx");
  const short = whole.slice(0, 3000);
  const [more, less] = [whole.slice(0), whole.slice(0)];
  const list = new DataView(whole).getUint32(whole.byteLength - 6, true);
  new DataView(more).setUint32(list + 24, 2 ** 31, true);
  for (let at = list; new DataView(less).getUint32(at, true) === 0x02014b50;) {
    const view = new DataView(less);
    view.setUint32(at + 24, 5, true);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  await assert.rejects(rowsOfWorkbook(short), /cannot be read here/);
  await assert.rejects(rowsOfWorkbook(more), /too large/);
  await assert.rejects(rowsOfWorkbook(less), /cannot be read here/);
});

test("a line that is opened twice is kept once, and one that was taken out does not come back with a file", () => {
  const store = new SharedStore(storage());
  const kept = new KeptHours(store);
  assert.deepEqual([kept.add(line), kept.add(line), kept.add(line, 2)], ["", null, ""]);
  assert.equal(kept.all.length, 2);
  const file = JSON.parse(JSON.stringify(takeOut(store)));
  kept.remove(kept.all[0][0]);
  bringBack(store, file);
  assert.equal(kept.all.length, 1);
  const other = new SharedStore(storage());
  bringBack(other, file);
  assert.equal(new KeptHours(other).ledger.entries.length, 2);
  assert.throws(() => kept.add({ ...line, date: "3/4/2026" }), /can be two days/);
});

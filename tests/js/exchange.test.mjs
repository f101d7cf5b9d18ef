/** Which assignment of an exchange a notebook is, and what a refusal says. */
import assert from "node:assert/strict";
import test from "node:test";

import { fetchedAt, reasonIn } from "../../js/src/desk/exchange.js";

const path = "intro/holding/holding.ipynb";
const rows = [
  { status: "released", course_id: "intro", assignment_id: "other", notebooks: [{ path: "/srv/other.ipynb" }] },
  { status: "fetched", course_id: "intro", assignment_id: "holding", notebooks: [{ path }] },
  { status: "fetched", course_id: "second", assignment_id: "holding", notebooks: [{ path: "second/holding/holding.ipynb" }] },
  { course_id: "intro", assignment_id: "holding", submissions: [{ timestamp: "2026-11-29 15:20:11.1 UTC" },
    { timestamp: "2026-11-28 15:20:11.1 UTC" }] },
  { course_id: "second", assignment_id: "holding", submissions: [{ timestamp: "2026-11-30 15:20:11.1 UTC" }] },
];

test("a notebook is the assignment of its own course, with what was handed in there", () => {
  const found = fetchedAt(rows, path);
  assert.ok(found);
  assert.equal(found.course, "intro");
  assert.deepEqual(found.times, ["2026-11-28 15:20:11.1 UTC", "2026-11-29 15:20:11.1 UTC"]);
});

test("a notebook that was not fetched is none", () => {
  assert.equal(fetchedAt(rows, "copy-of-holding.ipynb"), null);
  assert.equal(fetchedAt([], path), null);
});

test("a refusal says nbgrader's own words and no traceback", () => {
  const trace = "Traceback (most recent call last):\n  File \"x.py\", line 3\n" +
    "nbgrader.exchange.abc.exchange.ExchangeError: You do not have access to this course.\n";
  assert.equal(reasonIn(trace), "You do not have access to this course");
  assert.match(reasonIn("Traceback\nOSError: [Errno 28]"), /could not put it into the exchange/);
});

/* Where a jump on the desk ends, while cells above it are drawn late. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { hold } from "../../js/src/desk/moving.js";

/** A place on a page that others push down, and what somebody does there meanwhile. */
function page() {
  const signs = new EventTarget();
  Object.assign(globalThis, {
    addEventListener: signs.addEventListener.bind(signs), removeEventListener: signs.removeEventListener.bind(signs),
  });
  const notebook = { scrollHeight: 4000 };
  /** @type {any} */
  const node = { isConnected: true, top: 2160, getBoundingClientRect: () => ({ top: node.top }), closest: () => notebook };
  return { node, notebook, put: () => (node.top = 100), does: (/** @type {string} */ sign) => signs.dispatchEvent(new Event(sign)) };
}

/** @param {number} ms @param {() => void} work */
const after = (ms, work) => setTimeout(work, ms);

test("what is jumped to is put back as often as something above it grows", async () => {
  const { node, put } = page();
  const pushed = [70, 160, 420].map((ms) => after(ms, () => (node.top += 700)));
  const held = hold(node, put);
  assert.equal(node.top, 100, "at once: people type on");
  await held;
  assert.deepEqual([node.top, pushed.length], [100, 3]);
});

test("what cannot come so high is put there once the notebook below is drawn", async () => {
  const { node, notebook } = page();
  after(160, () => (notebook.scrollHeight = 4600));
  await hold(node, () => (node.top = Math.max(100, 4700 - notebook.scrollHeight)));
  assert.equal(node.top, 100);
});

test("who scrolls, taps or types meanwhile is not brought back", async () => {
  for (const sign of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    const { node, put, does } = page();
    after(60, () => (does(sign), node.top = 900));
    await hold(node, put);
    assert.equal(node.top, 900, sign);
  }
});

test("of two jumps the later holds", async () => {
  const { node, put } = page();
  const first = hold(node, put);
  const second = hold(node, () => (node.top = 40));
  after(120, () => (node.top = 800));
  await Promise.all([first, second]);
  assert.equal(node.top, 40);
});

/* Which window may answer a notebook, where windows sleep, wake, and take it from each other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { claimOf } from "../../js/src/desk/claim.js";

/** @typedef {{ work: (lock: object | null) => void, fail: (error: Error) => void }} Waiting */
/** @typedef {{ ifAvailable?: boolean, steal?: boolean, signal?: AbortSignal }} Options */

const NAME = "a notebook";

/** A browser's locks, as far as a claim asks for them: `steal` takes one by force from who holds it. */
function locks() {
  /** @type {Waiting[]} */
  const waiting = [];
  /** @type {Waiting | undefined} */
  let held;
  /** @param {Waiting | undefined} one */
  const grant = (one) => (held = one)?.work({});
  /** @param {string} _name @param {Options} options @param {(lock: object | null) => unknown} work */
  const request = (_name, { ifAvailable, steal, signal }, work) => new Promise((done, fail) => {
    /** @type {Waiting} */
    const one = { fail, work: (lock) => void Promise.resolve(work(lock)).then((got) => {
      done(got);
      if (held === one) grant(waiting.shift());
    }) };
    const taken = new DOMException("taken by force, or called off", "AbortError");
    if (steal) held?.fail(taken);
    if (steal || !held) return void grant(one);
    if (ifAvailable) return void one.work(null);
    waiting.push(one);
    signal?.addEventListener("abort", () => {
      if (waiting.includes(one)) waiting.splice(waiting.indexOf(one), 1)[0].fail(taken);
    });
  });
  return { request };
}

const settled = () => new Promise((done) => setTimeout(done, 5));

test("what a window that slept was asked for does not take from it what it was given back since", async () => {
  /** @type {{ onmessage(): void }[]} */
  const channels = [];
  class Channel {
    constructor() { channels.push(this); }
    onmessage() {}
    close() {}
  }
  const all = locks();
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { locks: all } });
  Object.assign(globalThis, { window: { BroadcastChannel: Channel }, BroadcastChannel: Channel });
  let saved = () => {};
  const save = () => /** @type {Promise<void>} */ (new Promise((done) => (saved = () => done())));
  const desk = { away: true, context: { save }, setAway(/** @type {boolean} */ away) { this.away = away; } };
  const claim = claimOf(NAME);
  claim.join(desk);
  await settled();
  assert.equal(desk.away, false);

  channels[0].onmessage(); // it wakes, and hears at last that another window asked for it: it saves, which takes long
  /** @type {(value?: unknown) => void} */
  let back = () => {};
  all.request(NAME, { steal: true }, () => new Promise((done) => (back = done)));
  await settled();
  assert.equal(desk.away, true);

  back(); // the person goes on here; the other window gives it up, and waits for its turn
  all.request(NAME, {}, () => new Promise(() => {}));
  await settled();
  assert.equal(desk.away, false);

  saved();
  await settled();
  assert.equal(desk.away, false);
});

/* Which window may answer a notebook, where windows sleep, wake, and take it from each other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { claimOf } from "../../js/src/desk/claim.js";

/** @typedef {{ work: (lock: object | null) => void, fail: (error: Error) => void }} Waiting */
/** @typedef {{ ifAvailable?: boolean, steal?: boolean, signal?: AbortSignal }} Options */

/** A browser's locks, as far as a claim asks for them: `steal` takes one by force from who holds it, who hears of it at
 * once, or when `late` is called. */
function locks() {
  /** @type {(() => void)[]} */
  const late = [];
  /** @type {Set<Waiting>} */
  const stolen = new Set();
  let sleeps = false;
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
      if (!stolen.has(one)) done(got);
      if (held === one) grant(waiting.shift());
    }) };
    const taken = new DOMException("taken by force, or called off", "AbortError");
    const from = held;
    if (steal && from) stolen.add(from);
    if (steal && from && sleeps) late.push(() => from.fail(taken));
    else if (steal) from?.fail(taken);
    if (steal || !held) return void grant(one);
    if (ifAvailable) return void one.work(null);
    waiting.push(one);
    signal?.addEventListener("abort", () => {
      if (waiting.includes(one)) waiting.splice(waiting.indexOf(one), 1)[0].fail(taken);
    });
  });
  const query = async () => ({ held: [], pending: [] });
  return { request, query, sleep: () => (sleeps = true), wake: () => late.splice(0).forEach((one) => one()) };
}

const settled = () => new Promise((done) => setTimeout(done, 5));

/** A window that has the notebook `name`, and the locks that it shares with another.
 * @param {string} name @param {() => Promise<unknown>} turn until what was begun is done */
async function opened(name, turn = settled) {
  /** @type {{ onmessage(event: { data: number }): void }[]} */
  const channels = [];
  class Channel {
    constructor() { channels.push(this); }
    /** @param {{ data: number }} _event */
    onmessage(_event) {}
    postMessage() {}
    close() {}
  }
  const all = locks();
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { locks: all } });
  Object.assign(globalThis, { window: { BroadcastChannel: Channel }, BroadcastChannel: Channel });
  let saved = () => {};
  const handOver = () => /** @type {Promise<void>} */ (new Promise((done) => (saved = () => done())));
  const desk = { away: true, handOver, setAway(/** @type {boolean} */ away) { this.away = away; } };
  const claim = claimOf(name);
  claim.join(desk);
  await turn();
  assert.equal(desk.away, false);
  const asked = (data = Date.now()) => channels[0].onmessage({ data });
  return { all, claim, desk, asked, saved: () => saved() };
}

/** Another window takes it by force, and gives it up when the answer is called, to wait for its turn.
 * @param {ReturnType<typeof locks>} all @param {string} name */
function taken(all, name) {
  /** @type {(value?: unknown) => void} */
  let back = () => {};
  all.request(name, { steal: true }, () => new Promise((done) => (back = done))).catch(() => {}); // it may be taken again
  return () => {
    back();
    all.request(name, {}, () => new Promise(() => {}));
  };
}

test("what a window that slept was asked for does not take from it what it was given back since", async () => {
  const { all, desk, asked, saved } = await opened("asked");
  asked(); // it wakes, and hears at last that another window asked for it: it saves, which takes long
  const back = taken(all, "asked");
  await settled();
  assert.equal(desk.away, true);
  back(); // the person goes on here
  await settled();
  assert.equal(desk.away, false);
  saved();
  await settled();
  assert.equal(desk.away, false);
});

test("a window that was given it back is not troubled by hearing late that it was taken", async () => {
  const { all, desk, asked, saved } = await opened("taken");
  all.sleep();
  const back = taken(all, "taken");
  asked();
  await settled();
  saved();
  await settled();
  assert.equal(desk.away, true);
  back();
  await settled();
  assert.equal(desk.away, false);
  all.wake();
  await settled();
  assert.equal(desk.away, false);
});

test("what was asked before a window had it is not asked of that window", async () => {
  const { all, desk, asked, saved } = await opened("before");
  const then = Date.now() - 1;
  const back = taken(all, "before");
  await settled();
  back();
  await settled();
  asked(then); // of the window as it was when it slept
  await settled();
  saved();
  await settled();
  assert.equal(desk.away, false);
});

test("a window that wakes saves nothing over the work of the one that took it", async () => {
  const { all, desk, asked, saved } = await opened("old");
  let saves = 0;
  const { handOver } = desk;
  desk.handOver = () => (saves += 1, handOver());
  all.sleep();
  taken(all, "old");
  all.query = async () => (all.wake(), { held: [], pending: [] }); // that it was taken is heard before an answer
  asked();
  await settled();
  saved();
  assert.equal(saves, 0);
  assert.equal(desk.away, true);
});

test("what was given is not taken again when a window wakes that has lost it since", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1000 });
  const turn = async () => { for (let n = 0; n < 20; n += 1) await null; };
  const { all, claim, desk } = await opened("again", turn);
  const back = taken(all, "again");
  await turn();
  assert.equal(desk.away, true);
  claim.take(); // the person asks for it here,
  back(); // and gets it
  await turn();
  assert.equal(desk.away, false);
  taken(all, "again");
  await turn();
  context.mock.timers.tick(5000);
  await turn();
  assert.equal(desk.away, true);
});

test("a window that slept since it asked does not take it from one that may be in use", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1000 });
  const turn = async () => { for (let n = 0; n < 20; n += 1) await null; };
  for (const [slept, away] of /** @type {const} */ ([[60_000, true], [0, false]])) {
    const { all, claim, desk } = await opened(`late ${slept}`, turn);
    taken(all, `late ${slept}`);
    await turn();
    claim.take();
    context.mock.timers.setTime(1000 + slept);
    context.mock.timers.tick(3000);
    await turn();
    assert.equal(desk.away, away);
    context.mock.timers.setTime(1000);
  }
});

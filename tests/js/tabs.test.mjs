/* Two and three tabs at one moment, in every order of what they write and of what comes to the disk, each having heard of
   the others or not; then the browser is gone, with all or some of its localStorage on the disk, and is opened again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { restore } from "../../js/src/book/restore.js";
import { Results, begin, finished, historyOf, isResult, isRun, merge, shared, stamp, withLater } from "../../js/src/book/run.js";
import { Tab, World } from "./tabs.mjs";

const AT = "candor-session";
const HISTORY = historyOf(AT);
const slots = ["p", "q", "r"].map((card) => ({ card, area: "One" }));
const START = 1_000_000;
const CLOCKS = [(/** @type {number} */ count) => START + count, () => START, (/** @type {number} */ count) => START - count];

/** An answer, and what stood in its place in its tab. @typedef {{ key: string, saw: string, acked: boolean }} Given */

/** A tab in which a session is under way, as sitting.js goes about it. */
class Sitting {
  /** @param {World} world @param {import("../../js/src/book/types.js").Run} run @param {Map<string, Given>} given */
  constructor(world, run, given) {
    this.tab = new Tab(world);
    this.store = this.tab.store;
    this.given = given;
    this.run = structuredClone(run);
    this.results = new Results(this.store, HISTORY);
    void restore(this.store); // as every page does
  }

  takeIn() {
    const theirs = this.store.read(AT);
    if (isRun(theirs)) merge(this.run, theirs);
  }

  /** @param {string} card @param {string} letter */
  answer(card, letter) {
    if (this.results.over(this.run.began)) return null; // the result is shown, and nothing is asked
    this.takeIn();
    const key = (/** @type {[string, number] | undefined} */ pair) => (pair ? `${card} ${pair[0]}` : "");
    const saw = key(this.run.answers[card]);
    this.run.answers[card] = stamp(this.run.answers[card], letter);
    const one = { key: `${card} ${letter}`, saw, acked: false };
    this.given.set(one.key, one);
    this.store.keep(AT, this.run);
    return one;
  }

  finish() {
    this.takeIn();
    this.store.keep(AT, this.run);
    this.results.add([{ ...finished(this.run), words: "" }]);
    this.store.remove(AT);
    return null;
  }

  /** It hears of the others. */
  hear() {
    this.tab.hear();
    const { run, results, store } = this;
    const ended = results.of(run.began);
    if (ended) {
      const more = withLater(ended, finished(run));
      if (more !== ended) results.add([{ ...more, at: ended.at + 1 }]);
      if (isRun(store.read(AT))) store.remove(AT);
      return null;
    }
    const stored = store.read(AT);
    this.takeIn();
    if (isRun(stored) && shared(run) !== shared(stored)) store.keep(AT, run);
    return null;
  }
}

/** What a tab does; what it kept comes to the disk in a step of its own, or, `atOnce`, in the same. `hears`: whether it hears
 * of the others before; either, where that is not said.
 * @typedef {{ act: (sitting: Sitting) => Given | null, hears?: boolean, atOnce?: boolean }} Step */

/** All orders in which lists of so many steps may come: of each step, whose it is. @param {number[]} counts @returns {number[][]} */
const orders = (counts) => (counts.every((count) => !count) ? [[]] : counts.flatMap((count, which) =>
  (count ? orders(counts.map((left, place) => left - Number(place === which))).map((rest) => [which, ...rest]) : [])));

/** Every way in which so many may or may not. @param {number} count @returns {boolean[][]} */
const ways = (count) => (count ? ways(count - 1).flatMap((rest) => [[true, ...rest], [false, ...rest]]) : [[]]);

/** What the tabs do in one order. @param {Step[][]} works @param {number[]} order @param {boolean[]} hears
 * @returns {Promise<[World, Map<string, Given>]>} */
async function played(works, order, hears) {
  const world = new World();
  const run = begin(0, "exam", null, slots);
  /** @type {Map<string, Given>} */
  const given = new Map();
  const first = new Tab(world);
  first.store.keep(AT, run);
  await first.store.settled;
  const sittings = works.map(() => new Sitting(world, run, given));
  await Promise.all(sittings.map(({ store }) => store.settled));
  const left = works.map((work) => [...work]);
  const lands = works.map(() => /** @type {(() => Promise<void>) | null} */ (null));
  let turn = 0;
  for (const which of order) {
    const land = lands[which];
    if (land) await land();
    lands[which] = null;
    const step = land ? undefined : left[which].shift();
    if (!step) continue;
    if (step.hears ?? hears[turn++]) sittings[which].hear();
    const put = sittings[which].tab.holding();
    const one = step.act(sittings[which]);
    const landing = async () => {
      await put();
      if (one) one.acked = true;
    };
    if (step.atOnce) await landing();
    else lands[which] = landing;
  }
  return [world, given];
}

/** What is wrong after the browser is opened again; "" for nothing. @param {World} world @param {Map<string, Given>} given */
async function missed(world, given) {
  const { store } = new Tab(world);
  await restore(store);
  const run = store.read(AT);
  const result = /** @type {any[]} */ (store.read(HISTORY) ?? []).find(isResult);
  const going = isRun(run) ? Object.entries(run.answers).map(([card, [letter]]) => [card, letter]) : [];
  const there = { ...Object.fromEntries(going), ...result?.answers };
  /** Those after which an acknowledged one was given by somebody who had seen them. @type {Set<string>} */
  const gone = new Set();
  for (const one of given.values()) {
    for (let saw = one.acked ? one.saw : ""; saw; saw = given.get(saw)?.saw ?? "") gone.add(saw);
  }
  const acked = [...given.values()].filter((one) => one.acked).map(({ key }) => key.split(" ")[0]);
  const wrong = acked.map((card) => `${card} ${there[card]}`).find((key) => !given.has(key) || gone.has(key));
  if (wrong) return `${wrong} is there of ${JSON.stringify([...given.values()])}`;
  return isRun(run) && result ? "a run that is over is there" : "";
}

/** All orders, each cut off at each place, or not. @param {Step[][]} works @param {boolean} cut */
async function tried(works, cut = true) {
  const free = works.flat().filter(({ hears }) => hears === undefined).length;
  /** @type {Set<string>} */
  const done = new Set();
  const { now } = Date;
  for (const whole of orders(works.map((work) => work.reduce((sum, { atOnce }) => sum + (atOnce ? 1 : 2), 0)))) {
    for (let end = cut ? 2 : whole.length; end <= whole.length; end++) {
      const order = whole.slice(0, end);
      if (done.has(order.join())) continue;
      done.add(order.join());
      for (const hears of ways(free)) {
        let ticks = 0;
        const clock = CLOCKS[(done.size + hears.indexOf(true)) % CLOCKS.length] ?? CLOCKS[0];
        Date.now = () => clock(ticks++);
        try {
          const [world, given] = await played(works, order, hears);
          for (const on of [0, world.written.length]) {
            assert.equal(await missed(world.again(on), given), "", `${order}, ${hears}, ${on} on the disk`);
          }
        } finally {
          Date.now = now;
        }
      }
    }
  }
}

/** @param {string} card @param {string} letter @returns {Step} */
const gives = (card, letter) => ({ act: (sitting) => sitting.answer(card, letter) });
/** @type {Step} */
const ends = { act: (sitting) => sitting.finish() };
/** @type {Step} */
const listens = { act: () => null, hears: true, atOnce: true };

test("two tabs that answer at one moment lose nothing that was acknowledged", () =>
  tried([[gives("p", "A"), gives("q", "B")], [gives("p", "C")]]));

test("nor does one that answers while another ends the session", () =>
  tried([[gives("p", "A"), ends], [gives("p", "C")]]));

test("nor two that both end it", () => tried([[gives("p", "A"), ends], [ends]]));

test("nor two that hear at one moment that a third has ended it", () => {
  const deaf = (/** @type {Step} */ step) => ({ ...step, hears: false });
  return tried([[deaf(ends)], [deaf(gives("p", "A")), listens], [deaf(gives("q", "B")), listens]], false);
});

/** Two tabs that have not heard of each other keep each its own under one name; then the browser is killed.
 * @param {string} name @param {unknown} mine @param {unknown} theirs */
async function atOneMoment(name, mine, theirs) {
  const world = new World();
  const tabs = [new Tab(world), new Tab(world)];
  await Promise.all(tabs.map(({ store }) => restore(store)));
  tabs[0].store.keep(name, mine);
  tabs[1].store.keep(name, theirs);
  await Promise.all(tabs.map(({ store }) => store.settled));
  const { store } = new Tab(world.again(world.written.length));
  await restore(store);
  return store;
}

test("two ratings of the review at one moment are both there", async () => {
  const memory = { stability: 2, difficulty: 5, interval: 2, last: 100, due: 200, first: 100 };
  const work = (/** @type {string} */ name) => ({ exam: "", examAt: 0, cards: { [name]: memory }, open: null });
  const store = await atOneMoment("candor-review", work("p"), work("q"));
  assert.deepEqual(Object.keys(/** @type {any} */ (store.read("candor-review")).cards).sort(), ["p", "q"]);
});

test("two results at one moment are both there", async () => {
  const result = (/** @type {number} */ began) => ({ ...finished({ ...begin(0, "exam", null, slots), began }), words: "" });
  const store = await atOneMoment(HISTORY, [result(1)], [result(2)]);
  assert.deepEqual(new Results(store, HISTORY).all.map(({ began }) => began).sort(), [1, 2]);
});

test("of two sessions that were begun at one moment one goes on, and what was answered in the other is a result", async () => {
  /** @param {number} began @param {string} card @returns {import("../../js/src/book/types.js").Run} */
  const run = (began, card) => ({ ...begin(0, "exam", null, slots), began, answers: { [card]: ["A", began] } });
  for (const [mine, theirs] of [[run(1, "p"), run(2, "q")], [run(2, "q"), run(1, "p")]]) {
    const store = await atOneMoment(AT, mine, theirs);
    const [result, ...more] = new Results(store, HISTORY).all;
    const { began, answers } = /** @type {any} */ (store.read(AT));
    assert.deepEqual([began, answers, result.began, result.answers, more], [2, { q: ["A", 2] }, 1, { p: "A" }, []]);
  }
});

test("of a setting that was chosen twice the last choice comes back", async () => {
  const world = new World();
  const { store } = new Tab(world);
  await restore(store);
  for (const chosen of ["one", "other"]) {
    store.keep("candor-body", chosen);
    await store.settled;
  }
  const again = new Tab(world.again(0));
  await restore(again.store);
  assert.equal(again.store.read("candor-body"), "other");
});

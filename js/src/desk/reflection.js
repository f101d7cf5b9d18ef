/* A reflection: a plain text box, with a count of words and a look at what may identify a client. */
import { Answer } from "./answer.js";
import { applyEdits, nameOf, sourceOf } from "./cell.js";
import { make, ownBase, ownStore, say, unique } from "./dom.js";
import { checkIsOff, identifiers, mostTelling, questionOf, tellsAlone } from "./guard.js";
import { activate, draw } from "./moving.js";
import { safely } from "./safely.js";
import { bringUp, inSight, steadily } from "./steady.js";
import { calledIn, countWords, PLACEHOLDER, smallestEdit, withoutCr } from "./text.js";
import { list, t, tn, woven } from "../words.js";

const LOOK_AFTER = 600; // ms of quiet before a text is read for what may identify a client

export class Reflection extends Answer {
  /** @param {import("./desk.js").Desk} desk @param {import("./lab.d.ts").Cell} cell */
  constructor(desk, cell) {
    super(desk, cell);
    /** How many words it asks for. */
    this.aim = cell.model.getMetadata("candor")?.words;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.looking = undefined;
    /** What was marked last. */
    this.looked = "[]";
    /** Words of which the person said that no client can be known by them; this browser keeps them. @type {Set<string>} */
    this.nobodys = new Set(JSON.parse(ownStore.get(this.settledAt) || "[]"));
    const id = unique();
    this.text = make("textarea", {
      id, class: "candor-text", rows: "6", dir: "auto", "aria-describedby": `${id}-words`,
    });
    this.title = make("span", { class: "candor-unseen" });
    this.words = make("p", { id: `${id}-words`, class: "candor-words" });
    const label = make("label", { for: id, class: "candor-label" }, t("Your answer"), this.title);
    /** Above the box, where it is seen while one types on a phone too; all of them stand below the box. */
    this.near = make("p", { class: "candor-near", role: "status" });
    this.marks = make("div", { class: "candor-guard" });
    this.off = make("p", { class: "candor-off", role: "status" });
    const foot = make("div", { class: "candor-foot" }, this.words, this.status);
    this.root.append(label, this.near, this.text, foot, this.off, this.marks);
    this.text.addEventListener("input", safely(() => this.write()));
  }

  /** What the person has written: nothing, as long as the cell holds the placeholder. */
  get written() {
    const source = withoutCr(sourceOf(this.cell));
    return source.trim() === PLACEHOLDER ? "" : source;
  }

  get begun() { return countWords(this.written) > 0; }
  /** A reflection whose cell was split is still one: all its words count. */
  get count() {
    const name = nameOf(this.cell);
    const parts = this.desk.inOrder.filter((one) => one instanceof Reflection && nameOf(one.cell) === name);
    return parts.reduce((sum, one) => sum + countWords(/** @type {Reflection} */ (one).written), 0);
  }

  /** The words from which on it counts as answered. */
  get least() { return parseInt(this.aim ?? "", 10) || 1; }
  get done() { return this.count >= this.least; }

  /** That it is begun, and too short to count as answered. */
  get shortWords() {
    const { aim, least } = this;
    return !aim || !this.begun || this.done ? "" : tn("{n} word: it counts as answered from {least} on (aim for {aim})",
      "{n} words: it counts as answered from {least} on (aim for {aim})", this.count, { aim, least });
  }

  get doubt() {
    const texts = this.markedTexts;
    return [this.shortWords, texts.length ? t("Marked as perhaps a client’s: {words}.", { words: list(texts) }) : ""]
      .filter(Boolean).join(" · ");
  }

  /** What its prompt is headed with. */
  get called() {
    const prompt = this.above("prompt");
    return prompt ? calledIn(sourceOf(prompt)) : "";
  }

  /** At once and not after a pause, so that there is never text which a save or a closed tab would miss. */
  write() {
    applyEdits(this.cell.model, [smallestEdit(sourceOf(this.cell), this.text.value || PLACEHOLDER)]);
  }

  // All other keys, Ctrl+Z too, do what they do in any text box.

  /** @param {FocusOptions} [how] */
  focus(how) { this.text.focus(how); }

  paint() {
    this.stand(true);
    say(this.title, this.called ? `: ${this.called}` : "");
    const written = this.written;
    if (this.text.value !== written) this.text.value = written;
    this.text.readOnly = this.locked;
    const [count, { aim }] = [countWords(written), this];
    say(this.words, !aim ? tn("{n} word", "{n} words", count)
      : this.shortWords || tn("{n} word (aim for {aim})", "{n} words (aim for {aim})", count, { aim }));
    say(this.status, this.savedWords(this.begun));
    say(this.off, checkIsOff() && `${checkIsOff()} ${t("Read your text for names, places and dates yourself.")}`);
    this.grow();
    clearTimeout(this.looking);
    this.looking = setTimeout(safely(() => this.look()), LOOK_AFTER);
  }

  get settledAt() { return `candor-nobodys:${ownBase()}:${this.desk.context.path}:${nameOf(this.cell)}`; }

  /** Settles one find, or asks about it again. @param {string} text @param {boolean} nobody */
  settle(text, nobody) {
    if (nobody) this.nobodys.add(text);
    else this.nobodys.delete(text);
    this.keep();
    this.look();
    this.desk.bar.handIn.paintSoon();
  }

  /** A word that has left the text is kept no longer. */
  keep() {
    const { written } = this;
    for (const one of this.nobodys) if (!written.includes(one)) this.nobodys.delete(one);
    ownStore.put(this.settledAt, this.nobodys.size ? JSON.stringify([...this.nobodys]) : "");
  }

  /** What may identify a client and was neither changed nor said to be nobody, what tells most first. */
  get marked() {
    return this.stillMarked(identifiers(this.written, this.desk.given)).sort(mostTelling);
  }

  /** The same, each once. */
  get markedTexts() { return [...new Set(this.marked.map(({ text }) => text))]; }

  /** @param {ReturnType<typeof identifiers>} found */
  stillMarked(found) { return found.filter((one) => one.sure || !this.nobodys.has(one.text)); }

  /** Takes the person to a mark, which then stands in sight. @param {{ start: number, end: number }} mark */
  async show({ start, end }) {
    const index = activate(this.desk.notebook, this.cell);
    if (!this.shown) await draw(this.desk.notebook, this.cell, index);
    this.focus({ preventScroll: true });
    this.text.setSelectionRange(start, end);
    await bringUp(this.text, start, () => this.near.offsetHeight);
  }

  /** A gentle mark under the text for what may identify a client. It blocks nothing, and the text is never changed. */
  look() {
    if (this.cell.isDisposed) return;
    if (this.nobodys.size) this.keep();
    const found = identifiers(this.written, this.desk.given).sort(mostTelling);
    const near = this.nearest(this.stillMarked(found));
    const said = make("p", {}, ...near).textContent ?? "";
    if (said !== this.near.textContent) steadily(this.text, () => this.near.replaceChildren(...near));
    inSight(this.near);
    const drawn = JSON.stringify(found);
    if (drawn === this.looked) return;
    this.looked = drawn;
    const sure = found.filter((one) => one.sure);
    const asked = found.filter((one) => !one.sure);
    const rows = sure.map((one) => make("li", {}, ...woven(t("{words} is {why}. Better: {better}."),
      { words: make("q", {}, one.text), why: t(one.why), better: t(one.better) })));
    const words = sure.some(tellsAlone) ? t("This may identify a client. Only this device looks for it:")
      : t("This may identify a client. Only this device looks for it, and you may leave it as it is:");
    this.marks.replaceChildren(
      ...(sure.length ? [make("p", {}, words), make("ul", {}, ...rows)] : []),
      ...(asked.length ? this.questions(asked) : []),
    );
  }

  /** The mark to begin with, and of marks alike the one beside which one is writing: what it is, what to do, and how many
   * others there are.
   * @param {ReturnType<typeof identifiers>} found @returns {(Node | string)[]} */
  nearest(found) {
    const at = this.text.selectionEnd;
    const far = (/** @type {{ start: number, end: number }} */ one) => Math.max(one.start - at, at - one.end, 0);
    const [one] = [...found].sort((a, b) => mostTelling(a, b) || far(a) - far(b));
    if (!one) return [];
    const words = make("q", {}, one.text);
    const said = one.sure ? woven(t("{words} is {why}. Better: {better}."), { words, why: t(one.why), better: t(one.better) })
      : [...woven(t(questionOf(one.kind)), { words }), " ", t("Better: {better}.", { better: t(one.better) })];
    const more = new Set(found.map(({ text }) => text)).size - 1;
    return more > 0 ? [...said, " ", tn("{n} more below.", "{n} more below.", more)] : said;
  }

  /** The softer tier asks, about each find by itself; a tick says that it is nobody, and can be taken back.
   * @param {ReturnType<typeof identifiers>} asked */
  questions(asked) {
    const each = new Map(asked.map((one) => [one.text, one]));
    return [...each.values()].map(({ text, kind }) => {
      const id = unique();
      const tick = make("input", { type: "checkbox", "aria-describedby": id });
      tick.checked = this.nobodys.has(text);
      tick.addEventListener("change", safely(() => this.settle(text, tick.checked)));
      const label = make("label", { class: "candor-nobody" }, tick, make("span", {}, t("No client can be known by this")));
      return make("div", { class: "candor-asked" },
        make("p", { id }, ...woven(t(questionOf(kind)), { words: make("q", {}, text) })), label);
    });
  }

  grow() {
    if (CSS.supports("field-sizing", "content") || !this.text.isConnected) return;
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight + 2}px`;
  }
}

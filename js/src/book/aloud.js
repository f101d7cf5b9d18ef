/* The text of a page read aloud by the browser's own voice, from the section that is on the screen, sentence by sentence.
   It begins when one asks for it, and never by itself. Questions and citations are left out, tables announced. */
import { button, choice, inWords, make, saying } from "./dom.js";
import { CITED, sentences, withoutCitations } from "./spoken.js";
import { later, t, tc } from "../words.js";

/** @typedef {{ node: HTMLElement, says: string[] }} Passage */

const SPEED = "candor-voice";
/** @type {[string, string][]} */
const SPEEDS = [["0.8", later("slower")], ["1", later("normal")], ["1.25", later("a little faster")],
  ["1.5", later("faster")], ["2", later("twice as fast")]];
const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, figcaption, table";
const SILENT = ".candor-tools, .candor-badge, .candor-also, .candor-where, .candor-note, .candor-works, .candor-question,"
  + " .candor-set, .candor-app, .candor-choose, .candor-assignment, .candor-wide table *, template, nav, details:not([open])";
const UNSAID = ".headerlink, .candor-not-read, .candor-ev, svg, script, style, ul, ol, dl, table";

/** @param {HTMLElement} block */
function wordsOf(block) {
  if (block.tagName === "TABLE") {
    const named = block.closest("[aria-label]")?.getAttribute("aria-label") ?? t("A table");
    return t("{table}. It stands on the page, and is not read aloud.", { table: named });
  }
  const copy = /** @type {HTMLElement} */ (block.cloneNode(true));
  for (const one of copy.querySelectorAll(UNSAID)) one.remove();
  for (const one of copy.querySelectorAll("a.candor-cite")) one.replaceWith(CITED.join(one.textContent ?? ""));
  return withoutCitations(copy.textContent ?? "");
}

/** The language of the page. */
const spoken = () => document.documentElement.lang.slice(0, 2) || "en";

/** What there is to say of a page, in its order; an item of a list whose text is a paragraph is said once.
 * @param {Element} article @returns {Passage[]} */
export function passages(article) {
  const blocks = /** @type {HTMLElement[]} */ ([...article.querySelectorAll(BLOCKS)]);
  return blocks.filter((block) => !block.closest(SILENT) && !block.querySelector(":scope > p"))
    .map((node) => ({ node, says: sentences(wordsOf(node), spoken()) })).filter(({ says }) => says.length);
}

/** A voice of this machine where there is one: nothing goes out. @param {string} language */
function voice(language) {
  const fit = speechSynthesis.getVoices().filter(({ lang }) => lang.toLowerCase().startsWith(language));
  return fit.find((one) => one.localService && one.default) ?? fit.find((one) => one.localService) ?? null;
}

export class ReadAloud {
  /** @param {HTMLElement} tools @param {Element} article @param {import("./store.js").SharedStore} store */
  constructor(tools, article, store) {
    this.article = article;
    this.store = store;
    this.language = spoken();
    /** @type {Passage[]} */
    this.passages = [];
    this.at = [0, 0]; // passage and sentence
    this.turn = 0; // of an utterance that was cut off nothing more is heard
    this.going = false;
    /** @type {SpeechSynthesisUtterance | null} */
    this.saying = null;
    this.opener = button(t("Read aloud"), () => this.open());
    this.pause = button(t("Pause"), () => (this.going ? this.rest() : this.speak()));
    const { row, select } = choice(t("Speed"), "candor-speed", inWords(SPEEDS));
    this.speed = select;
    this.said = saying();
    const kept = store.read(SPEED);
    select.value = SPEEDS.some(([value]) => value === kept) ? String(kept) : "1";
    select.addEventListener("change", () => {
      store.write(SPEED, select.value);
      if (this.going) this.speak();
    });
    this.bar = make("div", { className: "candor-aloud" }, this.pause, button(tc("passage", "Back"), () => this.step(-1)),
      button(tc("passage", "Next"), () => this.step(1)), row, button(t("Stop"), () => this.stop()), this.said);
    this.bar.setAttribute("role", "region");
    this.bar.setAttribute("aria-label", t("Read aloud"));
    tools.append(this.opener);
    addEventListener("pagehide", () => this.stop(false));
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.bar.isConnected && this.stop());
  }

  open() {
    if (this.bar.isConnected) return this.pause.focus();
    this.passages = passages(this.article);
    const seen = this.passages.findIndex(({ node }) => node.getBoundingClientRect().bottom > 80);
    this.at = [scrollY > 200 && seen > 0 ? seen : 0, 0];
    document.body.append(this.bar);
    this.speak();
    this.pause.focus();
  }

  /** Says the sentence it stands at, then the next ones. */
  speak() {
    const [place, sentence] = this.at;
    const passage = this.passages[place];
    if (!passage) return this.stop();
    this.going = true;
    this.pause.textContent = t("Pause");
    this.said.textContent = "";
    this.show(passage.node);
    const turn = (this.turn += 1);
    if (speechSynthesis.speaking) speechSynthesis.cancel(); // else some browsers drop what comes right after
    const said = new SpeechSynthesisUtterance(passage.says[sentence]);
    this.saying = said; // a browser may forget one that nobody holds, and never say that it ended
    Object.assign(said, { lang: this.language, voice: voice(this.language), rate: Number(this.speed.value) });
    said.addEventListener("end", () => {
      if (turn !== this.turn) return;
      this.at = sentence + 1 < passage.says.length ? [place, sentence + 1] : [place + 1, 0];
      this.speak();
    });
    said.addEventListener("error", () => {
      if (turn !== this.turn) return;
      this.rest();
      this.said.textContent = t("The voice stopped. Has this device one for this language?");
    });
    speechSynthesis.speak(said);
  }

  /** @param {HTMLElement | null} node */
  show(node) {
    for (const one of this.article.querySelectorAll(".candor-spoken")) one.classList.remove("candor-spoken");
    node?.classList.add("candor-spoken");
    node?.scrollIntoView({ block: "nearest" });
  }

  /** The browser's own pause is not one on every phone: it stops, and says the sentence again. */
  rest() {
    this.turn += 1;
    this.going = false;
    speechSynthesis.cancel();
    this.pause.textContent = t("Go on");
  }

  /** @param {number} by passages */
  step(by) {
    this.at = [Math.max(0, this.at[0] + by), 0];
    this.speak();
  }

  stop(back = true) {
    if (!this.bar.isConnected) return;
    this.rest();
    this.show(null);
    this.bar.remove();
    if (back) this.opener.focus({ preventScroll: true });
  }
}

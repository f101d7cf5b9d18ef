/* Handing in: whose work it is, one question about what is open or marked, a file, and a receipt. */
import { whatNow } from "./alone.js";
import { ask } from "./asking.js";
import { handedBefore, noteProgress } from "./browser-desk.js";
import { nameOf, sourceOf } from "./cell.js";
import { copyOf } from "./copy.js";
import { button, configured, download, isAlone, isBrowserDesk, make, ownStore, say, unique } from "./dom.js";
import { find, NotTaken, submit, timeInWords } from "./exchange.js";
import { changedSince, handedOf } from "./handed.js";
import { Panel } from "./panel.js";
import { openOnes, receiptOf, timeOf } from "./receipt.js";
import { Reflection } from "./reflection.js";
import { complain, safely } from "./safely.js";
import { dateTime, later, list, t, tn, woven } from "../words.js";

const WHO = "candor-trainee"; // remembered in this browser, for the next assignment
const FROM = later("It is needed, since the file is named after it. Your program gives it to you: ask there if you have none.");
const FROM_ALONE = later("It is needed, since the file is named after it. Your program gives it to you; if you study alone, your initials will do.");
const HOW = later("Letters, figures, hyphens and full stops, without spaces. This browser remembers it.");
const MANY = 6; // open questions that are named, where more than one would not be
const TRAINEE = /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/; // what a folder of a course, and a file, can be called

/** Whose work this is, one file to hand in, and a receipt for it.
 * @extends {Panel<HTMLFormElement>} */
export class HandIn extends Panel {
  /** @param {import("./desk.js").Desk} desk @param {HTMLButtonElement} opener the button that opens it */
  constructor(desk, opener) {
    super(desk, make("form", { class: "candor-hand" }), opener, opener.textContent ?? "");
    const id = unique();
    this.root.noValidate = true; // we say it ourselves, beside the field
    const typed = { type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false" };
    this.who = make("input", { id, ...typed, required: "", "aria-describedby": `${id}-how` });
    this.who.value = configured("hubUser") || ownStore.get(WHO);
    this.who.addEventListener("input", safely(() => this.who.removeAttribute("aria-invalid")));
    this.who.addEventListener("change", safely(() => ownStore.put(WHO, this.who.value.trim())));
    /** Where there is an exchange, and this notebook is of it. @type {import("./exchange.js").Fetched | null} */
    this.fetched = null;
    this.now = button(t("Hand in now"), safely(() => void this.handIn().catch(complain)), "candor-first");
    this.now.hidden = true;
    this.open = make("p", { class: "candor-open" });
    /** The question that is being asked. @type {ReturnType<typeof ask> | null} */
    this.asking = null;
    /** What is open or marked, and was said to go as it is. @type {Set<string>} */
    this.settled = new Set();
    this.said = make("p", { role: "status" });
    const shown = { class: "candor-receipt", tabindex: "0", role: "region", "aria-label": t("Receipt") };
    this.receipt = make("pre", shown);
    this.keep = button(t("Save the receipt"), safely(() => {
      const file = `${this.stem}__receipt.txt`;
      download(file, this.receipt.textContent ?? "", "text/plain");
      say(this.kept, t("The receipt is in your downloads: {file}.", { file }));
    }));
    this.kept = make("output");
    this.keep.hidden = true;
    this.whatNow = make("p", {});
    /** What was in the file that was made last, in this window. @type {import("./handed.js").Handed | null} */
    this.handed = null;
    /** What of the notebook is in the downloads as it stands. @type {"" | "copy" | "file"} */
    this.held = "";
    this.copy = button(t("Download as text"), safely(() => void this.saveCopy().catch(complain)));
    this.go = make("button", { type: "submit", class: "candor-button candor-first" },
      t("Download for submission"));
    this.asked = [make("label", { for: id }, t("Your trainee number, as your program gave it")),
      make("p", { id: `${id}-how` }, t(isAlone() ? FROM_ALONE : FROM), " ", t(HOW)), this.who];
    const send = make("div", { class: "candor-send" }, this.now, this.who, this.go);
    const own = make("p", { class: "candor-own" }, t("A copy for yourself, as plain text:"), " ", this.copy);
    this.root.append(...this.asked.slice(0, 2), send, this.said, this.keep, this.kept, this.whatNow, this.open,
      this.receipt, own);
    this.root.addEventListener("submit", safely((event) => (event.preventDefault(), void this.send().catch(complain))));
  }

  get first() { return this.who; }

  /** @param {boolean} on */
  show(on) {
    super.show(on);
    if (on && !isBrowserDesk()) void this.look().catch(complain);
  }

  draw() {
    const words = [...this.openParts.map((one) => one.words), ...this.markedWords];
    say(this.open, words.join(" ") || t("Everything is answered."));
    this.open.classList.toggle("candor-heed", words.length > 0);
  }

  /** Above what is open: what came of it or, to be heeded, what is to be done. @param {string} words @param {boolean} [heed] */
  tell(words, heed = false) {
    say(this.said, words);
    this.said.classList.toggle("candor-heed", heed);
  }

  get reflections() { return this.desk.asked.filter((one) => one instanceof Reflection); }

  /** What may identify a client and stands as it was marked, with the way there. */
  marked() {
    return this.reflections.flatMap((one) => {
      const [first, ...more] = one.marked;
      if (!first) return [];
      const texts = [...new Set([first, ...more].map(({ text }) => text))];
      const words = texts.map((text) => make("q", {}, text));
      const go = button(t("Read it again"), safely(() => this.leave(() => void one.show(first).catch(complain))));
      const said = woven(t("Still marked in {title}: {words}. It may identify a client."),
        { title: make("q", {}, one.called), words: make("span", {}, ...words.flatMap((word, at) => (at ? [", ", word] : [word]))) });
      const row = make("div", { class: "candor-still" }, make("p", {}, ...said), go);
      return [{ keys: texts.map((text) => `${one.called} ${text}`), row }];
    });
  }

  /** From what is asked, or from the panel, to an answer. @param {() => void} go */
  leave(go) {
    this.asking?.shut();
    this.desk.bar.leave(go);
  }

  /** Whether the answers may go as they are. A copy for oneself and handing in, through a hub or as a file, ask once
   * each about what is open or marked, and again only with what came since; it keeps nobody from anything. @param {"copy" | "file"} way @param {string} title @param {string} anyway */
  async mayGo(way, title, anyway) {
    const [open, marked] = [this.openParts, this.marked()];
    const keys = [...open.map(({ key }) => key), ...marked.flatMap((one) => one.keys)].map((key) => `${way} ${key}`);
    if (keys.every((key) => this.settled.has(key))) return true;
    const rows = [...open.map(({ words }) => make("p", {}, words)), ...marked.map(({ row }) => row)];
    const ways = open.length ? [button(t("Next unanswered"), safely(() => this.leave(() => this.desk.goOn())), "candor-first")] : [];
    this.asking = ask({ title, rows, ways, choices: [["go", anyway]] });
    const may = Boolean(await this.asking.answer);
    this.asking = null;
    if (may) for (const key of keys) this.settled.add(key);
    return may && !this.desk.away;
  }

  /** Whether it can be handed in from here: on a hub that gave it out. There everybody has a name already. */
  async look() {
    this.fetched = await find(this.desk.context.path);
    if (!this.fetched) return;
    this.now.hidden = false;
    if (document.activeElement === this.who) this.now.focus();
    this.go.classList.remove("candor-first");
    for (const node of TRAINEE.test(configured("hubUser")) ? this.asked : []) node.hidden = true;
    const last = this.fetched.times.at(-1);
    if (last && !this.said.textContent) {
      this.tell(t("You handed in on {time}. You can hand in again: what comes last counts.", { time: timeInWords(last) }));
    }
  }

  /** Save, hand in through the exchange, and say under which time it was taken. What fails is said, and the download
   * stays. */
  async handIn() {
    if (!this.fetched || !await this.mayGo("file", t("Hand in as it is?"), t("Hand in as it is"))) return;
    this.now.disabled = true;
    this.tell(t("Handing in …"));
    try {
      await this.desk.context.save().catch(() => {
        throw new NotTaken(t("your answers could not be saved first"));
      });
      this.fetched = await submit(this.fetched, this.desk.context.path);
      const who = configured("hubUser") || this.who.value.trim() || "not said";
      const taken = this.fetched.times.at(-1) ?? "";
      const text = await receiptOf(who, this.desk);
      this.receipt.textContent = `${text}Handed in: ${this.fetched.course}, ${taken}\n`;
      this.keep.hidden = false;
      say(this.kept, "");
      this.took("file");
      this.tell(t("Handed in on {time}. Your program has it; keep the receipt.", { time: timeInWords(taken) }));
    } catch (error) {
      if (!(error instanceof NotTaken)) complain(error);
      const why = error instanceof NotTaken ? error.message : t("something went wrong in this page");
      this.tell(t("Not handed in: {why}. Your answers are still here. Try again, or choose Download for submission"
        + " and send the file to your program.", { why }), true);
    } finally {
      this.now.disabled = false;
    }
  }

  /** What is still open: the questions together, and each reflection. `key`: what it is, however far it has come. */
  get openParts() {
    const open = openOnes(this.desk.inOrder);
    const rest = this.reflections.filter((one) => !one.done).map((one) => {
      const [words, said] = [one.count, { title: one.called, aim: one.aim ?? "" }];
      return { key: one.called, words: !words ? t("Not begun: {title}.", said)
        : tn("{title}: {n} word, and it asks for {aim}.", "{title}: {n} words, and it asks for {aim}.", words, said) };
    });
    if (!open.length) return rest;
    const named = open.length === MANY + 1 ? open : open.slice(0, MANY);
    const [questions, more] = [list(named), open.length - named.length];
    const words = more ? tn("Still open: {questions} and {n} more.", "Still open: {questions} and {n} more.", more,
      { questions }) : t("Still open: {questions}.", { questions });
    return [{ key: open.join("; "), words }, ...rest];
  }

  get markedWords() {
    const marked = [...new Set(this.reflections.flatMap((one) => one.markedTexts))];
    return marked.length ? [t("Marked as perhaps a client’s: {words}.", { words: list(marked) })] : [];
  }

  /** A file was taken. @param {"copy" | "file"} what */
  took(what) { this.held = what; }

  /** Whether what stands in the notebook has been downloaded. */
  get holds() { return Boolean(this.held); }

  /** A receipt holds for the answers that it was made of. */
  onChange() {
    if (!this.held) return;
    const copied = this.held === "copy";
    this.held = "";
    this.keep.hidden = true;
    say(this.kept, "");
    this.receipt.textContent = "";
    if (copied) return this.tell(t("You changed an answer after you saved the copy. Save it again."), true);
    this.tell(this.fetched?.times.length
      ? t("You changed an answer after you handed in. Hand in again if it should count.")
      : t("You changed an answer after the download. Download again before you hand in."), true);
  }

  get stem() { return `${this.who.value.trim()}__${this.desk.assignment}`; }

  /** Of a second file: that it is the newer one, and what is another in it. @returns {string[]} */
  sinceLast() {
    const { assignment, inOrder } = this.desk;
    const now = handedOf(inOrder.map(({ cell }) => [nameOf(cell), sourceOf(cell)]), Date.now());
    const before = this.handed ?? (isBrowserDesk() ? handedBefore(assignment) : null);
    const changed = changedSince(before, now);
    this.handed = now;
    if (isBrowserDesk()) noteProgress(assignment, { downloaded: now.at, handed: now });
    if (!before || changed === null) return [];
    const time = dateTime(before.at);
    return [changed ? tn("It is newer than your file of {time}: {n} answer is another. With your program the later one takes the place"
      + " of the earlier; your browser may put a number behind its name, which does no harm.", "It is newer than your file of {time}:"
      + " {n} answers are others. With your program the later one takes the place of the earlier; your browser may put a number"
      + " behind its name, which does no harm.", changed, { time })
      : t("The answers are those of your file of {time}: where your program has that one, you need not send this one.", { time })];
  }

  /** The answers as plain text, saved here or not. */
  async saveCopy() {
    if (!await this.mayGo("copy", t("Download as it is?"), t("Download as it is"))) return;
    const file = `${this.desk.assignment}.txt`;
    download(file, copyOf(this.desk.notebook.widgets), "text/plain");
    this.took("copy");
    this.tell(t("{file} is in your downloads. It holds all your answers.", { file }));
    noteProgress(this.desk.assignment, { downloaded: Date.now() });
    this.desk.save();
  }

  async send() {
    if (!TRAINEE.test(this.who.value.trim())) {
      this.who.setAttribute("aria-invalid", "true");
      this.tell(t("Give your trainee number: letters, figures, hyphens and full stops, without spaces."), true);
      return this.who.focus();
    }
    if (!await this.mayGo("file", t("Download as it is?"), t("Download as it is"))) return;
    // First the file, made from what stands here, saved or not; then what this browser keeps, if it can.
    const notebook = this.desk.notebook.model.toJSON();
    const candor = { ...notebook.metadata?.candor, handed_in: timeOf(new Date()), trainee: this.who.value.trim() };
    notebook.metadata = { ...notebook.metadata, candor };
    const text = await receiptOf(this.who.value.trim(), this.desk);
    download(`${this.stem}.ipynb`, `${JSON.stringify(notebook, null, 1)}\n`, "application/x-ipynb+json");
    this.receipt.textContent = text;
    this.keep.hidden = false;
    say(this.kept, "");
    this.took("file");
    const words = [t("{file} is in your downloads. It holds all your answers, and you need not open it.",
      { file: `${this.stem}.ipynb` }), ...this.sinceLast(), t("Send it to your program, on its learning platform or by e-mail, as it"
      + " asked. Keep the receipt.")];
    this.tell(words.join(" "));
    if (isAlone()) this.whatNow.replaceChildren(...whatNow(this.desk.assignment));
    this.root.scrollTop = this.said.offsetTop - this.root.offsetTop - this.top.offsetHeight; // its upper edge in sight
    ownStore.put(WHO, this.who.value.trim());
    this.desk.bar.paintDue();
    this.desk.save();
  }
}

/* Handing in: whose work it is, a file, and a receipt. Who studies alone is asked for nothing, and has a copy. */
import { noteProgress } from "./browser-desk.js";
import { copyOf } from "./copy.js";
import { button, configured, download, isAlone, isBrowserDesk, make, ownStore, say, unique } from "./dom.js";
import { find, NotTaken, submit, timeInWords } from "./exchange.js";
import { openOnes, receiptOf, timeOf } from "./receipt.js";
import { Reflection } from "./reflection.js";
import { complain, safely } from "./safely.js";
import { later, list, t, tn, woven } from "../words.js";

const WHO = "candor-trainee"; // remembered in this browser, for the next assignment
const HOW = later("Letters, figures, hyphens and full stops. It stands in the file's name; this browser remembers it.");
const MANY = 5; // open questions that are named
const TRAINEE = /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/; // what a folder of a course, and a file, can be called

/** The panel under the bar: whose work this is, one file to hand in, and a receipt for it. */
export class HandIn {
  /** @param {import("./desk.js").Desk} desk @param {HTMLButtonElement} opener the button that opens it */
  constructor(desk, opener) {
    this.desk = desk;
    this.opener = opener;
    const id = unique();
    const label = opener.textContent ?? "";
    const ours = { class: "candor-hand", "aria-label": label, "data-lm-suppress-shortcuts": "true" };
    this.root = make("form", ours);
    this.root.hidden = true;
    const field = { id, type: "text", autocomplete: "off", spellcheck: "false", "aria-describedby": `${id}-how` };
    this.who = make("input", field);
    this.who.value = configured("hubUser") || ownStore.get(WHO);
    /** Where there is an exchange, and this notebook is of it. @type {import("./exchange.js").Fetched | null} */
    this.fetched = null;
    this.now = button(t("Hand in now"), safely(() => void this.handIn().catch(complain)), "candor-first");
    this.now.hidden = true;
    this.open = make("p", { class: "candor-open" });
    this.marks = make("div", { class: "candor-marked" });
    /** Of what may identify a client, what was said here already. @type {Set<string>} */
    this.told = new Set();
    this.said = make("p", { role: "status" });
    const shown = { class: "candor-receipt", tabindex: "0", role: "region", "aria-label": t("Receipt") };
    this.receipt = make("pre", shown);
    this.keep = button(t("Save the receipt"), safely(() => {
      download(`${this.stem}__receipt.txt`, this.receipt.textContent ?? "", "text/plain");
    }));
    this.keep.hidden = true;
    /** What of the notebook is in the downloads as it stands. @type {"" | "copy" | "file"} */
    this.held = "";
    this.copy = button(t("Download as text"), safely(() => this.saveCopy()), "candor-first");
    this.go = make("button", { type: "submit", class: "candor-button candor-first" },
      t("Download for submission"));
    this.asked = [make("label", { for: id }, t("Your trainee number, as your program gave it")),
      make("p", { id: `${id}-how` }, t(HOW)), this.who];
    const send = [...this.asked.slice(0, 2), make("div", { class: "candor-send" }, this.now, this.who, this.go)];
    const how = isAlone() ? [
      make("p", {}, t("Your answers stay in this browser. A copy is plain text, which every device opens.")),
      make("div", { class: "candor-send" }, this.copy),
      make("details", {}, make("summary", {}, t("Hand in to a program")), ...send),
    ] : send;
    this.root.append(this.open, this.marks, ...how, this.said, this.receipt, this.keep);
    this.root.addEventListener("submit", safely((event) => (event.preventDefault(), void this.send().catch(complain))));
    this.root.addEventListener("keydown", (event) => event.key === "Escape" && this.toggle(false));
  }

  toggle(on = this.root.hidden) {
    this.root.hidden = !on;
    if (on) {
      say(this.open, this.openWords);
      this.marks.replaceChildren(...this.marked());
    }
    if (on && !isBrowserDesk()) void this.look().catch(complain);
    this.opener.setAttribute("aria-expanded", String(on));
    (on ? isAlone() ? this.copy : this.who : this.opener).focus();
  }

  /** The marks of a reflection that still stand, without those with which a file was taken already. @param {Reflection} one */
  left(one) { return one.marked.filter(({ text }) => !this.told.has(`${one.called} ${text}`)); }

  get reflections() { return this.desk.asked.filter((one) => one instanceof Reflection); }

  /** What may identify a client and stands as it was marked: said before one file, with the way there. It keeps nobody from
   * anything. */
  marked() {
    return this.reflections.flatMap((one) => {
      const found = this.left(one);
      const [first] = found;
      if (!first) return [];
      const words = [...new Set(found.map(({ text }) => text))].map((text) => make("q", {}, text));
      const go = button(t("Read it again"), safely(() => (this.toggle(false), one.show(first))));
      const said = woven(t("Still marked in {title}: {words}. It may identify a client."),
        { title: make("q", {}, one.called), words: make("span", {}, ...words.flatMap((word, at) => (at ? [", ", word] : [word]))) });
      return [make("p", {}, ...said, " ", go)];
    });
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
      say(this.said, t("You handed in on {time}. You can hand in again: what comes last counts.",
        { time: timeInWords(last) }));
    }
  }

  /** Save, hand in through the exchange, and say under which time it was taken. What fails is said, and the download
   * stays. */
  async handIn() {
    if (!this.fetched) return;
    this.now.disabled = true;
    say(this.said, t("Handing in …"));
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
      this.took("file");
      say(this.said, t("Handed in on {time}. Your program has it; keep the receipt.", { time: timeInWords(taken) }));
    } catch (error) {
      if (!(error instanceof NotTaken)) complain(error);
      const why = error instanceof NotTaken ? error.message : t("something went wrong in this page");
      say(this.said, t("Not handed in: {why}. Your answers are still here. Try again, or choose Download for submission"
        + " and send the file to your program.", { why }));
    } finally {
      this.now.disabled = false;
    }
  }

  /** What is still open, to be seen before one hands in. */
  get openWords() {
    const open = openOnes(this.desk.inOrder);
    const rest = this.reflections.filter((one) => !one.done).map((one) => {
      const [words, said] = [one.count, { title: one.called, aim: one.aim ?? "" }];
      return !words ? t("Not begun: {title}.", said)
        : tn("{title}: {n} word, and it asks for {aim}.", "{title}: {n} words, and it asks for {aim}.", words, said);
    });
    if (!open.length && !rest.length) return t("Everything is answered.");
    const ready = isAlone() ? t("You can save it as it is, or answer them first.")
      : t("You can hand in as it is, or answer them first.");
    if (!open.length) return [...rest, ready].join(" ");
    const questions = list(open.slice(0, MANY));
    const more = open.length - MANY;
    const first = more > 0 ? tn("Still open: {questions} and {n} more.", "Still open: {questions} and {n} more.", more,
      { questions }) : t("Still open: {questions}.", { questions });
    return [first, ...rest, ready].join(" ");
  }

  /** A file was taken. @param {"copy" | "file"} what */
  took(what) {
    this.held = what;
    for (const one of this.reflections) for (const { text } of this.left(one)) this.told.add(`${one.called} ${text}`);
  }

  /** Whether what stands in the notebook has been downloaded. */
  get holds() { return Boolean(this.held); }

  /** A receipt holds for the answers that it was made of. */
  onChange() {
    if (!this.held) return;
    const copied = this.held === "copy";
    this.held = "";
    this.keep.hidden = true;
    this.receipt.textContent = "";
    if (copied) return say(this.said, t("You changed an answer after you saved the copy. Save it again."));
    say(this.said, this.fetched?.times.length
      ? t("You changed an answer after you handed in. Hand in again if it should count.")
      : t("You changed an answer after the download. Download again before you hand in."));
  }

  get stem() { return `${this.who.value.trim()}__${this.desk.assignment}`; }

  /** The answers as plain text, saved here or not. */
  saveCopy() {
    const file = `${this.desk.assignment}.txt`;
    download(file, copyOf(this.desk.notebook.widgets), "text/plain");
    this.took("copy");
    say(this.said, t("{file} is in your downloads. It holds all your answers.", { file }));
    noteProgress(this.desk.assignment, { downloaded: Date.now() });
    this.desk.save();
  }

  async send() {
    if (!TRAINEE.test(this.who.value.trim())) {
      say(this.said, t("Give your trainee number: letters, figures, hyphens and full stops, without spaces."));
      return this.who.focus();
    }
    // First the file, made from what stands here, saved or not; then what this browser keeps, if it can.
    const notebook = this.desk.notebook.model.toJSON();
    const candor = { ...notebook.metadata?.candor, handed_in: timeOf(new Date()), trainee: this.who.value.trim() };
    notebook.metadata = { ...notebook.metadata, candor };
    const text = await receiptOf(this.who.value.trim(), this.desk);
    download(`${this.stem}.ipynb`, `${JSON.stringify(notebook, null, 1)}\n`, "application/x-ipynb+json");
    this.receipt.textContent = text;
    this.keep.hidden = false;
    this.took("file");
    say(this.said, t("{file} is in your downloads. It holds all your answers, and you need not open it: send it to your "
      + "program, on its learning platform or by e-mail, as it asked. Keep the receipt.", { file: `${this.stem}.ipynb` }));
    ownStore.put(WHO, this.who.value.trim());
    if (isBrowserDesk()) noteProgress(this.desk.assignment, { downloaded: Date.now() });
    this.desk.bar.paintDue();
    this.desk.save();
  }
}

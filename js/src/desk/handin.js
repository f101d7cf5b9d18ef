/* Handing in: whose work it is, a file, and a receipt. */
import { noteProgress } from "./browser-desk.js";
import { button, download, isBrowserDesk, make, ownStore, say, unique } from "./dom.js";
import { openOnes, receiptOf, timeOf } from "./receipt.js";
import { Reflection } from "./reflection.js";
import { complain, safely } from "./safely.js";
import { reading } from "./text.js";

const WHO = "candor-trainee"; // remembered in this browser, for the next assignment
const HOW = "Letters, figures, hyphens and full stops. It stands in the file's name; this browser remembers it.";
const MANY = 5; // open questions that are named
const TRAINEE = /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/; // what a folder of a course, and a file, can be called

/** The panel under the bar: whose work this is, one file to hand in, and a receipt for it. */
export class HandIn {
  /** @param {import("./desk.js").Desk} desk @param {HTMLButtonElement} opener the button that opens it */
  constructor(desk, opener) {
    this.desk = desk;
    this.opener = opener;
    const id = unique();
    const ours = { class: "candor-hand", "aria-label": "Hand in", "data-lm-suppress-shortcuts": "true" };
    this.root = make("form", ours);
    this.root.hidden = true;
    const field = { id, type: "text", autocomplete: "off", spellcheck: "false", "aria-describedby": `${id}-how` };
    this.who = make("input", field);
    this.who.value = ownStore.get(WHO);
    this.open = make("p", { class: "candor-open" });
    this.said = make("p", { role: "status" });
    const shown = { class: "candor-receipt", tabindex: "0", role: "region", "aria-label": "Receipt" };
    this.receipt = make("pre", shown);
    this.keep = button("Save the receipt", safely(() => {
      download(`${this.stem}__receipt.txt`, this.receipt.textContent ?? "", "text/plain");
    }));
    this.keep.hidden = true;
    const go = make("button", { type: "submit", class: "candor-button candor-first" }, "Download for submission");
    this.root.append(this.open,
      make("label", { for: id }, "Your trainee number, as your program gave it"),
      make("p", { id: `${id}-how` }, HOW),
      make("div", { class: "candor-send" }, this.who, go), this.said, this.receipt, this.keep);
    this.root.addEventListener("submit", safely((event) => (event.preventDefault(), void this.send().catch(complain))));
    this.root.addEventListener("keydown", (event) => event.key === "Escape" && this.toggle(false));
  }

  toggle(on = this.root.hidden) {
    this.root.hidden = !on;
    if (on) say(this.open, this.openWords);
    this.opener.setAttribute("aria-expanded", String(on));
    (on ? this.who : this.opener).focus();
  }

  /** What is still open, to be seen before one hands in. */
  get openWords() {
    const answers = this.desk.inOrder;
    const open = openOnes(answers);
    const unwritten = answers.filter((one) => one instanceof Reflection && !one.done).length;
    const rest = unwritten ? `${reading(unwritten, "reflection")} not begun. ` : "";
    if (!open.length) return rest || "Everything is answered.";
    const more = open.length > MANY ? ` and ${open.length - MANY} more` : "";
    return `Still open: ${open.slice(0, MANY).join(", ")}${more}. ${rest}You can hand in as it is, or answer them first.`;
  }

  /** Whether what stands in the notebook has been downloaded. */
  get holds() { return !this.keep.hidden; }

  /** A receipt holds for the answers that it was made of. */
  onChange() {
    if (this.keep.hidden) return;
    this.keep.hidden = true;
    this.receipt.textContent = "";
    say(this.said, "You changed an answer after the download. Download again before you hand in.");
  }

  get stem() { return `${this.who.value.trim()}__${this.desk.assignment}`; }

  async send() {
    if (!TRAINEE.test(this.who.value.trim())) {
      say(this.said, "Give your trainee number: letters, figures, hyphens and full stops, without spaces.");
      return this.who.focus();
    }
    // First the file, made from what stands here, saved or not; then what this browser keeps, if it can.
    const notebook = this.desk.notebook.model.toJSON();
    const candor = { ...notebook.metadata?.candor, handed_in: timeOf(new Date()), trainee: this.who.value.trim() };
    notebook.metadata = { ...notebook.metadata, candor };
    const text = await receiptOf(this.who.value.trim(), this.desk.assignment, this.desk.inOrder);
    download(`${this.stem}.ipynb`, `${JSON.stringify(notebook, null, 1)}\n`, "application/x-ipynb+json");
    this.receipt.textContent = text;
    this.keep.hidden = false;
    say(this.said, `${this.stem}.ipynb is in your downloads. Hand in that file, and keep the receipt.`);
    ownStore.put(WHO, this.who.value.trim());
    if (isBrowserDesk()) noteProgress(this.desk.assignment, { downloaded: Date.now() });
    this.desk.bar.paintDue();
    this.desk.save();
  }
}

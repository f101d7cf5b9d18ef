/* A question in a dialog of the page's own. It stops nothing: whoever chooses so goes on as they meant to. */
import { button, make, unique } from "./dom.js";
import { safely } from "./safely.js";
import { t } from "../words.js";

/** @param {{ title: string, rows: Node[], ways?: HTMLButtonElement[], choices: [string, string][] }} what is said, the
 * ways back to what it is about, and each choice with its words: the first one is the main one, where there are no ways
 * @returns {{ answer: Promise<string>, shut: () => void }} what was chosen; "" for nothing */
export function ask({ title, rows, ways = [], choices }) {
  const id = unique();
  const said = { class: "candor-ask", "aria-labelledby": id, "data-lm-suppress-shortcuts": "true" };
  const dialog = make("dialog", said, make("h2", { id }, title), ...rows);
  const shut = safely(() => dialog.close());
  const buttons = choices.map(([value, words], at) =>
    button(words, safely(() => dialog.close(value)), ways.length || at ? "" : "candor-first"));
  dialog.append(make("div", { class: "candor-send" }, ...ways, ...buttons, button(t("Cancel"), shut)));
  /** @type {Promise<string>} */
  const answer = new Promise((done) => dialog.addEventListener("close", () => {
    dialog.remove();
    done(dialog.returnValue);
  }));
  document.body.append(dialog);
  dialog.showModal();
  return { answer, shut };
}

/* A question of the desk, in a dialog: whoever chooses so goes on as they meant to. */
import { dialog } from "../dialog.js";
import { button } from "./dom.js";
import { safely } from "./safely.js";
import { t } from "../words.js";

/** @param {{ title: string, rows: Node[], ways?: HTMLButtonElement[], choices: [string, string][] }} what is said, the
 * ways back to what it is about, and each choice with its words: the first one is the main one, where there are no ways
 * @returns {{ answer: Promise<string>, shut: () => void }} what was chosen; "" for nothing */
export function ask({ title, rows, ways = [], choices }) {
  return dialog({
    className: "candor-ask", row: "candor-send", title, rows,
    buttons: (choose) => [
      ...ways,
      ...choices.map(([value, words], at) =>
        button(words, safely(() => choose(value)), ways.length || at ? "" : "candor-first")),
      button(t("Cancel"), safely(() => choose("")))],
  });
}

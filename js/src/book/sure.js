/* Whether somebody means it, where something cannot be brought back or goes further than it looks. */
import { dialog } from "../dialog.js";
import { bar, button, make } from "./dom.js";
import { t } from "../words.js";

const LOOK = "candor-dialog";

/** @param {{ title: string, yes: string, rows?: (Node | string)[], loses?: boolean }} asked the question, the words of the button
 * that does it, and what goes with it: a string is a paragraph; `loses`: something is erased, and that is not the main button
 * @returns {{ answer: Promise<boolean>, shut: () => void }} */
export function sure({ title, yes, rows = [], loses = false }) {
  const { answer, shut } = dialog({
    className: LOOK, row: bar().className, title,
    rows: rows.map((one) => (typeof one === "string" ? make("p", { textContent: one }) : one)),
    buttons: (choose) => {
      const no = button(t("Cancel"), () => choose(""));
      no.autofocus = loses; // Enter, pressed in haste, loses nothing
      return [button(yes, () => choose("yes"), { className: loses ? "" : "candor-check" }), no];
    },
  });
  return { answer: answer.then(Boolean), shut };
}

/** Whether a note is to go. @param {string} text of it */
export const sureToDelete = (text) => sure({
  title: t("Delete this note?"), yes: t("Delete it"), loses: true,
  rows: [make("p", { className: "candor-my-note", dir: "auto", textContent: text }), t("It cannot be brought back.")],
}).answer;

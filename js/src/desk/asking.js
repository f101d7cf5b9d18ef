/* A question in a dialog of the page's own. It stops nothing: whoever chooses so goes on as they meant to. */
import { button, make, unique } from "./dom.js";
import { safely } from "./safely.js";
import { t } from "../words.js";

/** @param {{ title: string, rows: Node[], ways: HTMLButtonElement[], anyway: string }} what is said, the ways back to what
 * it is about, and the words for going on
 * @returns {{ answer: Promise<boolean>, shut: () => void }} whether to go on */
export function ask({ title, rows, ways, anyway }) {
  const id = unique();
  const said = { class: "candor-ask", "aria-labelledby": id, "data-lm-suppress-shortcuts": "true" };
  const dialog = make("dialog", said, make("h2", { id }, title), ...rows);
  const shut = safely(() => dialog.close());
  dialog.append(make("div", { class: "candor-send" }, ...ways, button(anyway, safely(() => dialog.close("go"))),
    button(t("Cancel"), shut)));
  /** @type {Promise<boolean>} */
  const answer = new Promise((done) => dialog.addEventListener("close", () => {
    dialog.remove();
    done(dialog.returnValue === "go");
  }));
  document.body.append(dialog);
  dialog.showModal();
  return { answer, shut };
}

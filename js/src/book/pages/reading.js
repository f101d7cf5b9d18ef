/* Beside the text of a chapter, a protocol or a conversation: bookmarks and notes, and the text read aloud. */
import { checkIsOff, identifiers, questionOf } from "../../desk/guard.js";
import { ReadAloud } from "../aloud.js";
import { guardBeside } from "../guard-here.js";
import { wireMarks } from "../marks.js";
import { StudyRecord } from "../record.js";
import { restore } from "../restore.js";
import { t } from "../../words.js";

const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
const rules = guardBeside(src);

/** @param {string} text */
function warning(text) {
  const found = identifiers(text, article?.textContent ?? "");
  const sure = found.find((one) => one.sure);
  if (sure) {
    const [why, better] = [t(sure.why), t(sure.better)];
    return t("This may identify a client: “{words}” is {why}. Better: {better}.", { words: sure.text, why, better });
  }
  if (!found[0]) return text ? checkIsOff() : "";
  return `${t(questionOf(found[0].kind), { words: `“${found[0].text}”` })} ${t("Better without.")}`;
}

const { store } = window.candor;
const tools = /** @type {HTMLElement | null} */ (document.querySelector(".candor-tools"));
const article = document.querySelector(".bd-article");
if (tools && article && "speechSynthesis" in window) new ReadAloud(tools, article, store);
wireMarks(new StudyRecord(store), () => rules().then(() => warning));
restore(store);

/* Beside the text of a chapter, a protocol or a conversation: bookmarks and notes, and the text read aloud. */
import { checkIsOff, identifiers, mostTelling, questionOf } from "../../desk/guard.js";
import { ReadAloud } from "../aloud.js";
import { guardBeside } from "../guard-here.js";
import { wireMarks } from "../marks.js";
import { StudyRecord } from "../record.js";
import { restore } from "../restore.js";
import { t } from "../../words.js";

const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
const rules = guardBeside(src);

const article = document.querySelector(".bd-article");
/** What the chapter itself says, before anybody writes in it: names in it are nobody's. */
const own = article?.textContent ?? "";

/** @type {import("../marks.js").Guard} */
function warnings(text) {
  const all = identifiers(text, own).sort(mostTelling).map((one) => ({ mark: one.text, words: one.sure
    ? t("This may identify a client: “{words}” is {why}. Better: {better}.", { words: one.text, why: t(one.why), better: t(one.better) })
    : `${t(questionOf(one.kind), { words: `“${one.text}”` })} ${t("Better without.")}` }));
  const off = text && checkIsOff();
  return off ? [...all, { mark: "", words: off }] : all;
}

const { store } = window.candor;
const tools = /** @type {HTMLElement | null} */ (document.querySelector(".candor-tools"));
if (tools && article && "speechSynthesis" in window) new ReadAloud(tools, article, store);
wireMarks(new StudyRecord(store), () => rules().then(() => warnings));
restore(store);

/* The receipt of what was handed in, as grader/notebook/receipt.py reads it. */
import { nameOf, sourceOf } from "./cell.js";
import { Question } from "./question.js";
import { Reflection } from "./reflection.js";
import { countWords, withoutCr } from "./text.js";

/** @typedef {import("./desk.js").OneAnswer} OneAnswer */

/** SHA-256 of the answers (their names and texts, in order), as grader/notebook/receipt.py counts it; empty
 * where the page may not count.
 * @param {OneAnswer[]} answers */
async function codeOf(answers) {
  if (!(window.crypto && crypto.subtle)) return "";
  const text = JSON.stringify(answers.map(({ cell }) => [nameOf(cell), withoutCr(sourceOf(cell))]));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Local time with its distance from UTC, as `2026-03-01T21:04:05+01:00`. @param {Date} now */
export function timeOf(now) {
  const offset = -now.getTimezoneOffset();
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  const zone = `${offset < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
  return `${new Date(now.getTime() + offset * 60000).toISOString().slice(0, 19)}${zone}`;
}

/** The same for people: `1 March 2026, 21:04:05 (UTC+01:00)`. @param {Date} now */
function timeForPeople(now) {
  const day = now.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  const [, clock] = timeOf(now).split("T");
  return `${day}, ${clock.slice(0, 8)} (UTC${clock.slice(8)})`;
}

/** The names of the questions that are open. @param {OneAnswer[]} answers */
export function openOnes(answers) {
  return answers.filter((one) => one instanceof Question && !one.done).map(({ called }) => called);
}

/** In English everywhere: the program compares it line by line.
 * @param {string} trainee @param {import("./desk.js").Desk} desk */
export async function receiptOf(trainee, desk) {
  const { assignment, asked, inOrder: answers } = desk;
  const questions = answers.filter((answer) => answer instanceof Question);
  const reflections = answers.filter((answer) => answer instanceof Reflection);
  const code = await codeOf(answers);
  const words = reflections.map(({ written, aim }) => {
    const n = countWords(written);
    return `${n === 1 ? "1 word" : `${n} words`}${aim ? ` (aim for ${aim})` : ""}`;
  });
  return [
    "Receipt",
    `Trainee: ${trainee}`,
    `Assignment: ${assignment}`,
    `Time: ${timeForPeople(new Date())}`,
    `Answered: ${asked.filter((one) => one.done).length} of ${asked.length}`, // as the bar counts them
    `Questions: ${questions.filter((one) => one.done).length} of ${questions.length} answered`,
    `Open questions: ${openOnes(answers).join(", ") || "none"}`,
    `Reflections: ${words.join(", ") || "none"}`,
    `Code: ${code || "none, since this page was not opened over a safe connection"}`,
    ...(code ? ["By the code your program sees that the answers in the file are those of this receipt."] : []),
    "",
  ].join("\n");
}

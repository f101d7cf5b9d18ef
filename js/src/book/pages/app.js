/* The pages to practise on: mock exam, sessions, spaced review, flashcards, and what is due of them. */
import { Bank } from "../bank.js";
import { Flashcards } from "../flashcards.js";
import { guardBeside } from "../guard-here.js";
import { MockExam } from "../mock-exam.js";
import { restore } from "../restore.js";
import { Review } from "../review.js";
import { fromScripts } from "../scripts.js";
import { Session } from "../session.js";
import { StudyPage } from "../study-page.js";
import { Today } from "../today.js";
import { scoreLate } from "../unscored.js";

const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
const written = window.candorPractice;
const { store } = window.candor;
const restored = restore(store);
/** @param {string} selector @returns {NodeListOf<HTMLElement>} */
const places = (selector) => document.querySelectorAll(selector);

if (written) {
  const all = new Bank(written, fromScripts(src));
  for (const root of places("[data-candor-exam]")) {
    const name = root.dataset.candorExam ?? "";
    if (all.exams[name]) new MockExam(root, all, name);
  }
  for (const root of places("[data-candor-review]")) new Review(root, all);
  for (const root of places("[data-candor-session]")) new Session(root, all);
  for (const root of places("[data-candor-study]")) new StudyPage(root, all, guardBeside(src));
  for (const root of places("[data-candor-today]")) new Today(root, all);
  restored.then(() => scoreLate(store, all)).catch(() => {}); // the questions did not come: another time
}

const deck = window.candorDeck;
if (deck) for (const root of places("[data-candor-flashcards]")) new Flashcards(root, deck);

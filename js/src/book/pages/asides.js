/* What opens beside the text: the evidence card of a cited work, and what the glossary says of a word. */
import { openBeside } from "../aside.js";
import { t } from "../../words.js";
import { Works } from "../works.js";

/** @param {HTMLAnchorElement} link */
const place = (link) => decodeURIComponent(link.hash.slice(1));

/** @type {HTMLDetailsElement | null} */
const list = document.querySelector("details.candor-works");
const works = list && new Works(list);
openBeside("a.candor-cite, a.candor-ev", {
  entry: (link) => document.getElementById(place(link)),
  late: () => works?.come() ?? null,
  name: (link) => t("Evidence card: {work}", { work: link.textContent ?? "" }),
});

/** @type {HTMLTemplateElement | null} */
const words = document.querySelector("template.candor-words");
openBeside("a.candor-term", {
  entry: (link) => words?.content.getElementById(place(link)) ?? null,
  name: (link) => t("Glossary: {word}", { word: link.textContent ?? "" }),
});

// On paper the list of works is always open.
addEventListener("beforeprint", () => {
  if (list) list.open = true;
});

/* The directives of this book for mystmd (Jupyter Book 2), as a plugin: `plugins: [candor.mjs]` in myst.yml. It reads
 * every source without a message about a directive that is not known; what is made from cards (questions, evidence,
 * maps of requirements) stands as a box that names it, since the cards are read by the package and not by mystmd. */

/** Directives with a body in Markdown: shown as it is, in a box under a title. */
const WITH_TEXT = {
  conversation: "Conversation",
  evidence: "Evidence",
  "rests-on": "What it rests on",
  container: "",
};

/** Directives that a card or the whole library fills in: the word before the name that they are given. */
const FROM_CARDS = {
  question: "Question",
  set: "Set of questions",
  vignette: "Case",
  objectives: "What you will be able to do",
  requirements: "Requirements",
  place: "Place",
  places: "Places",
  law: "Law",
  helplines: "Help lines",
  coverage: "Coverage",
  sheets: "Sheets of the kit",
  desk: "Assignments",
  protocols: "Protocols",
  conversations: "Conversations",
  cases: "Cases",
  bodies: "Certifying bodies",
  counts: "What the library holds",
  sessions: "Sessions",
  flashcards: "Flashcards",
  "mock-exam": "Mock exam",
  "spaced-review": "Spaced review",
  "next-step": "Next step",
  "study-time": "Study time",
  today: "What to practise today",
  "your-study": "Your study",
  "your-hours": "Your hours",
  "keep-offline": "Keep for offline use",
};

/** Options that our directives take, whichever. */
const OPTIONS = { fold: { type: Boolean }, parts: { type: Number } };

/** @typedef {any} Node a node of mystmd's tree, or what its parser hands to a plugin */

/** @param {string} value @returns {Node} */
const text = (value) => ({ type: "text", value });

/** A box that names what the package puts here. @param {string} word */
const named = (word) => (/** @type {Node} */ data) => {
  const name = [word, data.arg].filter(Boolean).join(": ");
  return [{ type: "admonition", kind: "note", children: [{ type: "admonitionTitle", children: [text(name)] }] }];
};

/** The body as it was written, under the word and the argument. @param {string} word */
const shown = (word) => (/** @type {Node} */ data, /** @type {Node} */ _file, /** @type {Node} */ context) => {
  const title = [word, data.arg].filter(Boolean).join(": ");
  const children = data.body ? context.parseMyst(data.body).children : [];
  return [
    {
      type: "admonition",
      kind: "note",
      children: [...(title ? [{ type: "admonitionTitle", children: [text(title)] }] : []), ...children],
    },
  ];
};

/** Sphinx's glossary, a term on a line and what it means below it, as the list of definitions that mystmd wants. */
const glossaries = {
  name: "glossaries",
  stage: "document",
  plugin: (/** @type {Node} */ _options, /** @type {Node} */ utils) => (/** @type {Node} */ tree) => {
    for (const glossary of utils.selectAll("glossary", tree)) {
      const paragraphs = glossary.children.filter((/** @type {Node} */ one) => one.type === "paragraph");
      glossary.children = [{ type: "definitionList", key: "glossary", children: paragraphs.flatMap(entry) }];
    }
  },
};

/** A paragraph's first line as the term, the rest as what it means. @param {Node} paragraph @returns {Node[]} */
function entry(paragraph) {
  const [first, ...rest] = paragraph.children;
  const [term, ...lines] = String(first.value ?? "").split("\n");
  const meaning = [text(lines.join("\n").trimStart()), ...rest].filter((one) => one.value !== "");
  return [
    { type: "definitionTerm", children: [text(term)] },
    { type: "definitionDescription", children: [{ type: "paragraph", children: meaning }] },
  ];
}

/** @param {string} name @param {(...given: Node[]) => Node[]} run */
const directive = (name, run) => ({ name, arg: { type: String }, options: OPTIONS, body: { type: String }, run });

export default {
  name: "Candor",
  directives: [
    ...Object.entries(FROM_CARDS).map(([name, word]) => directive(name, named(word))),
    ...Object.entries(WITH_TEXT).map(([name, word]) => directive(name, shown(word))),
  ],
  transforms: [glossaries],
};

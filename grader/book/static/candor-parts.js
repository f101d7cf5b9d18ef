/* What rehearsal and review are made of: elements, a question, its options with their reasons, and files of one's own.
   The cards come from candor-practice.js, which the book's build writes; their HTML was made and escaped there. */
(function () {
  "use strict";
  const LETTERS = "ABCDEFGHIJKL";
  const MANY = 6; // options, above which they stand closer together

  const make = (tag, properties = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  };
  const html = (tag, text, properties = {}) => make(tag, { ...properties, innerHTML: text });

  /** A button. `key`: the letter or figure that does the same, shown in it; `at` finds it again after a repaint. */
  const button = (text, work, { key = "", at = text, ...properties } = {}) => {
    const node = make("button", { type: "button", textContent: text, ...properties });
    node.dataset.at = at;
    node.addEventListener("click", work);
    if (!key) return node;
    node.dataset.key = key.toLowerCase();
    node.setAttribute("aria-keyshortcuts", key);
    const shown = make("kbd", { textContent: key });
    shown.setAttribute("aria-hidden", "true");
    node.append(" ", shown);
    return node;
  };

  // ---- A card -----------------------------------------------------------------------------------------------------

  const isOne = (card) => card.kind !== "all-that-apply";
  const keyOf = (card) => card.options.map((option, place) => (option.right ? LETTERS[place] : "")).join("");

  /** The share of the points: as grader/score.py counts them. */
  function points(card, chosen) {
    const right = keyOf(card);
    if (isOne(card)) return chosen === right ? 1 : 0;
    const hits = [...chosen].filter((letter) => right.includes(letter)).length;
    const alarms = chosen.length - hits;
    return Math.max(0, hits / right.length - alarms / (card.options.length - right.length));
  }

  /** The options to choose from; `changed` hears the letters that are marked. */
  function form(card, chosen, changed) {
    const name = `card-${Math.random().toString(36).slice(2)}`;
    const how = isOne(card) ? "Choose one answer." : "Choose all that apply.";
    const legend = html("legend", `<span class="candor-ask">${card.ask}</span> <span class="candor-how">${how}</span>`);
    const field = make("fieldset", { className: card.options.length > MANY ? "candor-form candor-many" : "candor-form" }, legend);
    card.options.forEach((option, place) => {
      const letter = LETTERS[place];
      const type = isOne(card) ? "radio" : "checkbox";
      const checked = chosen.includes(letter);
      const input = make("input", { type, name, id: `${name}-${letter}`, value: letter, checked });
      input.dataset.at = letter;
      const label = html("label", `<b>${letter}.</b> ${option.text}`, { htmlFor: input.id });
      field.append(make("div", { className: "candor-option" }, input, label));
    });
    const marked = () => [...field.querySelectorAll("input:checked")].map((input) => input.value).join("");
    field.addEventListener("change", () => changed(marked()));
    return field;
  }

  /** The options once more, each in its own words with its verdict and its reason; then the principle. */
  function debrief(card, chosen) {
    const rows = card.options.map((option, place) => {
      const letter = LETTERS[place];
      const verdict = option.right ? (isOne(card) ? "Best" : "Right") : "Not this one";
      const mine = chosen.includes(letter) ? '<span class="candor-mine">Your answer</span>' : "";
      const words = `<p class="candor-words"><b>${letter}.</b> ${option.text}</p>`;
      const why = `<p class="candor-why">${mine}<strong>${verdict}.</strong> ${option.why}</p>`;
      return html("li", words + why, { className: option.right ? "candor-best" : "candor-not" });
    });
    const unless = card.unless ? html("p", `<em>Unless:</em> ${card.unless}`) : null;
    return make("div", { className: "candor-debrief" },
      html("p", card.ask, { className: "candor-ask" }), make("ul", {}, ...rows), html("p", card.explain), unless);
  }

  const story = (card) => html("div", card.story);

  // ---- Files of one's own -----------------------------------------------------------------------------------------

  function download(name, value) {
    const address = URL.createObjectURL(new Blob([JSON.stringify(value, null, 1)], { type: "application/json" }));
    const link = make("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }

  /** A field that takes a file and gives what is in it (JSON); null where it cannot be read. */
  function fileField(words, took) {
    const input = make("input", { type: "file", accept: ".json,application/json" });
    input.addEventListener("change", async () => {
      let value = null;
      try {
        value = JSON.parse(await input.files[0].text());
      } catch { /* told by whoever asked */ }
      input.value = "";
      took(value);
    });
    return make("label", { className: "candor-file" }, `${words} `, input);
  }

  /** Puts new children in a place, and the focus back on what it was on, where that is still there. */
  function repaint(place, children) {
    const held = place.contains(document.activeElement) && document.activeElement.dataset.at;
    place.replaceChildren(...children.filter(Boolean));
    const again = held && place.querySelector(`[data-at="${CSS.escape(held)}"]:not(:disabled)`);
    if (again) again.focus();
  }

  Object.assign(window.candor, { repaint, make, html, button, points, form, debrief, story, download, fileField });
})();

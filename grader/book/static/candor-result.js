/* The result of a rehearsal: the score with its error, what was missed, and every question with its reasons. It is made
   from the answers alone, so that it can be opened again. */
(function () {
  "use strict";
  const { make, points, debrief, story } = window.candor;

  /** What a run of `slots` (card and area) with `answers` (card: letters) comes to, without cards that are gone. */
  function score({ slots, answers, flags }, all) {
    const rows = slots.filter(({ card }) => all.cards[card]).map(({ card: name, area }, place) => {
      const [card, chosen] = [all.cards[name], answers[name] || ""];
      const label = all.areas[area] || area;
      return { number: place + 1, card, chosen, got: points(card, chosen), area: label, flagged: flags.includes(name) };
    });
    const share = rows.reduce((sum, row) => sum + row.got, 0) / (rows.length || 1);
    const error = rows.length > 1 ? Math.sqrt((share * (1 - share)) / (rows.length - 1)) : 0;
    const words = `${Math.round(100 * share)} %, standard error ${Math.round(100 * error)} points`;
    return { rows, share, error, words, gone: slots.length - rows.length };
  }

  /** [label, { got, of, card }], the lowest share first. */
  function grouped(rows, labelOf) {
    const groups = {};
    for (const row of rows) {
      const group = (groups[labelOf(row)] ||= { got: 0, of: 0, card: row.card });
      group.got += row.got;
      group.of += 1;
    }
    return Object.entries(groups).sort(([, one], [, other]) => one.got / one.of - other.got / other.of);
  }

  const byArea = (rows) => grouped(rows, (row) => row.area);
  const areasOf = (rows) => Object.fromEntries(byArea(rows).map(([label, { got, of }]) => [label, [got, of]]));

  function table(head, groups, link) {
    const cell = (inside) => make("td", {}, inside);
    const lines = groups.map(([text, { got, of, card }]) =>
      make("tr", {}, cell(link ? link(text, card) : text), cell(`${Math.round(100 * got) / 100} of ${of}`)));
    const heads = [head, "Score"].map((textContent) => make("th", { textContent, scope: "col" }));
    return make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...lines));
  }

  /** Safety questions that were answered and missed, with a way to their reasons; those left open are counted apart. */
  function safety(rows, openAt) {
    const asked = rows.filter((row) => row.card.gate);
    if (!asked.length) return null;
    const answered = asked.filter((row) => row.chosen);
    const missed = answered.filter((row) => row.got < 1);
    const items = missed.map((row) => {
      const link = make("a", { href: `#candor-reasons-${row.number}`, textContent: `question ${row.number}` });
      link.addEventListener("click", (event) => (event.preventDefault(), openAt(row.number)));
      return make("li", {}, `${row.card.gate}: ${row.card.objective} (`, link, ")");
    });
    const open = asked.length - answered.length;
    const left = open ? ` ${open} left open: not missed, but not answered either.` : "";
    const counts = `${answered.length} of ${asked.length} answered, ${missed.length} missed.${left}`;
    const title = make("h3", { textContent: "Safety questions to take to supervision" });
    const list = items.length ? make("ul", {}, ...items) : null;
    return make("section", {}, title, make("p", { textContent: counts }), list);
  }

  const KINDS = [
    ["All", () => true],
    ["Not right", (row) => row.chosen && row.got < 1],
    ["Left open", (row) => !row.chosen],
    ["Flagged", (row) => row.flagged],
  ];

  function reasonsOf(row) {
    const title = `Question ${row.number}${row.chosen ? "" : ", left open"}${row.flagged ? ", flagged" : ""}`;
    return make("section", { id: `candor-reasons-${row.number}`, tabIndex: -1 },
      make("h3", { textContent: title }), story(row.card), debrief(row.card, row.chosen));
  }

  /** Every question with its reasons, folded; a choice of which; and how to open it at one of them. */
  function reasons(rows) {
    const sections = rows.map(reasonsOf);
    const choice = make("select", { id: "candor-which" }, ...KINDS.map(([words, fits], value) =>
      make("option", { value, textContent: `${words} (${rows.filter(fits).length})` })));
    const choose = (value) => {
      choice.value = value;
      sections.forEach((section, place) => (section.hidden = !KINDS[value][1](rows[place])));
    };
    choice.addEventListener("change", () => choose(choice.value));
    const which = make("p", {}, make("label", { htmlFor: choice.id, textContent: "Show" }), " ", choice);
    const title = make("summary", { textContent: "Every question with its reasons" });
    const box = make("details", { className: "candor-all-reasons" }, title, which, ...sections);
    const openAt = (number) => {
      box.open = true;
      choose(0);
      sections[number - 1].focus();
    };
    return { box, openAt };
  }

  /** The page of a result; its first node is the heading, to be given the focus. `why`: what to say first. */
  function result(entry, all, base, why) {
    const { rows, words, gone } = score(entry, all);
    const { box, openAt } = reasons(rows);
    const line = (textContent) => make("p", { textContent });
    const nobody = "Nobody has set a standard for this rehearsal, so there is no pass or fail.";
    const answered = `${rows.filter((row) => row.chosen).length} of ${rows.length} questions answered`;
    const read = (text, card) => make("a", { href: `${base}${card.section}`, textContent: text });
    return [
      make("h2", { textContent: "Your result", tabIndex: -1 }),
      why ? line(why) : null,
      make("p", {}, make("strong", { textContent: words })),
      line(`Form ${entry.form}, ${new Date(entry.at).toLocaleString()}: ${answered}.`),
      line(`${nobody} Questions left open count as not right.`),
      gone ? line(`${gone} of its questions are no longer in the book, and are left out.`) : null,
      safety(rows, openAt),
      make("h3", { textContent: "By area" }), table("Area", byArea(rows)),
      make("h3", { textContent: "By objective, with where to read" }),
      table("Objective", grouped(rows, (row) => row.card.objective), read),
      box,
    ].filter(Boolean);
  }

  Object.assign(window.candor, { score, areasOf, result });
})();

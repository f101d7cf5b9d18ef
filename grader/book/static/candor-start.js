/* Before a rehearsal: which form, in what way and how long; and the results of earlier ones, to be opened again. */
(function () {
  "use strict";
  const { make, button } = window.candor;
  const MODES = [["exam", "Exam: reasons at the end"], ["tutor", "Tutor: a reason after each answer"]];
  const TIMES = [["1.25", "and a quarter"], ["1.5", "and a half"], ["2", "doubled"], ["0", "no clock"]];

  /** Calls `begin(place of the form, mode, seconds or null for no clock)`. */
  function startForm(name, exam, begin) {
    const start = make("form", { className: "candor-start" });
    const pick = (label, id, entries) => {
      const options = entries.map(([value, textContent]) => make("option", { value, textContent }));
      const select = make("select", { id: `${name}-${id}` }, ...options);
      start.append(make("p", {}, make("label", { htmlFor: select.id, textContent: label }), " ", select));
      return select;
    };
    const forms = exam.forms.map((slots, place) => [place, `Form ${place + 1}, ${slots.length} questions`]);
    const which = pick("Form", "form", forms);
    const mode = pick("Mode", "mode", MODES);
    const time = pick("Time", "time", [["1", `${exam.minutes} minutes`], ...TIMES]);
    start.append(make("button", { type: "submit", textContent: "Begin" }));
    start.addEventListener("submit", (event) => {
      event.preventDefault();
      begin(Number(which.value), mode.value, Math.round(Number(time.value) * exam.minutes * 60) || null);
    });
    return start;
  }

  /** The list of results; nothing where there are none. */
  function earlier(results, { open, takeOut, forget }) {
    if (!results.length) return [];
    const rows = results.map((one) => {
      const words = `${new Date(one.at).toLocaleString()}: form ${one.form}, ${one.words} `;
      return make("li", {}, words, button("Open the result", () => open(one), { at: `result-${one.began}` }));
    });
    const buttons = [button("Export my history", takeOut), button("Delete my history", forget)];
    const title = make("h3", { textContent: "Earlier rehearsals in this browser" });
    const bar = make("div", { className: "candor-bar" }, ...buttons);
    return [title, make("ul", { className: "candor-past" }, ...rows), bar];
  }

  Object.assign(window.candor, { startForm, earlier });
})();

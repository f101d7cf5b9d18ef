/* Practice questions: checks an answer and shows the reasons. Without this script the reasons stand under "Answer and
   reasons". Nothing is stored and nothing is sent. */
(function () {
  "use strict";

  function add(parent, tag, properties, text) {
    const element = Object.assign(document.createElement(tag), properties);
    if (text) element.textContent = text;
    parent.append(element);
    return element;
  }

  function wire(box) {
    const form = box.querySelector(".candor-form");
    const reasons = box.querySelector(".candor-reasons");
    if (!form || !reasons) return;
    const key = form.dataset.key.split(" ");
    const select = form.querySelector("select"); // a story over a list that stands above
    const one = Boolean(select || form.querySelector("input[type=radio]"));
    const rows = [...form.querySelectorAll(".candor-option")];
    const letters = select ? [...select.options].map(function (option) { return option.value; }).filter(Boolean)
      : rows.map(function (row) { return row.dataset.letter; });
    const texts = [...reasons.querySelectorAll(":scope > ul:first-of-type > li")];

    const bar = add(box, "div", { className: "candor-bar" });
    form.after(bar);
    const check = add(bar, "button", { type: "button", className: "candor-check" }, "Check my answer");
    const again = add(bar, "button", { type: "button", className: "candor-again", hidden: true }, "Try again");
    const status = add(bar, "p", { className: "candor-status" });
    status.setAttribute("role", "status");

    function clear() {
      form.querySelectorAll(".candor-told").forEach(function (row) { row.remove(); });
      rows.forEach(function (row) {
        row.classList.remove("candor-right", "candor-wrong");
        row.querySelector(".candor-why")?.remove();
        row.querySelector("input").removeAttribute("aria-describedby");
      });
      status.textContent = "";
      again.hidden = true;
    }

    // The reason is already on the page: its nodes are copied, so emphasis survives.
    function show(letter, number, chosen) {
      const row = select ? add(form, "div", { className: "candor-option candor-told" }) : rows[number];
      const input = select || row.querySelector("input");
      const right = key.includes(letter);
      row.classList.add(right ? "candor-right" : "candor-wrong");
      const why = add(row, "div", { className: "candor-why", id: input.id + "-why-" + letter });
      if (chosen) add(why, "span", { className: "candor-mine" }, "Your answer");
      why.append(...[...texts[number].childNodes].map(function (node) { return node.cloneNode(true); }));
      why.querySelector("strong").prepend(right ? "✓ " : "✗ ");
      if (!select) input.setAttribute("aria-describedby", why.id);
      return why.textContent;
    }

    function verdict(marked, hits) {
      const missed = key.length - hits, extra = marked.length - hits;
      if (!missed && !extra) return "Yes. " + (one ? marked[0] + " is the best answer." : "You found all of them.");
      if (one) return "Not " + marked[0] + ". " + key[0] + " is better; the reasons stand below each.";
      return "You found " + hits + " of " + key.length + (extra ? ", and marked " + extra + " that " + (extra === 1 ? "does" : "do") + " not apply." : ".");
    }

    check.addEventListener("click", function () {
      clear();
      const marked = select ? [select.value].filter(Boolean)
        : rows.filter(function (row) { return row.querySelector("input").checked; }).map(function (row) { return row.dataset.letter; });
      if (!marked.length) {
        status.textContent = one ? "Choose an answer first." : "Choose at least one answer first.";
        return;
      }
      const said = letters.map(function (letter, number) {
        const mine = marked.includes(letter);
        return mine || key.includes(letter) ? show(letter, number, mine) : "";
      });
      again.hidden = false;
      status.textContent = verdict(marked, marked.filter(function (letter) { return key.includes(letter); }).length);
      // Read out, not shown: the reasons stand under the options.
      add(status, "span", { className: "candor-unseen" }, " " + said.join(" "));
    });
    again.addEventListener("click", function () {
      if (select) select.value = "";
      rows.forEach(function (row) { row.querySelector("input").checked = false; });
      clear();
      (select || rows[0].querySelector("input")).focus();
    });
    form.addEventListener("change", function () { if (status.textContent) clear(); });
  }

  document.querySelectorAll(".candor-question").forEach(wire);
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details.candor-reasons").forEach(function (details) { details.open = true; });
  });
})();

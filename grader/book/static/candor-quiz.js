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
    const one = key.length === 1 && form.querySelector("input[type=radio]") !== null;
    const options = [...form.querySelectorAll(".candor-option")];
    const texts = [...reasons.querySelectorAll(":scope > ul > li")];

    const bar = document.createElement("div");
    bar.className = "candor-bar";
    form.after(bar);
    const check = add(bar, "button", { type: "button", className: "candor-check" }, "Check my answer");
    const status = add(bar, "p", { className: "candor-status" });
    status.setAttribute("role", "status");

    function clear() {
      options.forEach(function (option) {
        option.classList.remove("candor-right", "candor-wrong");
        option.querySelector(".candor-why")?.remove();
      });
      status.textContent = "";
    }

    function show(option, number, chosen) {
      const right = key.includes(option.dataset.letter);
      option.classList.add(right ? "candor-right" : "candor-wrong");
      const why = add(option, "div", { className: "candor-why" });
      // The reason is already on the page: its nodes are copied, so emphasis survives.
      why.append(...[...texts[number].childNodes].map(function (node) { return node.cloneNode(true); }));
      why.prepend((right ? "✓ " : "✗ ") + (chosen ? "Your answer. " : ""));
    }

    check.addEventListener("click", function () {
      clear();
      const chosen = options.filter(function (option) { return option.querySelector("input").checked; });
      if (!chosen.length) {
        status.textContent = one ? "Choose an answer first." : "Choose at least one answer first.";
        return;
      }
      const letters = chosen.map(function (option) { return option.dataset.letter; });
      const hits = letters.filter(function (letter) { return key.includes(letter); }).length;
      const all = hits === key.length && letters.length === key.length;
      options.forEach(function (option, number) {
        const mine = letters.includes(option.dataset.letter);
        if (mine || key.includes(option.dataset.letter)) show(option, number, mine);
      });
      status.textContent = all
        ? "Yes. " + (one ? letters[0] + " is the best answer." : "All of them.")
        : one
          ? "Not " + letters[0] + ". " + key[0] + " is better; the reasons stand below each."
          : "You found " + hits + " of " + key.length + (letters.length > hits ? ", and marked " + (letters.length - hits) + " that " + (letters.length - hits === 1 ? "does" : "do") + " not apply." : ".");
      check.textContent = "Check again";
    });
    form.addEventListener("change", function () { if (status.textContent) clear(); });
  }

  document.querySelectorAll(".candor-question").forEach(wire);
})();

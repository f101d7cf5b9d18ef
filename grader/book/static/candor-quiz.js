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
    const one = form.querySelector("input[type=radio]") !== null;
    const options = [...form.querySelectorAll(".candor-option")];
    const texts = [...reasons.querySelectorAll(":scope > ul:first-of-type > li")];

    const bar = add(box, "div", { className: "candor-bar" });
    form.after(bar);
    const check = add(bar, "button", { type: "button", className: "candor-check" }, "Check my answer");
    const again = add(bar, "button", { type: "button", className: "candor-again", hidden: true }, "Try again");
    const status = add(bar, "p", { className: "candor-status" });
    status.setAttribute("role", "status");

    function clear() {
      options.forEach(function (option) {
        option.classList.remove("candor-right", "candor-wrong");
        option.querySelector(".candor-why")?.remove();
        option.querySelector("input").removeAttribute("aria-describedby");
      });
      status.textContent = "";
      again.hidden = true;
    }

    // The reason is already on the page: its nodes are copied, so emphasis survives.
    function show(option, number, chosen) {
      const input = option.querySelector("input");
      const right = key.includes(option.dataset.letter);
      option.classList.add(right ? "candor-right" : "candor-wrong");
      const why = add(option, "div", { className: "candor-why", id: input.id + "-why" });
      if (chosen) add(why, "span", { className: "candor-mine" }, "Your answer");
      why.append(...[...texts[number].childNodes].map(function (node) { return node.cloneNode(true); }));
      why.querySelector("strong").prepend(right ? "✓ " : "✗ ");
      input.setAttribute("aria-describedby", why.id);
      return why.textContent;
    }

    function verdict(letters, hits) {
      const missed = key.length - hits, extra = letters.length - hits;
      if (!missed && !extra) return "Yes. " + (one ? letters[0] + " is the best answer." : "You found all of them.");
      if (one) return "Not " + letters[0] + ". " + key[0] + " is better; the reasons stand below each.";
      return "You found " + hits + " of " + key.length + (extra ? ", and marked " + extra + " that " + (extra === 1 ? "does" : "do") + " not apply." : ".");
    }

    check.addEventListener("click", function () {
      clear();
      const letters = options.filter(function (option) { return option.querySelector("input").checked; })
        .map(function (option) { return option.dataset.letter; });
      if (!letters.length) {
        status.textContent = one ? "Choose an answer first." : "Choose at least one answer first.";
        return;
      }
      const said = options.map(function (option, number) {
        const mine = letters.includes(option.dataset.letter);
        return mine || key.includes(option.dataset.letter) ? show(option, number, mine) : "";
      });
      again.hidden = false;
      status.textContent = verdict(letters, letters.filter(function (letter) { return key.includes(letter); }).length);
      // Read out, not shown: the reasons stand under the options.
      add(status, "span", { className: "candor-unseen" }, " " + said.join(" "));
    });
    again.addEventListener("click", function () {
      options.forEach(function (option) { option.querySelector("input").checked = false; });
      clear();
      options[0].querySelector("input").focus();
    });
    form.addEventListener("change", function () { if (status.textContent) clear(); });
  }

  document.querySelectorAll(".candor-question").forEach(wire);
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details.candor-reasons").forEach(function (details) { details.open = true; });
  });
})();

/* Opens and folds every question at once. Without it each opens by itself, and what is folded is printed all the same. */
"use strict";
(() => {
  const words = document.currentScript.dataset;
  const folds = [...document.querySelectorAll("#written ~ details, #questions ~ details")];
  const all = Object.assign(document.createElement("button"), { type: "button", className: "candor-button" });
  const paint = () => { all.textContent = folds.every((one) => one.open) ? words.fold : words.open; };
  all.addEventListener("click", () => {
    const open = !folds.every((one) => one.open);
    for (const one of folds) one.open = open;
    paint();
  });
  for (const one of folds) one.addEventListener("toggle", paint);
  paint();
  document.getElementById("how")?.after(all);
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const one of closed) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of closed) one.open = false;
  });
})();

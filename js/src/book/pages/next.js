/* On the home page: the next step, for a reader whom this browser knows. */
import { make } from "../dom.js";
import { nextSteps } from "../next.js";

const { store } = window.candor;
const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-candor-next]"));

function paint() {
  if (!place) return;
  const base = place.dataset.base ?? "";
  const steps = nextSteps(store, Date.now());
  place.hidden = !steps.length;
  const cards = steps.map(({ href, title, words }) => make("div", { className: "candor-card tint" },
    make("p", { className: "candor-title" }, make("a", { href: base + href, textContent: title })),
    make("p", { textContent: words })));
  const heading = make("h2", { id: "go-on", textContent: "Go on" });
  place.replaceChildren(heading, make("div", { className: "candor-cards" }, ...cards));
}

store.watch("candor-", paint, true);
addEventListener("pageshow", paint);
paint();

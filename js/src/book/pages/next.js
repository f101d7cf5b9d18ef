/* On the home page: the next step, for a reader whom this browser knows. */
import { make, ownWords } from "../dom.js";
import { nextSteps } from "../next.js";
import { restore } from "../restore.js";
import { t } from "../../words.js";

const { store } = window.candor;
const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-candor-next]"));

/** The page's first button, as it is for who comes for the first time. */
const start = /** @type {HTMLAnchorElement | null} */ (document.querySelector(".bd-article a.candor-button.primary"));
/** Stands before it for whom this browser knows. */
const goOn = make("a", { className: "candor-button primary candor-go-on" });

/** @param {import("../next.js").Step | undefined} step @param {string} base */
function lead(step, base) {
  start?.classList.toggle("primary", !step);
  if (!step || !start) return goOn.remove();
  goOn.href = base + step.href;
  goOn.replaceChildren(make("span", { textContent: step.title }), make("small", { textContent: step.words }));
  if (!goOn.isConnected) start.before(goOn, " ");
}

function paint() {
  if (!place) return;
  ownWords(place, place);
  const base = place.dataset.base ?? "";
  const steps = nextSteps(store, Date.now(), new URL(base || "./", location.href).pathname);
  const others = steps.slice(start ? 1 : 0); // the button leads to the first
  place.hidden = !others.length;
  lead(steps[0], base);
  const cards = others.map(({ href, title, words }) => {
    const link = make("a", { href: base + href, textContent: words });
    link.setAttribute("aria-label", t("{title}: {words}", { title, words }));
    return make("div", { className: "candor-card tint" },
      make("p", { className: "candor-label", textContent: title }), make("p", { className: "candor-title" }, link));
  });
  const heading = make("h2", { id: "go-on", textContent: start ? t("Also under way or due") : t("Go on") });
  place.replaceChildren(heading, make("div", { className: "candor-cards" }, ...cards));
}

store.watch("candor-", paint, true);
addEventListener("pageshow", paint);
paint();
restore(store);

/* The list of assignments: how far one is with each, as the desk kept it in this browser. */
import { chip } from "../desk-state.js";

const { store } = window.candor;
const closed = document.getElementById("closed");
if (closed) closed.hidden = !store.closed;

function paint() {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-assignment]"))) {
    const found = store.read(`candor-desk:${new URL("./", location.href).pathname}${place.dataset.assignment}`);
    const words = chip(found);
    place.hidden = !words;
    place.textContent = words;
    place.classList.toggle("candor-begun", Boolean(words));
  }
}

store.watch("candor-desk:", paint, true);
addEventListener("pageshow", paint);
paint();

/*
 * Candor in JupyterLab: the answers of an exercise become things one can click and type in.
 *
 * The notebook stays the record. This shows its answer cells as a group of options or a text box, and writes nothing
 * but the brackets or the text back. Where it meets something that it cannot read, it steps aside and Lab's own
 * rendering stays.
 *
 * JupyterLab loads a prebuilt extension as an object with `init(shareScope)` and `get("./extension")`; the last lines
 * of this module are that object, by hand.
 */
import { arrive, goBack, keepPlace, openHubDesk, undress } from "./browser-desk.js";
import style from "./desk.css";
import { Desk, desks } from "./desk.js";
import { isBrowserDesk, isHubDesk, make } from "./dom.js";
import { identifiers, readRules, rulesAreMissing } from "./guard.js";
import { onKey } from "./keys.js";
import { fetchNothing } from "./nothing-fetched.js";
import { leaveBehind } from "./leftovers.js";
import { complain, safely } from "./safely.js";
import { speak } from "./speech.js";
import { inSight } from "./steady.js";
import { language } from "../words.js";

/** @typedef {import("./lab.d.ts").Panel} Panel */
/** @typedef {import("./lab.d.ts").WidgetClass} WidgetClass */

/** @param {import("./lab.d.ts").Application} app @param {Panel} panel @param {WidgetClass} Widget */
async function open(app, panel, Widget) {
  try {
    await dress(app, panel, Widget);
  } finally {
    if (isBrowserDesk() && !panel.isDisposed) await arrive(panel);
  }
}

/** @param {import("./lab.d.ts").Application} app @param {Panel} panel @param {WidgetClass} Widget */
async function dress(app, panel, Widget) {
  await panel.context.ready;
  const ours = panel.content.model.getMetadata("candor");
  if (panel.isDisposed || !ours) return;
  await speak(ours.language);
  // An exercise has nothing to run: start no kernel, and ask nobody to choose one.
  const session = panel.context.sessionContext;
  session.kernelPreference = { ...session.kernelPreference, shouldStart: false };
  if (isBrowserDesk() || isHubDesk()) safely(() => undress(app, panel))();
  await panel.revealed;
  if (panel.isDisposed) return;
  const desk = new Desk(panel, Widget);
  desks.push(desk);
  if (isBrowserDesk()) await goBack(desk);
}

/** @param {import("./lab.d.ts").Application} app @param {import("./lab.d.ts").Tracker} tracker
 * @param {WidgetClass} Widget */
function activate(app, tracker, Widget) {
  const spoken = speak(document.documentElement.lang);
  // Lab has put its own there; on our desk nearly all words are ours.
  if (globalThis.candorWords) document.documentElement.lang = language();
  readRules().catch(rulesAreMissing).finally(() => desks.forEach((desk) => desk.scan()));
  document.head.append(make("style", { id: "candor-style" }, style));
  window.addEventListener("keydown", safely((/** @type {KeyboardEvent} */ event) => onKey(event, desks)), true);
  // Whoever keeps a finger on a word is to select or paste it, not to be offered to delete the cell or start a kernel.
  window.addEventListener("contextmenu", (event) => {
    const ours = event.target instanceof Element && event.target.closest(".candor-answer");
    if (ours || isBrowserDesk() || isHubDesk()) event.stopPropagation(); // the browser's own menu stays
  }, true);
  const leave = safely(() => {
    desks.forEach(leaveBehind);
    if (isBrowserDesk()) desks.forEach(keepPlace);
  });
  const seen = safely(() => document.querySelectorAll(".candor-near").forEach((one) => inSight(/** @type {HTMLElement} */ (one))));
  for (const change of ["scroll", "resize"]) window.visualViewport?.addEventListener(change, seen);
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => document.hidden && leave());
  window.addEventListener("beforeunload", (event) => desks.some((desk) => desk.atRisk) && event.preventDefault());
  /** @param {Panel} panel */
  const start = (panel) => {
    const { content } = panel;
    safely(() => fetchNothing(content.rendermime, () => Boolean(content.model?.getMetadata("candor"))))();
    void spoken.then(() => open(app, panel, Widget)).catch(complain);
  };
  tracker.forEach(start);
  tracker.widgetAdded.connect((_, panel) => start(panel));
  if (isHubDesk()) spoken.then(() => openHubDesk(app, Widget)).catch(complain);
}

/** @type {import("./lab.d.ts").ShareScope} */
let scope = {};

/** A module that Lab shares: the copy that is in use if we can tell, else the newest. @param {string} name */
async function shared(name) {
  const copies = Object.entries(scope[name] || {});
  copies.sort(([one], [other]) => one.localeCompare(other, undefined, { numeric: true }));
  const found = copies.filter(([, copy]) => copy.loaded).pop() || copies.pop();
  if (!found) throw new Error(`JupyterLab does not share ${name}`);
  return (await found[1].get())();
}

async function plugin() {
  const [{ INotebookTracker }, { Widget }] = await Promise.all(["@jupyterlab/notebook", "@lumino/widgets"].map(shared));
  return {
    id: "candor:answers",
    description: "Candor exercises: answers one can click and type.",
    autoStart: true,
    requires: [INotebookTracker],
    /** @param {import("./lab.d.ts").Application} app @param {import("./lab.d.ts").Tracker} tracker */
    activate: (app, tracker) => safely(() => activate(app, tracker, Widget))(),
  };
}

async function extension() {
  // A Lab that we do not know: no plugin, no harm.
  const found = await plugin().catch((error) => (complain(error), []));
  return () => ({ __esModule: true, default: found });
}

window._JUPYTERLAB = window._JUPYTERLAB || {};
window._JUPYTERLAB.candor = {
  /** @param {import("./lab.d.ts").ShareScope} shareScope */
  init: (shareScope) => void (scope = shareScope),
  identifiers,
  readRules,
  /** @param {string} module */
  get: (module) => (module === "./extension" ? extension() : Promise.reject(new Error(`no module ${module}`))),
};

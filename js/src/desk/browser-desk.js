/* The desk in the browser, without a JupyterLab of one's own: nothing of Jupyter's around an exercise, a way back to
   the list, and for the list how far one is. */
import { nameOf } from "./cell.js";
import { button, configured, isBrowserDesk, make, ownBase, ownStore } from "./dom.js";
import { dueOf } from "./due.js";
import { here } from "./guard.js";
import { firstSeen, hold, whenFilled } from "./moving.js";
import { offerMode } from "../book/mode.js";
import { t } from "../words.js";

/** How far one is with an assignment. `downloaded`: when its file was last made, or 0; `begun`: of how many answers
 * anything stands there; `place`: the cell at the top of the screen when one left, "" for the beginning; `title`: of the
 * assignment; `handed`: what was in that file; `read`: the later parts of cases that were opened.
 * @typedef {{ done: number, of: number, begun: number, at: number, downloaded: number, place: string, title: string,
 *   read?: string[], handed?: import("./handed.js").Handed }} Progress */

/** As on the desk's other pages, in components.html.j2. */
const LIGHT_OR_DARK = '<svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true"><circle cx="8" cy="8" r="6.5" fill="none"'
  + ' stroke="currentcolor" stroke-width="1.6"/><path d="M8 2a6 6 0 0 1 0 12z" fill="currentcolor"/></svg>';
const FILLED = 5000; // ms after which an assignment is shown as it is

/** Where the desk lies, from one of its notebooks. */
const home = () => new URL("../", location.href);

/** Hides the bars of Jupyter that have nothing to do here: menus, title with kernel and "Trusted", toolbar.
 * @param {import("./lab.d.ts").Application} app @param {import("./lab.d.ts").Panel} panel */
export function undress(app, panel) {
  app.shell.top?.hide();
  app.shell.expandTop = () => {}; // it would show it again when a telephone is turned
  app.shell.menu?.hide();
  panel.toolbar?.hide();
}

/** nbgrader's list of assignments, which is the first page of a trainee's server. */
const LIST = "nbgrader:open-assignment-list";

/** A trainee's server on a hub: the list of assignments, the way back to it and out, and none of Lab's bars.
 * @param {import("./lab.d.ts").Application} app @param {import("./lab.d.ts").WidgetClass} Widget */
export async function openHubDesk(app, Widget) {
  await app.restored;
  const { shell } = app;
  for (const area of ["top", "menu", "bottom"]) for (const one of shell.widgets?.(area) ?? []) one.hide();
  shell.collapseLeft?.();
  for (const side of ["left", "right"]) {
    if (shell.isSideTabBarVisible?.(side)) shell.toggleSideTabBarVisibility?.(side);
  }
  const list = button(t("‹ All assignments"), () => void app.commands.execute(LIST), "candor-quiet");
  const help = make("a", { href: new URL("help.html", here).href, class: "candor-help", target: "_blank" }, t("Help"));
  const out = make("a", { href: `${configured("hubPrefix")}logout`, class: "candor-out" }, t("Log out"));
  const bar = new Widget({ node: make("div", { class: "candor-hub" }, list, make("span", { class: "candor-ways" }, help, out)) });
  bar.id = "candor-hub";
  shell.add?.(bar, "top", { rank: 1000 });
  if (app.commands.hasCommand(LIST)) await app.commands.execute(LIST);
}

/** The way back to the list, with the title of the assignment, light or dark, and the way to help, in a window of its own:
 * the assignment stays as it is. @param {string} title */
export function wayBack(title) {
  const link = make("a", { href: new URL("index.html", home()).href, class: "candor-home" }, t("‹ All assignments"));
  const help = make("a", { href: new URL("help.html", home()).href, class: "candor-help", target: "_blank" }, t("Help"));
  const mode = make("button", { type: "button", class: "candor-mode" });
  mode.innerHTML = LIGHT_OR_DARK;
  offerMode(mode);
  return make("div", { class: "candor-top" }, link, make("span", { class: "candor-title" }, title), mode, help);
}

/** @param {string} assignment */
const at = (assignment) => `candor-desk:${home().pathname}${assignment}`;

/** When an assignment was made into a file last; 0 for never. @param {string} assignment @returns {number} */
export const downloadedAt = (assignment) => JSON.parse(ownStore.get(at(assignment)) || "null")?.downloaded || 0;

/** What was in the file that was made last, as it was kept; nothing where none was. @param {string} assignment
 * @returns {import("./handed.js").Handed | null} */
export const handedBefore = (assignment) => JSON.parse(ownStore.get(at(assignment)) || "null")?.handed ?? null;

/** Where a JupyterLab keeps them, which has no list of assignments. @param {import("./desk.js").Desk} desk */
const partsAt = ({ context }) => `candor-parts:${ownBase()}:${context.path}`;

/** The later parts of its cases that were opened. @param {import("./desk.js").Desk} desk @returns {string[]} */
export const readOn = (desk) => (isBrowserDesk() ? JSON.parse(ownStore.get(at(desk.assignment)) || "null")?.read
  : JSON.parse(ownStore.get(partsAt(desk)) || "null")) ?? [];

/** @param {import("./desk.js").Desk} desk @param {string[]} read */
export function keepReadOn(desk, read) {
  if (isBrowserDesk()) noteProgress(desk.assignment, { read });
  else ownStore.put(partsAt(desk), JSON.stringify(read));
}

/** When an assignment is due: as the desk's own page says it, which is newer than a notebook that was begun; else as
 * the notebook does. @param {string} assignment @param {import("./lab.d.ts").CandorMetadata} [notebook] */
export function dueHere(assignment, notebook) {
  const place = document.getElementById("candor-due");
  const said = place ? JSON.parse(place.textContent || "{}")[assignment] : notebook;
  return dueOf(said, isBrowserDesk() ? ownStore.get(`candor-until:${home().pathname}${assignment}`) : "");
}

/** Keeps what the list says of an assignment. @param {string} assignment @param {Partial<Progress>} more */
export function noteProgress(assignment, more) {
  const before = JSON.parse(ownStore.get(at(assignment)) || "null");
  if (!before && !more.begun && !more.downloaded && !more.place && !more.read) return; // opened, and nothing done
  const first = { done: 0, of: 0, begun: 0, at: 0, downloaded: 0, place: "", title: "" };
  ownStore.put(at(assignment), JSON.stringify({ ...first, ...before, ...more }));
}

/** Keeps where one stands. @param {import("./desk.js").Desk} desk */
export function keepPlace({ assignment, notebook }) {
  const seen = firstSeen(notebook);
  noteProgress(assignment, { place: seen > 0 ? nameOf(notebook.widgets[seen]) : "" });
}

/** Goes to where one stood. @param {import("./desk.js").Desk} desk */
export async function goBack(desk) {
  const { place } = JSON.parse(ownStore.get(at(desk.assignment)) || "{}");
  const { notebook } = desk;
  const index = place ? notebook.widgets.findIndex((cell) => nameOf(cell) === place) : -1;
  if (index > 0) {
    desk.parts.openFor(notebook.widgets[index]);
    notebook.activeCellIndex = index;
    await notebook.scrollToItem(index, "start");
    const { node } = notebook.widgets[index];
    await hold(node, () => node.scrollIntoView({ block: "start" }));
  }
}

/** The page said "Opening ..." until now; from here on it is the assignment's: when all that is on the screen is drawn.
 * @param {import("./lab.d.ts").Panel} panel */
export async function arrive({ content }) {
  await whenFilled(content, FILLED);
  document.getElementById("candor-opening")?.remove();
  // Nothing could be focused so far, and keys would scroll nothing.
  if (document.activeElement === document.body) content.activeCell?.node.focus({ preventScroll: true });
}

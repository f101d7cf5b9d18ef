/* Which keys are ours and which are JupyterLab's. */

/** The letter or digit that Lab would see. It goes by key code, which also holds for keyboards that are not Latin.
 * @param {KeyboardEvent} event */
export const labKey = (event) => (/[A-Z0-9]/.exec(String.fromCharCode(event.keyCode)) || [""])[0].toLowerCase();

// Combinations that mean text editing or undo inside our controls, and that Lab would use to move, merge or split
// cells.
const OURS_WITH_CTRL = /^(Enter|Backspace|Delete|Home|End|Arrow.*|[acvxyzm_-])$/i;
/** @param {KeyboardEvent} event */
export const modified = (event) => event.ctrlKey || event.metaKey || event.altKey;
/** @param {KeyboardEvent} event */
export const leftToLab = (event) => (modified(event) && !OURS_WITH_CTRL.test(event.key)) || /^F\d+$/.test(event.key);

/** Command-mode keys that cut, paste, delete, insert, merge, split, move or change the type of a cell.
 * @param {KeyboardEvent} event */
export function changesCells(event) {
  if (event.ctrlKey || event.metaKey) {
    return event.key === "Backspace" || (event.shiftKey && /^(Arrow(Up|Down)|[m_-])$/i.test(event.key));
  }
  return event.altKey ? event.key === "Enter" : /[xvdyrmab1-6]/.test(labKey(event));
}

/** Runs before Lab sees the key, in whichever phase this version of Lab listens.
 * @param {KeyboardEvent} event
 * @param {{ notebook: { node: HTMLElement }, onCommandKey(event: KeyboardEvent): boolean }[]} desks */
export function onKey(event, desks) {
  const target = event.target instanceof Element ? event.target : document.body;
  if (target.closest(".candor-answer")) {
    // Lab takes no shortcut from an element with this attribute, not even Ctrl+S: so only for the keys that are ours.
    // It has to be the focused element itself; Notebook 7 looks there before it looks at what is around it.
    if (leftToLab(event)) target.removeAttribute("data-lm-suppress-shortcuts");
    else target.setAttribute("data-lm-suppress-shortcuts", "true");
    return;
  }
  const desk = desks.find((one) => one.notebook.node.contains(target));
  if (!desk || target.closest("input, textarea, select, button, [contenteditable='true']")) return;
  if (desk.onCommandKey(event)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

/** Whether there is likely a keyboard: something points that is finer than a finger. */
export const hasKeyboard = () => matchMedia("(hover: hover) and (pointer: fine)").matches;

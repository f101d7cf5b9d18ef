/* The saves of one file, one after the other. */

/** @typedef {import("./lab.d.ts").Context} Context */

/** How each open file is saved in turn. @type {WeakMap<Context, () => Promise<void>>} */
const turns = new WeakMap();

/** From here on a save waits for the one that runs. Lab lets two run beside each other (ours, and Ctrl+S a moment
 * later); the second then finds a file that the first has written and does not know of yet, and asks which of the two
 * to overwrite. @param {Context} context */
export function saveInTurn(context) {
  let inTurn = turns.get(context);
  if (!inTurn) {
    const { save } = Object.getPrototypeOf(context);
    let last = Promise.resolve();
    // Where another window has the file by the time that it is this one's turn, it writes nothing over it.
    const run = () => (context.save === inTurn ? save.call(context) : undefined);
    inTurn = () => (last = last.catch(() => {}).then(run));
    turns.set(context, inTurn);
  }
  context.save = inTurn;
}

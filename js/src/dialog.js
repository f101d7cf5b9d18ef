/* A question in a dialog of the page's own, for the book and for the desk. It stops nothing: time goes on, and what is
   asked about may have gone before it is answered. */

let serial = 0;

/** `className`: how it looks; `rows`: what is said, below the title; `buttons`: what one can choose,
 * among them that which cancels: it chooses "".
 * @param {{ className: string, title: string, rows: Node[], row: string,
 *   buttons: (choose: (value: string) => void) => HTMLButtonElement[] }} asked
 * @returns {{ answer: Promise<string>, shut: () => void }} what was chosen; "" for nothing */
export function dialog({ className, title, rows, row, buttons }) {
  const node = document.createElement("dialog");
  const head = Object.assign(document.createElement("h2"), { id: `candor-dialog-${++serial}`, textContent: title });
  node.className = className;
  node.setAttribute("aria-labelledby", head.id);
  const below = Object.assign(document.createElement("div"), { className: row });
  node.dataset.lmSuppressShortcuts = "true"; // JupyterLab's: a letter that is typed here is no command there
  below.append(...buttons((value) => node.close(value)));
  node.append(head, ...rows, below);
  /** @type {Promise<string>} */
  const answer = new Promise((done) => node.addEventListener("close", () => {
    node.remove();
    done(node.returnValue);
  }));
  document.body.append(node);
  node.showModal();
  return { answer, shut: () => node.close() };
}

/* What comes and goes above a field, without moving the field under the eyes of who writes there. */

const AIR = 24; // px above a line that is shown

/** The element in which a node scrolls. @param {Element} node */
function scroller(node) {
  for (let one = node.parentElement; one; one = one.parentElement) {
    if (one.scrollHeight > one.clientHeight && /auto|scroll/.test(getComputedStyle(one).overflowY)) return one;
  }
  return document.scrollingElement;
}

/** Changes what stands above a field, and scrolls by as much as that moved it: not every browser anchors what is read.
 * @param {HTMLElement} field @param {() => void} change
 * @param {boolean} [always] also while nobody writes there, as when a finger has just gone from it to a button below */
export function steadily(field, change, always = false) {
  if (!always && document.activeElement !== field) return change();
  const before = field.getBoundingClientRect().top;
  change();
  const moved = field.getBoundingClientRect().top - before;
  if (moved) scroller(field)?.scrollBy({ top: moved, behavior: "instant" });
}

/** What sticks to the top of its scroller stays in sight where a keyboard on the screen has pushed the page up: then the
 * window's upper part is out of sight, and no other element is told of it. @param {HTMLElement} node */
export function inSight(node) {
  const hidden = window.visualViewport?.offsetTop ?? 0;
  const top = scroller(node)?.getBoundingClientRect().top ?? 0;
  node.style.top = hidden > top ? `${hidden - top}px` : "";
}

/** Scrolls a panel, and nothing around it, until what was said last stands in it whole, or from its beginning where it
 * is too long. @param {Element} panel @param {Element} node @param {number} stuck how high what sticks at the top is, in px */
export function reveal(panel, node, stuck) {
  const [around, own] = [panel.getBoundingClientRect(), node.getBoundingClientRect()];
  const down = Math.min(own.bottom + AIR - around.bottom, own.top - stuck - around.top);
  if (down > 0) panel.scrollBy({ top: down, behavior: "instant" });
}

const FRAMES = 10; // in which what lies around it, as a panel that goes, has found its place

/** How far below its upper edge a character of a text box stands: what stands before it is laid out as there.
 * @param {HTMLTextAreaElement} box @param {number} at */
function depthOf(box, at) {
  const style = getComputedStyle(box);
  const copy = document.createElement("div");
  for (const name of ["font", "letter-spacing", "padding", "border", "box-sizing", "direction"]) {
    copy.style.setProperty(name, style.getPropertyValue(name));
  }
  Object.assign(copy.style, { position: "absolute", visibility: "hidden", width: `${box.offsetWidth}px`,
    whiteSpace: "pre-wrap", overflowWrap: "break-word" });
  const mark = document.createElement("span");
  mark.textContent = "\u200b";
  copy.append(box.value.slice(0, at), mark);
  document.body.append(copy);
  const depth = mark.offsetTop;
  copy.remove();
  return depth;
}

/** Scrolls a character of a text box to the top, below what sticks there. @param {HTMLTextAreaElement} box
 * @param {number} at @param {() => number} stuck how high that is, in px */
export async function bringUp(box, at, stuck) {
  const around = scroller(box);
  const depth = depthOf(box, at);
  box.scrollTop = depth - box.clientHeight / 2;
  for (let frame = 0; around && frame < FRAMES; frame++) {
    const top = Math.max(around.getBoundingClientRect().top, window.visualViewport?.offsetTop ?? 0);
    const line = box.getBoundingClientRect().top + depth - box.scrollTop;
    around.scrollBy({ top: line - top - stuck() - AIR, behavior: "instant" });
    await new Promise((done) => requestAnimationFrame(done));
  }
}

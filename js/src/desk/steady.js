/* What comes and goes above a field, without moving the field under the eyes of who writes there. */

/** The element in which a node scrolls. @param {Element} node */
function scroller(node) {
  for (let one = node.parentElement; one; one = one.parentElement) {
    if (one.scrollHeight > one.clientHeight && /auto|scroll/.test(getComputedStyle(one).overflowY)) return one;
  }
  return document.scrollingElement;
}

/** Changes what stands above a field, and scrolls by as much as that moved it: not every browser anchors what is read.
 * @param {HTMLElement} field @param {() => void} change */
export function steadily(field, change) {
  if (document.activeElement !== field) return change();
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

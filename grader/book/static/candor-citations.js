/* A citation opens the evidence card of its work: on hover, on focus and on tap. The card is a copy of the entry in the page's own list of
   works, so without this script the link leads there. A click, a tap or Enter keeps it open; only then Tab goes through what is in it, so that a
   reader who tabs along a page passes each citation in one step. Escape closes. */
(function () {
  "use strict";
  const OPEN_AFTER = 150, CLOSE_AFTER = 250; // milliseconds, so that a pointer that passes by opens nothing
  const card = document.createElement("div");
  card.className = "candor-card-open";
  card.id = "candor-card-open";
  card.setAttribute("role", "group");
  if (card.showPopover) card.popover = "manual"; // above everything, and never cut off by a table that scrolls

  let link = null, pinned = false, timer = 0, quiet = false;

  function entry(of) {
    return document.getElementById(decodeURIComponent(of.hash.slice(1)));
  }

  function fill(from) {
    const close = document.createElement("button");
    close.type = "button";
    close.className = "candor-card-close";
    close.textContent = "Close";
    close.addEventListener("click", function () { shut(true); });
    card.replaceChildren(close, ...[...from.childNodes].map(function (node) { return node.cloneNode(true); }));
    card.setAttribute("aria-label", "Evidence card: " + link.textContent);
  }

  function pin(on) {
    pinned = on;
    card.classList.toggle("candor-pinned", on);
    // The card itself too: it may be longer than the screen, and arrow keys scroll what has the focus.
    [card, ...card.querySelectorAll("a, button")].forEach(function (one) { one.tabIndex = on ? 0 : -1; });
  }

  function place() {
    if (!link) return;
    const at = link.getClientRects()[0], room = document.documentElement;
    if (!at || at.bottom < 0 || at.top > room.clientHeight) return shut(false);
    const below = room.clientHeight - at.bottom, above = at.top;
    const height = Math.min(card.scrollHeight + 2, Math.max(below, above) - 16);
    card.style.setProperty("--candor-x", Math.max(8, Math.min(at.left, room.clientWidth - card.offsetWidth - 8)) + "px");
    card.style.setProperty("--candor-y", (below >= height + 12 || below >= above ? at.bottom + 6 : Math.max(8, at.top - height - 6)) + "px");
    card.style.setProperty("--candor-height", height + "px");
  }

  function open(which, keep) {
    clearTimeout(timer);
    if (link === which) return pin(pinned || keep);
    const from = entry(which);
    if (!from) return;
    shut(false);
    link = which;
    fill(from);
    pin(keep);
    link.after(card);
    card.hidden = false;
    if (card.popover) card.showPopover();
    link.setAttribute("aria-expanded", "true");
    link.setAttribute("aria-controls", card.id);
    place();
  }

  function shut(back) {
    clearTimeout(timer);
    if (!link) return;
    const was = link;
    link = null;
    pinned = false;
    was.setAttribute("aria-expanded", "false");
    was.removeAttribute("aria-controls");
    if (card.popover && card.isConnected) card.hidePopover();
    card.hidden = true;
    if (back) {
      quiet = true;
      was.focus();
      quiet = false;
    }
    card.remove();
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(function () {
      if (!pinned && !card.contains(document.activeElement) && document.activeElement !== link) shut(false);
    }, CLOSE_AFTER);
  }

  function wire(one) {
    one.setAttribute("role", "button");
    one.setAttribute("aria-expanded", "false");
    one.addEventListener("pointerenter", function (event) {
      if (event.pointerType !== "mouse" || pinned) return;
      clearTimeout(timer);
      timer = setTimeout(function () { open(one, false); }, OPEN_AFTER);
    });
    one.addEventListener("pointerleave", later);
    one.addEventListener("focus", function () { if (!quiet && one.matches(":focus-visible")) open(one, false); });
    one.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (link === one && pinned) shut(false);
      else open(one, true);
    });
    one.addEventListener("keydown", function (event) {
      if (event.key !== " ") return;
      event.preventDefault();
      one.click();
    });
  }

  document.querySelectorAll("a.candor-cite, a.candor-ev").forEach(wire);
  card.addEventListener("pointerenter", function () { clearTimeout(timer); });
  card.addEventListener("pointerleave", later);
  document.addEventListener("focusin", function (event) {
    if (link && event.target !== link && !card.contains(event.target)) shut(false);
  });
  document.addEventListener("pointerdown", function (event) {
    if (link && !link.contains(event.target) && !card.contains(event.target)) shut(false);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && link) {
      event.stopPropagation();
      shut(card.contains(document.activeElement));
    }
  });
  addEventListener("scroll", place, { passive: true });
  addEventListener("resize", place);
  // On paper the list of works is always open.
  addEventListener("beforeprint", function () {
    shut(false);
    document.querySelectorAll("details.candor-works").forEach(function (list) { list.open = true; });
  });
})();

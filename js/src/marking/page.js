/* The marking page: keys, autosave, and a line that says "saved" only of what the server has written. */
import { later, t, tn } from "../words.js";

/** @template {typeof Element} Kind @param {string} id @param {Kind} kind @returns {InstanceType<Kind>} */
function found(id, kind) {
  const one = document.getElementById(id);
  if (!(one instanceof kind)) throw new TypeError(id);
  return /** @type {InstanceType<Kind>} */ (one);
}

/** The page of one answer. @param {HTMLElement} form */
function marking(form) {
  const state = found("state", HTMLElement);
  const comment = found("comment", HTMLTextAreaElement);
  const groups = [...form.querySelectorAll("fieldset")];
  let seen = form.dataset.seen;
  /** @type {Promise<void> | null} the save that runs */
  let writing = null;
  let again = false; // something changed while it ran
  let refused = false;
  let failed = false; // the desk did not answer; a timer tries again
  let timer = 0;

  /** @param {Element | undefined} group @param {string} which */
  const input = (group, which) =>
    /** @type {HTMLInputElement | null} */ (group?.querySelector(`input${which}`) ?? null);

  const marks = () => groups.map((group) => {
    const on = input(group, ":checked");
    return on ? Number(on.value) : null;
  });
  const now = () => JSON.stringify([marks(), comment.value]);
  let stored = now();

  // What is chosen, in figures: at each criterion, in the sum below, and in the bar above.
  const total = found("total", HTMLElement);
  const open = found("open", HTMLElement);
  const count = /** @type {HTMLElement} */ (document.querySelector(".count"));
  function paint() {
    const now_ = marks();
    groups.forEach((group, place) => {
      const points = Math.max(...[...group.querySelectorAll("input")].map(({ value }) => Number(value)));
      const said = t("{score} of {points}", { score: now_[place] ?? "\u2013", points });
      group.querySelector("[data-reached]")?.replaceChildren(said);
    });
    const left = now_.filter((mark) => mark === null).length;
    total.textContent = String(now_.reduce((/** @type {number} */ sum, mark) => sum + (mark || 0), 0));
    open.textContent = tn("{n} criterion open", "{n} criteria open", left);
  }
  let counted = Boolean(state.dataset.done);
  /** @param {boolean} done */
  function paintCount(done) {
    if (done === counted) return;
    counted = done;
    const all = Number(count.dataset.all);
    count.dataset.done = String(Number(count.dataset.done) + (done ? 1 : -1));
    count.textContent = t("{done} of {all} marked", { done: Number(count.dataset.done), all });
    found("bar", SVGRectElement).setAttribute("width", `${(100 * Number(count.dataset.done)) / all}%`);
  }

  /** @param {string} words */
  function notSaved(words) {
    state.textContent = words;
    state.classList.remove("good");
    state.classList.add("off");
  }

  /** @returns {Promise<void>} */
  async function save() {
    clearTimeout(timer);
    if (refused) return;
    if (writing) { again = true; return writing; }
    if (now() === stored) return;
    const sent = now();
    failed = false;
    state.textContent = t("Saving.");
    writing = fetch(`/row/${form.dataset.id}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ seen, marks: marks(), comment: comment.value }),
    }).then(async (answer) => {
      const said = await answer.json();
      if (answer.ok) {
        seen = said.seen;
        stored = sent;
        const words = said.done ? later("Marked. Saved {time}.") : later("Begun. Saved {time}.");
        state.textContent = t(words, { time: said.at });
        state.classList.toggle("good", said.done);
        state.classList.remove("off");
        paintCount(said.done);
      } else {
        refused = answer.status === 409;
        failed = true;
        if (answer.status === 503) timer = window.setTimeout(save, 3000);
        const words = refused
          ? later("Not saved: {reason} What you wrote stays on this page: copy it, then load the page again.")
          : later("Not saved: {reason}");
        notSaved(t(words, { reason: said.said }));
      }
    }).catch(() => {
      failed = true;
      notSaved(t("Not saved: the desk does not answer. Your marks are still on this page; it tries again."));
      timer = window.setTimeout(save, 3000);
    }).finally(() => { writing = null; });
    await writing;
    if (again) { again = false; await save(); }
  }

  /** @param {number} wait */
  function soon(wait) {
    if (refused) return;
    clearTimeout(timer);
    state.textContent = t("Not saved yet.");
    timer = window.setTimeout(save, wait);
  }
  form.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.type !== "radio") return;
    paint();
    soon(0);
  });
  comment.addEventListener("input", () => soon(600));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-bank]"))) {
    button.addEventListener("click", () => {
      comment.value = [comment.value.trim(), button.dataset.bank].filter(Boolean).join("\n\n");
      soon(0);
    });
  }

  /** @param {string} to */
  async function go(to) {
    do { await save(); } while (writing || (now() !== stored && !refused && !failed));
    if (to.endsWith("/agreed") && now() === stored && marks().includes(null)) {
      state.textContent = t("A criterion is still open: mark it first.");
      focusGroup(unmarked());
      return;
    }
    if (now() === stored || refused) location.href = to; // what was refused: the browser asks before it is left
  }
  const unmarked = () => groups.find((group) => !input(group, ":checked"));
  /** @param {Element | undefined} group */
  const focusGroup = (group, preventScroll = false) =>
    (input(group, ":checked") ?? input(group, ""))?.focus({ preventScroll });

  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    const writes = target instanceof HTMLInputElement && target.type === "text";
    if (event.ctrlKey || event.metaKey || event.altKey || writes) return;
    if (target === comment) {
      if (key === "Escape") focusGroup(groups[0]);
      return;
    }
    const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-key]"));
    const link = [...links].find((one) => one.dataset.key === key);
    if (link) { event.preventDefault(); void go(link.href); return; }
    if (key === "c") { event.preventDefault(); comment.focus(); return; }
    if (!/^[0-9]$/.test(key)) return;
    const group = groups.find((one) => one.contains(document.activeElement)) || unmarked();
    if (!group) {
      state.textContent = t("Every criterion has a mark. Put the focus on the one that you mean.");
      return;
    }
    const level = input(group, `[value="${key}"]`);
    if (!level) {
      state.textContent = t("{key} is not a level of this criterion.", { key });
      return;
    }
    event.preventDefault();
    level.checked = true;
    paint();
    soon(0);
    focusGroup(groups[groups.indexOf(group) + 1] || group);
  });
  const ways = document.querySelectorAll(".marking-strip a, .marking-go a");
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (ways)) {
    link.addEventListener("click", (event) => { event.preventDefault(); void go(link.href); });
  }
  window.addEventListener("beforeunload", (event) => { if (stored && now() !== stored) event.preventDefault(); });
  // Of many answers the strip shows some: the one that is open among them, without moving the page.
  const strip = /** @type {HTMLElement | null} */ (document.querySelector(".marking-strip"));
  const current = /** @type {HTMLElement | null} */ (strip?.querySelector("[aria-current]") ?? null);
  if (strip && current) strip.scrollTop = current.offsetTop - strip.offsetTop - strip.clientHeight / 2;
  // Where the criteria stand below the answer, the page stays at the answer: it is read first.
  focusGroup(unmarked() ?? groups[0], matchMedia("(max-width: 1000px)").matches);
}

const form = document.getElementById("marks");
if (form) marking(form);

/* The marking page: keys, autosave, and a line that says "saved" only of what the server has written. */
(function () {
  "use strict";
  const form = document.getElementById("marks");
  if (!form) return;
  const state = document.getElementById("state");
  const comment = document.getElementById("comment");
  const groups = [...form.querySelectorAll("fieldset")];
  let seen = form.dataset.seen;
  let writing = null; // the save that runs
  let again = false; // something changed while it ran
  let refused = false;
  let failed = false; // the desk did not answer; a timer tries again
  let timer = 0;

  const marks = () => groups.map((group) => {
    const on = group.querySelector("input:checked");
    return on ? Number(on.value) : null;
  });
  const now = () => JSON.stringify([marks(), comment.value]);
  let stored = now();

  // What is chosen, in figures: at each criterion, in the sum below, and in the bar above.
  const total = document.getElementById("total");
  const open = document.getElementById("open");
  const count = document.querySelector(".count");
  function paint() {
    const now_ = marks();
    groups.forEach((group, place) => {
      const reached = group.querySelector("[data-reached]");
      reached.textContent = reached.textContent.replace(/^\S+/, now_[place] === null ? "\u2013" : String(now_[place]));
    });
    const left = now_.filter((mark) => mark === null).length;
    total.textContent = String(now_.reduce((sum, mark) => sum + (mark || 0), 0));
    open.textContent = `${left} ${left === 1 ? "criterion" : "criteria"} open`;
  }
  let counted = Boolean(state.dataset.done);
  function paintCount(done) {
    if (done === counted) return;
    counted = done;
    const all = Number(count.dataset.all);
    count.dataset.done = String(Number(count.dataset.done) + (done ? 1 : -1));
    count.textContent = `${count.dataset.done} of ${all} marked`;
    document.getElementById("bar").setAttribute("width", `${(100 * Number(count.dataset.done)) / all}%`);
  }

  async function save() {
    clearTimeout(timer);
    if (refused) return;
    if (writing) { again = true; return writing; }
    if (now() === stored) return;
    const sent = now();
    failed = false;
    state.textContent = "Saving.";
    writing = fetch(`/row/${form.dataset.id}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ seen, marks: marks(), comment: comment.value }),
    }).then(async (answer) => {
      const said = await answer.json();
      if (answer.ok) {
        seen = said.seen;
        stored = sent;
        state.textContent = `${said.done ? "Marked" : "Begun"}. Saved ${said.at}.`;
        state.classList.toggle("good", said.done);
        paintCount(said.done);
      } else {
        refused = answer.status === 409;
        failed = true;
        if (answer.status === 503) timer = setTimeout(save, 3000);
        state.textContent = `Not saved: ${said.said}${refused ? " What you wrote stays on this page: copy it, then load the page again." : ""}`;
      }
    }).catch(() => {
      failed = true;
      state.textContent = "Not saved: the desk does not answer. Your marks are still on this page; it tries again.";
      timer = setTimeout(save, 3000);
    }).finally(() => { writing = null; });
    await writing;
    if (again) { again = false; await save(); }
  }

  const soon = (wait) => { if (refused) return; clearTimeout(timer); state.textContent = "Not saved yet."; timer = setTimeout(save, wait); };
  form.addEventListener("change", (event) => { if (event.target.type === "radio") { paint(); soon(0); } });
  comment.addEventListener("input", () => soon(600));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of form.querySelectorAll("[data-bank]")) {
    button.addEventListener("click", () => {
      comment.value = [comment.value.trim(), button.dataset.bank].filter(Boolean).join("\n\n");
      soon(0);
    });
  }

  async function go(to) {
    do { await save(); } while (writing || (now() !== stored && !refused && !failed));
    if (to && to.endsWith("/agreed") && now() === stored && marks().includes(null)) {
      state.textContent = "A criterion is still open: mark it first.";
      focusGroup(groups.find((group) => !group.querySelector("input:checked")));
      return;
    }
    if (to && (now() === stored || refused)) location.href = to; // what was refused: the browser asks before it is left
  }
  const focusGroup = (group) => {
    const input = group && (group.querySelector("input:checked") || group.querySelector("input"));
    if (input) input.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.type === "text") return;
    if (event.target === comment) {
      if (event.key === "Escape") focusGroup(groups[0]);
      return;
    }
    const link = [...document.querySelectorAll("a[data-key]")].find((one) => one.dataset.key === event.key);
    if (link) { event.preventDefault(); void go(link.href); return; }
    if (event.key === "c") { event.preventDefault(); comment.focus(); return; }
    if (!/^[0-9]$/.test(event.key)) return;
    const group = groups.find((one) => one.contains(document.activeElement)) || groups.find((one) => !one.querySelector("input:checked"));
    if (!group) { state.textContent = "Every criterion has a mark. Put the focus on the one that you mean."; return; }
    const input = group.querySelector(`input[value="${event.key}"]`);
    if (!input) { state.textContent = `${event.key} is not a level of this criterion.`; return; }
    event.preventDefault();
    input.checked = true;
    paint();
    soon(0);
    focusGroup(groups[groups.indexOf(group) + 1] || group);
  });
  for (const link of document.querySelectorAll(".marking-strip a, .marking-go a")) {
    link.addEventListener("click", (event) => { event.preventDefault(); void go(link.href); });
  }
  window.addEventListener("beforeunload", (event) => { if (stored && now() !== stored) event.preventDefault(); });
  focusGroup(groups.find((group) => !group.querySelector("input:checked")) || groups[0]);
})();

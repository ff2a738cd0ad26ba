// Keys for people who work through many cases; everything works without them as well.
"use strict";
(() => {
  const typing = (element) => element.matches("input:not([type=checkbox]), textarea, select");
  const rows = Array.from(document.querySelectorAll("[data-row]"));
  let current = -1;

  const select = (index) => {
    if (!rows.length) return;
    current = Math.max(0, Math.min(rows.length - 1, index));
    rows.forEach((row, number) => row.classList.toggle("current", number === current));
    const link = rows[current].querySelector("a");
    link.focus();
    rows[current].scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
    if (typing(event.target)) return;
    if (event.key === "?") { const keys = document.getElementById("keys"); if (keys) { keys.showModal(); event.preventDefault(); } return; }
    if (event.key === "/") { const search = document.getElementById("q"); if (search) { search.focus(); event.preventDefault(); } return; }
    if (rows.length && (event.key === "j" || event.key === "k")) { select(current + (event.key === "j" ? 1 : -1)); event.preventDefault(); return; }
    const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!wanted) return;
    event.preventDefault();
    if (wanted.dataset.focus) document.getElementById(wanted.dataset.focus).focus();
    else if (wanted.matches("input, select")) wanted.focus();
    else wanted.click();
  });
  document.addEventListener("click", (event) => {
    const focusing = event.target.closest("[data-focus]");
    if (focusing) document.getElementById(focusing.dataset.focus).focus();
  });

  // A form is sent once, however often it is pressed.
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    if (event.target.method === "post") event.target.dataset.sent = "yes";
  });

  const badge = document.querySelector("[data-count=waiting]");
  const others = document.querySelector("[data-others]");
  const count = async () => {
    try {
      const answer = await fetch(`/counts?case=${badge.dataset.case || ""}`, { headers: { Accept: "application/json" }, redirect: "error" });
      const told = await answer.json();
      badge.textContent = told.waiting;
      badge.hidden = !told.waiting;
      badge.classList.toggle("bad", told.overdue > 0);
      if (others) {
        others.hidden = !told.others.length;
        others.textContent = others.dataset.words.replace("{names}", told.others.join(", "));
      }
    } catch { badge.hidden = true; }
  };
  if (badge) { count(); setInterval(count, 15000); }
})();

// The reading view's keyboard and pointer. Without it the numbers are plain links to the notes beside the text.
"use strict";

for (const view of document.querySelectorAll(".view")) {
  const notes = [...view.querySelectorAll(".note")];
  const refs = notes.map((_, k) => view.querySelector(`#r${k + 1}`));
  const casts = [...view.querySelectorAll(".cast details")];
  const marksOf = (number) => view.querySelectorAll(`[data-quote~="${number}"]`);
  let open = 0; // the number of the quote that is shown; 0: none

  /** Show what is known of a quote; 0 shows none. */
  const show = (number) => {
    for (const [at, on] of [[open, false], [number, true]]) {
      if (!at) continue;
      notes[at - 1].classList.toggle("open", on);
      refs[at - 1].classList.toggle("on", on);
      for (const mark of marksOf(at)) mark.classList.toggle("on", on);
    }
    open = number;
    view.classList.toggle("telling", number > 0);
    if (number) keepInSight(refs[number - 1]);
  };

  /** The text goes along to the quote that is shown; where the notes lie over it (on a phone) not under them. */
  const keepInSight = (ref) => {
    const panel = view.querySelector(".notes"), over = getComputedStyle(panel).position === "fixed";
    const room = over ? panel.getBoundingClientRect().top : innerHeight, { top, bottom } = ref.getBoundingClientRect();
    if (top < 80 || bottom > room - 20) window.scrollBy({ top: bottom - room / 2 });
  };

  const read = (number) => { // go to the note
    show(number);
    notes[number - 1].focus({ preventScroll: true });
    notes[number - 1].closest(".notes").scrollTop = 0;
  };
  const point = (number) => { // go to the number in the text
    show(number);
    refs[number - 1].focus({ preventScroll: true });
  };

  view.classList.add("js");

  view.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) {
      const [, where, number] = /^#([qr])(\d+)$/.exec(link.getAttribute("href")) || [];
      if (!number) return;
      event.preventDefault();
      if (where === "q") read(Number(number));
      else { point(Number(number)); if (link.classList.contains("back")) show(0); }
    } else if (event.target.closest("[data-quote]") && getSelection().isCollapsed) {
      point(Number(event.target.closest("[data-quote]").dataset.quote.split(" ")[0]));
    }
  });

  view.addEventListener("focusin", (event) => {
    const number = refs.indexOf(event.target) + 1;
    if (number && event.target.matches(":focus-visible")) show(number);
  });

  view.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const inText = refs.includes(document.activeElement);
    const inNote = document.activeElement.closest(".note");
    if (event.key === "Escape") {
      if (inNote) point(open);
      if (open) show(0);
      else for (const details of casts) details.open = false;
      return;
    }
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || !open || !(inText || inNote) || event.target.closest("input, select, textarea")) return;
    event.preventDefault();
    const next = Math.min(Math.max(open + step, 1), notes.length);
    if (inNote) read(next);
    else point(next);
  });

  for (const details of casts) {
    details.addEventListener("toggle", () => {
      const chosen = casts.filter((one) => one.open).flatMap((one) => one.dataset.quotes.split(" "));
      for (const mark of view.querySelectorAll(".text mark, .text .mention, .text .ref, .masthead mark, .masthead .ref")) {
        const numbers = mark.dataset.quote?.split(" ") ?? [mark.id.slice(1)];
        mark.classList.toggle("dim", chosen.length > 0 && !numbers.some((number) => chosen.includes(number)));
      }
    });
  }

  const asked = /^#q(\d+)$/.exec(location.hash);
  if (asked && notes[asked[1] - 1]) read(Number(asked[1]));
}

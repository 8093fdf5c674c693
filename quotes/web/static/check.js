// Checking on a document's page: by keys, and by selecting words of the text. Its forms work without.
"use strict";

{
  const view = document.querySelector(".view");
  const picked = document.querySelector(".picked");
  const missed = document.querySelector(".missed form");
  const open = () => view.querySelector(".note.open");

  // Keys: R right, W wrong, S and E open the corrections, N goes to what nobody has checked, U undoes.

  const press = (button) => button && button.click();

  const correct = (note, which) => {
    const details = note.querySelector(`details.${which}`);
    details.open = true;
    details.querySelector("input:not([type=hidden]), textarea").focus();
  };

  const nextUnchecked = () => {
    const unchecked = [...view.querySelectorAll(".note:not(.checked)")];
    const at = open() ? Number(open().id.slice(1)) : 0;
    const next = unchecked.find((note) => Number(note.id.slice(1)) > at) || unchecked[0];
    if (next) view.querySelector(`#r${next.id.slice(1)}`).click();
  };

  const KEYS = {
    r: (note) => press(note.querySelector("[value=right]")),
    w: (note) => press(note.querySelector("[value=wrong]")),
    s: (note) => correct(note, "speaker"),
    e: (note) => correct(note, "edges"),
  };

  if (view) document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.repeat) return;
    if (event.target.closest("input, textarea, select, dialog")) return;
    const key = event.key.toLowerCase();
    if (key === "n") nextUnchecked();
    else if (key === "u") press(document.querySelector(".just button"));
    else if (KEYS[key] && open()) KEYS[key](open());
    else return;
    event.preventDefault();
  });

  // Words that are selected: the edges of the open quote, or a quote that was missed.

  /** The offset in characters at which a place in the page stands in the text. The numbers behind quotes are none of it. */
  const offset = (paragraph, node, at) => {
    const range = document.createRange();
    range.setStart(paragraph, 0);
    range.setEnd(node, at);
    const before = range.cloneContents();
    for (const ref of before.querySelectorAll(".ref")) ref.remove();
    return Number(paragraph.dataset.start) + [...before.textContent].length;
  };

  /** The words that are selected and where they stand, or nothing. */
  const selected = () => {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const paragraphs = [...view.querySelectorAll("[data-start]")].filter((one) => range.intersectsNode(one));
    if (!paragraphs.length) return null;
    const first = paragraphs[0], last = paragraphs.at(-1);
    const start = first.contains(range.startContainer)
      ? offset(first, range.startContainer, range.startOffset) : Number(first.dataset.start);
    const end = last.contains(range.endContainer)
      ? offset(last, range.endContainer, range.endOffset) : offset(last, last, last.childNodes.length);
    const copy = range.cloneContents();
    for (const ref of copy.querySelectorAll(".ref")) ref.remove();
    const words = copy.textContent;
    const blanks = [...words].length - [...words.trimStart()].length, after = [...words].length - [...words.trimEnd()].length;
    if (!words.trim()) return null;
    return { words: words.trim(), place: `${start + blanks} ${end - after}`, box: range.getBoundingClientRect() };
  };

  if (view && picked) {
    const move = picked.querySelector(".move"), add = picked.querySelector(".new");
    for (const hint of document.querySelectorAll(".needs-script")) hint.hidden = false;

    const offer = () => {
      const found = selected(), note = open();
      picked.hidden = !found;
      if (!found) return;
      move.hidden = !note;
      if (note) picked.querySelector(".number").textContent = note.id.slice(1);
      picked.style.top = `${found.box.bottom + scrollY + 8}px`;
      picked.style.left = `${Math.max(8, Math.min(found.box.left, innerWidth - picked.offsetWidth - 16)) + scrollX}px`;
    };
    document.addEventListener("selectionchange", offer);
    picked.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection

    move.addEventListener("click", () => {
      const form = open().querySelector(".edges form");
      form.elements.place.value = selected().place;
      press(form.querySelector("[value=edges]"));
    });

    add.addEventListener("click", () => {
      const { words, place } = selected(), home = missed.parentElement;
      missed.elements.content.value = words;
      missed.elements.place.value = place;
      const dialog = document.createElement("dialog");
      dialog.setAttribute("aria-labelledby", "missed");
      dialog.append(missed);
      document.querySelector("main").append(dialog);
      const close = missed.querySelector(".close");
      close.hidden = false;
      close.onclick = () => dialog.close();
      dialog.addEventListener("close", () => { close.hidden = true; home.append(missed); dialog.remove(); });
      dialog.showModal();
      missed.elements.speaker.focus();
    });
  }
}

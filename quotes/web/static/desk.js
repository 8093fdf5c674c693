// What the desk can do better with a script; everything works without.
"use strict";

// A file dropped on the box for a text is read as if it had been chosen.
for (const form of document.querySelectorAll("form.paste")) {
  const file = form.querySelector("input[type=file]");
  const over = (on) => (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("over", on);
  };
  form.addEventListener("dragover", over(true));
  form.addEventListener("dragleave", over(false));
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    form.classList.remove("over");
    file.files = event.dataTransfer.files;
    form.requestSubmit();
  });
  form.addEventListener("submit", () => {
    const button = form.querySelector("button");
    button.textContent = button.dataset.busy;
    button.setAttribute("aria-busy", "true");
  });
}

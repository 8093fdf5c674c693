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

// Whoever checks comes back to where they were on the page.
const PLACE = "place";
document.addEventListener("submit", (event) => {
  if (event.target.method === "post") sessionStorage.setItem(PLACE, JSON.stringify([location.pathname, scrollY]));
});
const [path, y] = JSON.parse(sessionStorage.getItem(PLACE) || "[]");
sessionStorage.removeItem(PLACE);
if (path === location.pathname) scrollTo({ top: y, behavior: "instant" });

/** Put words on the clipboard; where the desk is reached without HTTPS, browsers have an older way only. */
const copy = async (words) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(words);
  const field = document.createElement("textarea");
  field.value = words;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
};

for (const button of document.querySelectorAll("button.copy")) {
  const label = button.textContent;
  button.type = "button";
  button.hidden = false;
  button.addEventListener("click", async () => {
    await copy(button.dataset.copy);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

// Comforts only: every page works without them.
"use strict";

const typing = (node) => node.matches("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") document.querySelectorAll("details.menu[open]").forEach((each) => { each.open = false; });
  if (typing(event.target)) return;
  const find = document.getElementById("find");
  if (event.key === "/" && find) { event.preventDefault(); find.focus(); find.select(); }
  if (event.key === "[") document.querySelector("a[rel=prev]")?.click();
  if (event.key === "]") document.querySelector("a[rel=next]")?.click();
});

document.querySelectorAll("input[type=range]").forEach((range) => {
  const told = range.form.querySelector("output");
  range.addEventListener("input", () => { if (told) told.value = range.value; });
  range.addEventListener("change", () => range.form.requestSubmit());
});

document.querySelectorAll("form[method=post]").forEach((form) => {
  form.addEventListener("submit", () => setTimeout(() => form.querySelectorAll("button").forEach((b) => { b.disabled = true; })));
});
window.addEventListener("pageshow", () => document.querySelectorAll("form button").forEach((b) => { b.disabled = false; }));

document.getElementById("summary")?.focus();

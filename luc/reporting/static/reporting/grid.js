/* The grid without a mouse: arrows move, a region pasted from Excel falls into its cells, only what changed is sent. */
"use strict";
(() => {
  const form = document.querySelector("form[data-grid]");
  if (!form) return;
  const rows = [...form.querySelectorAll("tbody tr")].map((row) => [...row.cells].slice(1).map((cell) => cell.querySelector("input")));
  const at = (input) => {
    for (let y = 0; y < rows.length; y += 1) {
      const x = rows[y].indexOf(input);
      if (x >= 0) return [y, x];
    }
    return null;
  };
  const mark = (input) => input.classList.toggle("is-changed", input.value !== input.defaultValue);
  const move = (y, x, dy, dx) => {
    for (y += dy, x += dx; rows[y] && x >= 0 && x < rows[y].length; y += dy, x += dx) {
      if (rows[y][x]) { rows[y][x].focus(); rows[y][x].select(); return; }
    }
  };
  form.addEventListener("input", (event) => { if (event.target.name && event.target.name.startsWith("c-")) mark(event.target); });
  form.addEventListener("keydown", (event) => {
    const place = event.target.matches("td input") && at(event.target);
    if (!place) return;
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0] }[event.key];
    if (step) { event.preventDefault(); move(...place, ...step); }
  });
  form.addEventListener("paste", (event) => {
    const place = event.target.matches("td input") && at(event.target);
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    if (!place || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    text.split("\n").forEach((line, dy) => line.split("\t").forEach((value, dx) => {
      const input = rows[place[0] + dy] && rows[place[0] + dy][place[1] + dx];
      if (input) { input.value = value.trim(); mark(input); }
    }));
  });
  form.addEventListener("submit", () => form.querySelectorAll("td input").forEach((input) => { input.disabled = input.value === input.defaultValue && !input.hasAttribute("aria-invalid"); }));
  window.addEventListener("pageshow", () => form.querySelectorAll("td input").forEach((input) => { input.disabled = false; }));
})();

/* The list of numbers beside a box: a press puts the number where the caret stands. */
"use strict";
(() => {
  const ready = () => document.querySelectorAll("[data-insert][hidden]").forEach((button) => { button.hidden = false; });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (!button) return;
    const box = document.getElementById(button.dataset.into);
    box.setRangeText(button.dataset.insert, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  });
  document.addEventListener("htmx:afterSwap", ready);
  ready();
})();

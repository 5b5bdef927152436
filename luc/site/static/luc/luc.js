/* Makes pages nicer; every page works without it. */
"use strict";
(() => {
  const english = document.documentElement.lang === "en";
  const say = english
    ? { saving: "Saving…", saved: "Saved at ", failed: "Could not save. What you typed is still here; it will be tried again.", files: "Chosen: " }
    : { saving: "Đang lưu…", saved: "Đã lưu lúc ", failed: "Chưa lưu được. Những gì đã nhập vẫn còn; máy sẽ thử lại.", files: "Đã chọn: " };
  const each = (selector, act, root = document) => root.querySelectorAll(selector).forEach(act);

  /* menus close on Escape and on a click beside them */
  const closeMenus = (except) => each("details[data-menu][open]", (menu) => { if (menu !== except) menu.open = false; });
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    each("details[data-menu][open]", (menu) => { menu.open = false; menu.querySelector("summary").focus(); });
  });

  /* light, dark, as the device: at once, and kept by the server's cookie */
  each("form[data-theme-form]", (form) => form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button) return;
    event.preventDefault();
    const data = new FormData(form);
    data.set("theme", button.value);
    const root = document.documentElement;
    if (button.value === "auto") delete root.dataset.theme; else root.dataset.theme = button.value;
    each("button", (one) => one.setAttribute("aria-pressed", String(one === button)), form);
    fetch(form.action, { method: "POST", body: data, redirect: "manual" }).catch(() => form.submit());
  }));

  /* a long form saves itself: the same address, the same fields, with the header X-Autosave */
  const dirty = new Set();
  const autosave = (form) => {
    let timer, running = false, again = false, waiting = null;
    const note = form.querySelector("[data-saved]") || form.appendChild(Object.assign(document.createElement("p"), { className: "saved" }));
    note.setAttribute("role", "status");
    const show = (words, bad) => { note.textContent = words; note.classList.toggle("is-bad", Boolean(bad)); };
    const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };
    const save = async () => {
      if (running) { again = true; return; }
      running = true; again = false;
      show(say.saving);
      try {
        const data = new FormData(form), fields = [...data];
        /* without files as a plain form, line ends as forms send them: a fifth of the bytes of a multipart body */
        const plain = fields.every(([, value]) => typeof value === "string") &&
          new URLSearchParams(fields.map(([name, value]) => [name, value.replace(/\r?\n/g, "\r\n")]));
        const answer = await fetch(form.getAttribute("action") || location.href, {
          method: "POST", body: plain || data, headers: { "X-Autosave": "1" }, redirect: "error", keepalive: false });
        if (!answer.ok) throw new Error(answer.status);
        const kept = (answer.headers.get("content-type") || "").includes("json") ? await answer.json() : {};
        for (const [name, value] of Object.entries(kept.fields || {})) {
          const input = form.elements[name];
          if (input && input.type === "hidden") input.value = value;
        }
        if (kept.error) { show(kept.error, true); return; }
        if (!again) dirty.delete(form);
        show(say.saved + new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" }));
      } catch (_) {
        show(say.failed, true);
        later(15000);
      } finally {
        running = false;
        if (waiting) { clearTimeout(timer); form.requestSubmit(...waiting); waiting = null; }
        else if (again) later(300);
      }
    };
    form.addEventListener("input", (event) => { if (event.target.type !== "file") { dirty.add(form); later(1200); } });
    /* sent in the middle of a save: it goes on from what that one's answer brings, not beside it */
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      if (!running) { dirty.delete(form); return; }
      event.preventDefault();
      waiting = event.submitter ? [event.submitter] : [];
    });
  };

  /* leaving a page with typed and unsaved words asks first */
  const warn = (form) => {
    form.addEventListener("input", () => dirty.add(form));
    form.addEventListener("submit", () => dirty.delete(form));
  };
  window.addEventListener("beforeunload", (event) => { if (dirty.size) event.preventDefault(); });

  /* an item and its words in the paper light up together */
  const lit = (names, on) => names.split(" ").forEach((name) => {
    each(`[data-place~="${CSS.escape(name)}"]`, (one) => one.classList.toggle("is-lit", on));
  });
  const placeOf = (event) => event.target.closest && event.target.closest("[data-place]");
  for (const [type, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(type, (event) => { const one = placeOf(event); if (one) lit(one.dataset.place, on); });
  }
  const toThird = (goal) => {
    const pane = goal && goal.closest(".pane");
    if (pane) pane.scrollTop += goal.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
  };
  /* in two panes the other side scrolls along, the page stays where it is */
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".panes a[href^='#']");
    const goal = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!goal || !goal.closest(".pane") || !matchMedia("(min-width: 60rem)").matches) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    toThird(goal);
    each(".is-lit", (one) => one.classList.remove("is-lit"));
    goal.classList.add("is-lit");
    const focus = goal.matches("a, [tabindex]") ? goal : goal.querySelector("a, button, input, select, textarea");
    if (focus) focus.focus({ preventScroll: true });
  });

  /* two panes open at the item that the address names, else where the section begins in the paper */
  const panes = document.querySelector(".panes");
  if (panes && matchMedia("(min-width: 60rem)").matches) {
    const item = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const words = item && item.closest(".panes") ? item.dataset.place : panes.dataset.first;
    if (words) words.split(" ").forEach((name) => toThird(document.getElementById(name)));
  }

  /* the names of chosen files; a box that shows it is ready to take them */
  const drop = (box) => {
    const input = box.querySelector("input[type=file]");
    if (!input) return;
    const list = box.appendChild(Object.assign(document.createElement("ul"), { className: "drop-list" }));
    list.setAttribute("aria-live", "polite");
    const size = (bytes) => (bytes < 1e6 ? Math.ceil(bytes / 1024) + " KB" : (bytes / 1048576).toLocaleString("vi-VN", { maximumFractionDigits: 1 }) + " MB");
    input.addEventListener("change", () => list.replaceChildren(...[...input.files].map((file) =>
      Object.assign(document.createElement("li"), { textContent: `${say.files}${file.name} (${size(file.size)})` }))));
    for (const type of ["dragenter", "dragover"]) input.addEventListener(type, () => box.classList.add("is-over"));
    for (const type of ["dragleave", "drop"]) input.addEventListener(type, () => box.classList.remove("is-over"));
  };

  const start = (root) => {
    each("form[data-autosave]", autosave, root);
    each("form[data-warn]", warn, root);
    each("[data-drop]", drop, root);
    each("[data-submit-on-change]", (one) => one.addEventListener("change", () => one.form.requestSubmit()), root);
    each("[data-print]", (one) => { one.hidden = false; one.addEventListener("click", () => window.print()); }, root);
  };
  start(document);
  document.addEventListener("htmx:afterSwap", (event) => start(event.target));
  const wrong = document.querySelector("[data-focus]");
  if (wrong) wrong.focus();
  /* a strip that is wider than the screen begins where the person is */
  for (const here of document.querySelectorAll(".tabs [aria-current]")) {
    const strip = here.closest(".tabs");
    strip.scrollLeft = Math.max(0, here.getBoundingClientRect().right - strip.getBoundingClientRect().right + 48);
  }
})();

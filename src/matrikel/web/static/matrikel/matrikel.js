// Conveniences only: every page works without this file. Nothing here holds a word for the reader; texts come from the page.
"use strict";
(() => {
  const root = document.documentElement;
  const user = root.dataset.user || "";
  const $$ = (query, from = document) => [...from.querySelectorAll(query)];
  const typing = (el) => el.closest("input, textarea, select, [contenteditable]") !== null;

  // ── Keys: "/" finds, letters follow data-key ("a" or "g p"), j and k walk lists ──
  let before = "";
  const press = (el) => (el.matches("input, textarea, select") ? el.focus() : el.click());
  const keyed = (keys) => $$("[data-key]").find((el) => el.dataset.key === keys && el.checkVisibility());

  const walk = (step, from) => {
    const lists = $$("[data-list]");
    const list = from.closest("[data-list]") || lists.find((el) => el.querySelector("[data-here]")) || lists[0];
    if (!list) return false;
    const items = $$(list.matches("table") ? "tbody > tr" : ":scope > li", list).filter((el) => el.querySelector("a, button"));
    const here = items.findIndex((el) => el.contains(from) || el.hasAttribute("data-here"));
    const next = items[here < 0 ? 0 : Math.min(items.length - 1, Math.max(0, here + step))];
    if (next) next.querySelector("a, button").focus();
    return Boolean(next);
  };

  document.addEventListener("focusin", (event) => {
    $$("[data-here]").forEach((el) => el.removeAttribute("data-here"));
    const item = event.target.closest("[data-list] > li, [data-list] > tbody > tr");
    if (item) item.setAttribute("data-here", "");
  });

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const el = event.target;
    if (typing(el)) {
      if (event.key === "Escape" && el.matches("input[type=search]") && !el.value) el.blur();
      return;
    }
    const arrows = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in arrows && el.closest("[data-list]")) {
      if (walk(arrows[event.key], el)) event.preventDefault();
      return;
    }
    if (root.dataset.shortcuts === "off" || event.key.length !== 1) return;
    const key = event.key.toLowerCase();
    const pair = before + " " + key;
    before = "";
    const target = keyed(pair) || keyed(key);
    if (target) press(target);
    else if (key === "j" || key === "k") { if (!walk(key === "j" ? 1 : -1, el)) return; }
    else if ($$("[data-key]").some((item) => item.dataset.key.startsWith(key + " "))) {
      before = key;
      setTimeout(() => { before = ""; }, 1500);
    } else return;
    event.preventDefault();
  });

  const list = document.getElementById("key-list");
  if (list) {
    for (const el of $$("[data-key]")) {
      const row = list.insertRow();
      for (const key of el.dataset.key.split(" ")) {
        if (!row.cells.length) row.insertCell();
        row.cells[0].append(Object.assign(document.createElement("kbd"), { textContent: key.toUpperCase() }), " ");
      }
      const copy = el.cloneNode(true);
      $$("kbd, .n", copy).forEach((part) => part.remove());
      row.insertCell().textContent = el.dataset.keyLabel || el.getAttribute("aria-label") || copy.textContent.trim();
      el.setAttribute("aria-keyshortcuts", el.dataset.key);
    }
  }

  // ── Drafts: what is typed in form[data-draft] stays on this machine until the server has taken it ──
  const prefix = "matrikel-draft:";
  const keyOf = (form) => prefix + user + ":" + (form.dataset.draft || new URL(form.action).pathname);
  const kept = (form) => $$("textarea[name], input[name]", form).filter(
    (el) => ["textarea", "text", "search", "date", "number", "tel", "email", "url"].includes(el.type));
  const say = (form, text) => $$("[data-draft-state]", form).forEach((el) => { el.textContent = text; });
  const sent = () => JSON.parse(sessionStorage.getItem("matrikel-sent") || "[]");

  const save = (form) => {
    const values = Object.fromEntries(kept(form).filter((el) => el.value !== el.defaultValue).map((el) => [el.name, el.value]));
    const time = Date.now();
    if (Object.keys(values).length) localStorage.setItem(keyOf(form), JSON.stringify({ time, values }));
    else localStorage.removeItem(keyOf(form));
    say(form, `${root.dataset.textSaved || ""} ${new Date(time).toLocaleTimeString(root.lang, { timeStyle: "short" })}`);
  };

  const restore = (form) => {
    const draft = JSON.parse(localStorage.getItem(keyOf(form)) || "null");
    if (!draft) return;
    const fields = kept(form).filter((el) => el.name in draft.values && el.value === el.defaultValue);
    fields.forEach((el) => { el.value = draft.values[el.name]; });
    if (fields.length) say(form, root.dataset.textRestored || "");
  };

  const forget = (key) => localStorage.removeItem(key);
  const failed = (form) => form !== undefined && form.querySelector(".bad, .err-sum") !== null;
  const settle = () => {
    // Reached by a link or a redirect from our own pages and not from a broken one: the server has answered for the form.
    const how = performance.getEntriesByType("navigation")[0]?.type;
    const answered = how === "navigate" && document.referrer.startsWith(location.origin) && !("failed" in root.dataset);
    if (answered) sent().filter((key) => !failed($$("form[data-draft]").find((f) => keyOf(f) === key))).forEach(forget);
    sessionStorage.removeItem("matrikel-sent");
    const old = Date.now() - 24 * 3600e3;
    Object.keys(localStorage).filter((key) => key.startsWith(prefix))
      .filter((key) => JSON.parse(localStorage.getItem(key)).time < old).forEach(forget);
  };

  const timers = new WeakMap();
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form) return;
    if (form.matches("[data-guard]")) form.dataset.dirty = "";
    if (!form.matches("[data-draft]") || !user) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(save, 400, form));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    delete form.dataset.dirty;
    if (form.matches("[data-logout]")) Object.keys(localStorage).filter((key) => key.startsWith(prefix)).forEach(forget);
    if (form.matches("[data-draft]") && user) {
      clearTimeout(timers.get(form));
      save(form);
      sessionStorage.setItem("matrikel-sent", JSON.stringify([...sent(), keyOf(form)]));
    }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt;
    if (event.detail.successful && form.matches?.("form[data-draft]") && !failed(form)) forget(keyOf(form));
  });
  document.addEventListener("htmx:load", (event) => $$("form[data-draft]", event.detail.elt).forEach(restore));
  window.addEventListener("beforeunload", (event) => { if (document.querySelector("form[data-dirty]")) event.preventDefault(); });

  // ── Small things ──
  document.addEventListener("click", (event) => {
    if (event.target.closest("a, [type=submit]")) event.target.closest(".menu[popover]")?.hidePopover();
  });
  if (user) { settle(); $$("form[data-draft]").forEach(restore); }
  document.querySelector(".err-sum")?.focus();
})();

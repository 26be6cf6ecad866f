// An open form: saves itself, keeps what could not be saved, shows what answers ask for. The page works without this file.
"use strict";
(() => {
  const form = document.querySelector("form[data-filling]");
  if (!form) return;
  const $$ = (query, from = form) => [...from.querySelectorAll(query)];
  const status = form.querySelector("[data-saved]");
  const store = form.dataset.keep ? `matrikel-filling:${location.pathname}` : "";
  const sectionOf = (el) => el.closest("[data-section]");
  const named = (section) => $$("[name]", section).filter((el) => !el.matches("button, [type=hidden]"));
  const dirty = new Set();
  const changed = (ids = dirty) => [...ids].map((id) => document.getElementById(id)).filter(Boolean);
  let timer, busy = false, sent = false, patience = 2000;

  // ── What is sent: the sections that changed, each with the version it was opened in ──
  const body = (sections, button) => {
    const all = new FormData(form), data = new URLSearchParams();
    const inside = new Set(sections.flatMap((section) => $$("[name]", section).map((el) => el.name)));
    const about = new Set($$("[name]").filter((el) => !sectionOf(el)).map((el) => el.name));
    for (const [name, value] of all) if (inside.has(name) || about.has(name)) data.append(name, value);
    if (button) data.set(button.name, button.value);
    return data;
  };
  const say = (text) => { if (status.textContent !== text) status.textContent = text; };

  const save = async (button) => {
    clearTimeout(timer);
    if (!form.dataset.filling) { keep(); return; }
    if (sent) return;
    if (busy) { if (button) timer = setTimeout(save, 300, button); return; }
    if (button) dirty.add(sectionOf(button).id);
    const ids = [...dirty].filter((id) => !document.querySelector(`#${CSS.escape(id)} [data-conflict]`) || button);
    const sections = changed(ids);
    if (!sections.length) return;
    busy = true;
    ids.forEach((id) => dirty.delete(id));
    try {
      const answer = await fetch(form.dataset.filling, { method: "POST", body: body(sections, button), headers: { "HX-Request": "true" } });
      if (answer.redirected || answer.status === 403) throw Object.assign(new Error(), { out: true });
      if (!answer.ok) throw new Error();
      const redrawn = button && sectionOf(button).id;
      htmx.swap(status, await answer.text(), { swapStyle: "innerHTML" });
      patience = 2000;
      if (redrawn) { check(); focusIn(redrawn, button); }
      if (status.querySelector("[data-unsaved]")) ids.forEach((id) => dirty.add(id));
      else if (!dirty.size && store) sessionStorage.removeItem(store);
    } catch (fault) {
      ids.forEach((id) => dirty.add(id));
      say(fault.out ? form.dataset.textOut : form.dataset.textUnsaved);
      keep();
      patience = Math.min(patience * 1.5, 20000);
      timer = setTimeout(save, patience);
    } finally { busy = false; }
  };
  const soon = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };
  const touched = (el) => (el.options ? [...el.options].some((option) => option.index && option.selected !== option.defaultSelected)
    : el.value !== el.defaultValue || el.checked !== el.defaultChecked);

  const focusIn = (id, button) => {
    const section = document.getElementById(id);
    const rows = $$(".row-of", section).filter((row) => row.id.startsWith(`${button.value}/`) && row.id.split("/").length === button.value.split("/").length + 1);
    const target = button.name === "add" ? rows.at(-1) : section.querySelector(".gone button") || document.getElementById(button.value);
    (target?.matches(".row-of") ? target.querySelector("input:not([type=hidden]), textarea, select") : target || section.querySelector("h2"))?.focus();
  };

  // ── What could not be saved stays in this tab until it has been ──
  const keep = () => store && sessionStorage.setItem(store, JSON.stringify({ ids: [...dirty], sent: [...body(changed())].filter(([name]) => name !== "csrfmiddlewaretoken") }));
  const restore = () => {
    const kept = JSON.parse((store && sessionStorage.getItem(store)) || "null");
    if (!kept) return;
    // The same open form as before, in the version it had: whoever wrote meanwhile is met, and one's own last saving is not.
    const was = Object.fromEntries(kept.sent);
    // The answer to what was sent has all of it, and what came of a choice between two texts: older words do not go over it.
    const answered = form.elements.form.value === was.form;
    form.elements.form.value = was.form;
    for (const section of changed(kept.ids)) {
      dirty.add(section.id);
      if (answered) continue;
      for (const el of named(section)) {
        const values = kept.sent.filter(([name]) => name === el.name).map(([, value]) => value);
        if (el.matches("[type=radio], [type=checkbox]")) el.checked = values.includes(el.value);
        else if (values.length) el.value = values[0];
      }
      form.elements[`version.${section.id}`].value = was[`version.${section.id}`];
    }
    soon(200);
  };

  // ── What answers ask for ──
  const valueOf = (name) => {
    const fields = $$(`[name="${CSS.escape(name)}"]`).filter((el) => el.type !== "hidden" && !el.closest("[hidden]"));
    return fields.filter((el) => !el.matches("[type=radio], [type=checkbox]") || el.checked).map((el) => el.value.trim()).filter(Boolean);
  };
  const holds = (rule) => {
    if (rule.op === "all") return rule.parts.every(holds);
    if (rule.op === "any") return rule.parts.some(holds);
    if (rule.op === "not") return !holds(rule.parts[0]);
    const values = valueOf(rule.name), number = Number((values[0] || "").replace(",", "."));
    if (!values.length) return false;
    if (rule.op === "is") return values.some((value) => rule.values.includes(value));
    if (rule.op === "answered") return true;
    if (Number.isNaN(number)) return false;
    return rule.op === "at_least" ? number >= rule.limit : number <= rule.limit;
  };
  const check = () => {
    const conditional = $$("[data-when]", document);
    for (let round = 0, changed = true; changed && round < conditional.length + 1; round += 1) {
      changed = false;
      for (const el of conditional) {
        const shown = holds(JSON.parse(el.dataset.when));
        if (el.hidden === shown) { el.hidden = !shown; el.inert = !shown; changed = true; }
      }
    }
  };
  const count = (el) => {
    const left = Number(el.dataset.longest) - el.value.length;
    const told = document.getElementById(`${el.id}-left`);
    if (told) told.textContent = left < 0.2 * el.dataset.longest ? `${left} ${form.dataset.textLeft}` : "";
  };

  form.addEventListener("input", (event) => {
    const el = event.target, section = sectionOf(el);
    if (!section) return;
    sent = false;
    if (el.type === "checkbox" && el.checked) $$(`[name="${CSS.escape(el.name)}"]`, section).filter((other) => other !== el && ("alone" in el.dataset || "alone" in other.dataset)).forEach((other) => { other.checked = false; });
    if (el.dataset.longest) count(el);
    dirty.add(section.id);
    check();
    soon(2500);
  });
  form.addEventListener("change", () => soon(150));
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (["add", "remove", "restore"].includes(button?.name)) {
      event.preventDefault();
      save(button);
    } else if (button?.name === "clear") {
      event.preventDefault();
      $$(`[name="${CSS.escape(button.value)}"]`).forEach((el) => { el.checked = false; });
      button.closest("[data-ask]").querySelector("input").dispatchEvent(new Event("input", { bubbles: true }));
      button.closest("[data-ask]").querySelector("input").focus();
      soon(150);
    } else { keep(); sent = true; }
  });
  addEventListener("pageshow", () => { sent = false; });
  addEventListener("online", () => soon(0));
  addEventListener("pagehide", () => {
    if (!dirty.size || sent) return;
    keep();
    if (form.dataset.filling) fetch(form.dataset.filling, { method: "POST", body: body(changed()), headers: { "HX-Request": "true" }, keepalive: true }).catch(() => {});
  });

  // ── Keys, and where one is ──
  const go = (step) => {
    const heads = $$("[data-section]:not([hidden])");
    const here = heads.findIndex((el) => el.contains(document.activeElement));
    heads[Math.min(heads.length - 1, Math.max(0, here + step))]?.querySelector("h2").focus();
  };
  document.addEventListener("keydown", (event) => {
    const key = event.key;
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "s") { event.preventDefault(); const el = sectionOf(document.activeElement); if (el) dirty.add(el.id); save(); }
    else if (event.altKey && (key === "ArrowDown" || key === "ArrowUp")) { event.preventDefault(); go(key === "ArrowDown" ? 1 : -1); }
    else if (key === "F1") {
      const help = document.activeElement.closest?.("[data-ask]")?.querySelector(".margin");
      if (help) { event.preventDefault(); help.focus(); }
    } else if (key === "Escape" && document.activeElement.matches?.(".margin")) document.activeElement.parentElement.querySelector("input, textarea, select")?.focus();
  });
  form.addEventListener("focusin", (event) => {
    const id = sectionOf(event.target)?.id;
    $$("[data-toc]", document).forEach((el) => (el.dataset.toc === id ? el.setAttribute("aria-current", "true") : el.removeAttribute("aria-current")));
  });
  named(form).filter(touched).forEach((el) => el.dispatchEvent(new Event("input", { bubbles: true }))); // before this file had come
  restore();
  check();
})();

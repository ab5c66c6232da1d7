// The page of one report: saves what is typed, shows what is wrong, takes a block of cells.
"use strict";
(() => {
  document.documentElement.classList.add("scripted"); // this is the last script: all of them work
  const form = document.getElementById("fields");
  if (!form) return;

  const AT = "at:";
  const saved = document.getElementById("saved");
  const state = document.getElementById("state");
  const list = document.getElementById("findings");
  const address = (field) => field.name.slice(AT.length);
  const fieldAt = (place) => document.getElementById(AT + place);
  const fields = () => [...form.elements].filter((one) => one.name.startsWith(AT));
  const notice = document.getElementById("notice");
  let waiting = 0;
  let sending = false;
  const showFindings = keepFindings(list);

  const history = keepHistory(form, (changed, words, isUndone) => {
    for (const field of changed) { settleClash(field); shape(field); }
    const [field] = changed;
    field?.focus();
    field?.scrollIntoView({ block: "nearest" });
    const verb = isUndone ? "已撤销" : "又做了一遍";
    const many = words ? `${verb}${words}：${changed.length} 格` : `${verb}：${labelOf(field)}`;
    saveAll().then((isSaved) => { if (isSaved) tell(many); });
  });

  // Say something that must not be missed, with buttons for what can be done about it.
  function tell(words, ...acts) {
    const said = document.createElement("p");
    said.textContent = words;
    const buttons = [...acts, ["知道了", () => {}]].map(([name, act]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      button.addEventListener("click", () => { notice.hidden = true; act(); });
      return button;
    });
    notice.replaceChildren(said, ...buttons);
    notice.hidden = false;
  }

  // Make a field look as its value wants it: as high as its text, its choices ticked.
  function shape(field) {
    grow(field);
    const chosen = field.value.split("、");
    for (const box of form.querySelectorAll("[data-for]"))
      if (box.dataset.for === field.id) box.checked = chosen.includes(box.value);
  }

  // What was refused is sent again only once that very field is edited again, or chosen.
  const refused = () => fields().filter((one) => one.dataset.refused);

  function changed() {
    return fields().filter((one) => one.value !== one.dataset.was && !one.dataset.refused);
  }

  function later(delay) {
    clearTimeout(waiting);
    waiting = setTimeout(save, delay);
  }

  async function save() {
    clearTimeout(waiting);
    if (sending) { later(15); return; }
    const edited = changed();
    if (!edited.length) return;
    sending = true;
    const edits = edited.map((one) => [address(one), one.dataset.was, one.value]);
    saved.textContent = "正在保存……";
    try {
      const answer = await fetch(`/draft/${form.dataset.name}/edit`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ edits }),
      });
      if (answer.ok) show(await answer.json(), edits);
      else if (answer.status === 409) saved.textContent = "没有保存：" + (await answer.json()).stopped;
      else saved.textContent = "没有保存：" + (await answer.text());
    } catch {
      saved.textContent = "没有保存：年报助手已经关了。请再打开它，填的还在这一页上。";
    } finally {
      sending = false;
    }
  }

  function show(told, edits) {
    const clashing = new Set(told.clashes.map((one) => one.address));
    for (const [place, , sent] of edits) {
      const field = fieldAt(place);
      if (!field || clashing.has(place)) continue;
      field.dataset.was = told.values[place];
      if (field.value === sent && field !== document.activeElement) history.settle(field, told.values[place]);
      else if (field.value === sent) field.dataset.was = sent;
    }
    for (const field of fields()) {
      const place = address(field);
      mark(field, told.ids[place] || [], told.marks[place]);
      if (field.classList.contains("total")) field.placeholder = told.computed[place] || "";
    }
    showFindings(told.findings);
    for (const shown of document.querySelectorAll("[data-preview]")) {
      const text = told.previews[shown.dataset.preview] || "";
      shown.querySelector(".bound").textContent = text;
      shown.hidden = !text;
    }
    if (told.version !== form.elements.version.value) document.getElementById("last-done")?.remove();
    state.textContent = told.state;
    state.dataset.sound = told.sound ? "1" : "0";
    form.elements.version.value = told.version;
    const refusals = told.clashes.map((one) => clash(one, edits));
    const more = changed().length;
    if (more) later(0);
    saved.textContent = refusals.length
      ? refusals.join("；")
      : refused().length ? `有 ${refused().length} 处没有保存，在那一格旁边定用哪个`
      : more ? "正在保存……"
      : "已保存 " + new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
    highlight();
  }

  // Keep a value that was refused in its field, with what stands in the file beside it.
  function clash(one, edits) {
    const field = fieldAt(one.address);
    const [, , sent] = edits.find(([place]) => place === one.address) || [];
    if (field && field.value === sent) {
      settleClash(field);
      field.dataset.refused = "1";
      field.dataset.was = one.there;
      field.insertAdjacentElement("afterend", bothValues(field, one));
    }
    return one.why ? `${one.label}没有保存：${one.why}` : `${one.label}没有保存：刚在别处改成“${one.there}”，在那一格旁边定用哪个`;
  }

  function settleClash(field) {
    if (!field.dataset.refused) return;
    delete field.dataset.refused;
    field.parentElement.querySelector(".clash")?.remove();
  }

  function bothValues(field, one) {
    const shown = document.createElement("span");
    shown.className = "clash";
    const choose = (name, act) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      button.addEventListener("click", () => { settleClash(field); act(); field.focus(); save(); });
      return button;
    };
    shown.append(one.why || `您填的是“${field.value}”，文件里是“${one.there}”`, " ");
    if (!one.why) shown.append(choose("用我的", () => {}), " ");
    shown.append(choose("用文件里的", () => { history.put([[field, one.there]], ""); shape(field); saved.textContent = "用了文件里的"; }));
    return shown;
  }

  function mark(field, ids, severity) {
    if (severity) field.dataset.mark = severity;
    else delete field.dataset.mark;
    if (ids.length) field.setAttribute("aria-describedby", ids.join(" "));
    else field.removeAttribute("aria-describedby");
    if (severity === "error") field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }

  function highlight() {
    const field = document.activeElement;
    const ids = (field?.getAttribute?.("aria-describedby") || "").split(" ");
    for (const item of list.querySelectorAll(".finding")) {
      const here = ids.includes(item.id);
      item.classList.toggle("here", here);
      if (here) item.scrollIntoView({ block: "nearest" });
    }
  }

  form.addEventListener("input", (event) => {
    if (!event.target.name?.startsWith(AT)) return;
    settleClash(event.target);
    later(30);
  });
  form.addEventListener("change", (event) => { if (event.target.name?.startsWith(AT)) later(0); });
  form.addEventListener("focusin", highlight);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { name, value } = event.submitter || {};
    if (name === "take") {
      const [place, now] = value.split("|");
      const field = fieldAt(place);
      if (field) { settleClash(field); history.put([[field, now]], ""); shape(field); field.focus(); }
    }
    if (name === "copy") {
      const field = fieldAt(value);
      const before = event.submitter.closest(".before").querySelector(".bound").textContent;
      const own = field.value === field.dataset.ready ? "" : field.value.trim();
      history.put([[field, [own, before].filter(Boolean).join("\n")]], "");
      field.focus();
      grow(field);
    }
    if (name !== "act") { save(); return; }
    const blank = value.startsWith("waive|")
      && [...event.submitter.closest("details").querySelectorAll("input")].find((one) => !one.value.trim());
    if (blank) { tell(`没有放过：先写“${labelOf(blank)}”`); blank.focus(); return; }
    event.submitter.disabled = true;
    if (!await isReady()) { event.submitter.disabled = false; return; }
    const asked = document.createElement("input");
    Object.assign(asked, { type: "hidden", name, value });
    form.append(asked);
    form.submit();
  });

  // Save all that was typed; return whether nothing is left.
  async function saveAll() {
    for (let tries = 0; sending || (changed().length && tries < 40); tries += 1) {
      if (sending) await new Promise((done) => setTimeout(done, 25));
      else await save();
      if (!sending && saved.textContent.startsWith("没有保存")) return false;
    }
    return !changed().length;
  }

  // Save all before something is done with the whole; a value that was refused is settled first.
  async function isReady() {
    const isSaved = await saveAll();
    const [open] = refused();
    open?.scrollIntoView({ block: "center" });
    return isSaved && !open;
  }

  function grow(field) {
    if (field.tagName !== "TEXTAREA") return;
    field.rows = field.closest("table") ? 1 : 3;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 4}px`;
  }
  for (const field of form.querySelectorAll("textarea")) grow(field);
  form.addEventListener("input", (event) => grow(event.target));

  form.addEventListener("change", (event) => {
    const box = event.target;
    if (!box.dataset.for) return;
    const field = document.getElementById(box.dataset.for);
    const boxes = [...form.querySelectorAll("[data-for]")].filter((one) => one.dataset.for === box.dataset.for);
    const chosen = boxes.filter((one) => one.checked).map((one) => one.value).join("、");
    history.put([[field, chosen]], "");
    later(0);
  });
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    event.preventDefault();
    const field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    field?.focus();
    field?.scrollIntoView({ block: "center" });
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed().length || refused().length) { save(); event.preventDefault(); }
  });
  for (const other of document.querySelectorAll(".acts-bar form")) {
    other.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = other.querySelector("button");
      const words = button.textContent;
      button.disabled = true;
      button.textContent = "正在做……";
      if (await isReady()) { other.submit(); return; }
      button.disabled = false;
      button.textContent = words;
      tell(saved.textContent);
    });
  }

  if (changed().length) later(0);  // typed before this script was there

  moveByKeys(form, (field) => field.name.startsWith(AT));

  form.addEventListener("paste", (event) => {
    const field = event.target;
    const text = event.clipboardData?.getData("text/plain") || "";
    if (!field.closest?.("table") || !/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    pasteBlock(field, text);
  });

  // Paste a block whole, or nothing of it: a value without a cell means that it was laid wrong.
  function pasteBlock(field, text) {
    const found = whereIs(field);
    if (!found) return;
    const block = readBlock(text, field.inputMode === "decimal");
    const named = found.grid.map((line, number) => rowLabel(field.closest("table").rows[number]));
    const matched = rowOfLabels(block.labels, named, found.row);
    const column = matched < 0 ? found.column : found.grid[matched].findIndex(Boolean);
    const row = matched < 0 ? found.row : matched;

    const { pairs, over } = placeBlock(block.rows, found.grid, row, column);
    if (!over) { putBlock(pairs, block); return; }
    const here = placeBlock(block.rows, found.grid, found.row, found.column);
    const size = `${block.rows.length} 行 ${Math.max(...block.rows.map((line) => line.length))} 列`;
    tell(
      `没有粘贴：这一块有 ${size}数，从“${labelOf(field)}”放起，有 ${here.over || over} 个没有格子可放。看看复制的是不是这张表，要不要换一格再贴。`,
      ["仍然从这一格粘贴", () => putBlock(here.pairs, block, here.over)],
    );
  }

  function putBlock(pairs, block, over = 0) {
    history.put(pairs, "粘贴");
    for (const [field] of pairs) { settleClash(field); shape(field); }
    const first = pairs.slice(0, block.rows[0].length).map(([, value]) => value || "空");
    const off = [
      block.columns ? `左边 ${block.columns} 列名称` : "",
      block.heads ? `上面 ${block.heads} 行表头` : "",
    ].filter(Boolean).join("和");
    const said = `粘贴了 ${pairs.length} 格，从“${labelOf(pairs[0]?.[0])}”起，第一行：${first.join("、")}`
      + (off ? `；${off}没有贴` : "") + (over ? `；有 ${over} 个值没有格子可放` : "");
    saveAll().then((isSaved) => tell(isSaved ? said : `${said}；还没有都存下`, ["撤销", history.undo]));
  }
})();

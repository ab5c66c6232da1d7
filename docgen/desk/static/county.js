// The county's pages: files and folders are dropped, messages are copied.
"use strict";
(() => {
  const MOST_FILES = 200; // of one request
  const MOST_BYTES = 32 * 1024 * 1024;

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = document.getElementById(button.dataset.copy);
      text.select();
      let copied = true;
      try { await navigator.clipboard.writeText(text.value); } catch { copied = document.execCommand("copy"); }
      button.parentElement.querySelector(".copied").textContent = copied ? "复制好了" : "已经选中，请按 Ctrl+C";
    });
  }

  for (const zone of document.querySelectorAll("form[data-drop]")) prepareZone(zone);

  function prepareZone(zone) {
    const single = zone.querySelector("input[name=roster]");
    const told = zone.querySelector(".zone-told");
    zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
    zone.addEventListener("dragleave", () => zone.classList.remove("over"));
    zone.addEventListener("drop", async (event) => {
      event.preventDefault();
      zone.classList.remove("over");
      if (single) {
        single.files = event.dataTransfer.files;
        if (single.files.length) zone.requestSubmit();
        return;
      }
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
      const found = entries.length ? [] : [...event.dataTransfer.files].map((file) => ({ file, name: file.name }));
      for (const entry of entries) await gather(entry, "", found);
      send(zone, told, found);
    });
    if (single) return;
    zone.addEventListener("submit", (event) => {
      event.preventDefault();
      const inputs = [...zone.querySelectorAll("input[type=file]")];
      const found = inputs.flatMap((input) =>
        [...input.files].map((file) => ({ file, name: file.webkitRelativePath || file.name })));
      send(zone, told, found);
    });
  }

  async function gather(entry, inside, found) {
    if (entry.isFile) {
      const file = await new Promise((done) => entry.file(done, () => done(null)));
      if (file) found.push({ file, name: inside + entry.name });
      return;
    }
    const reader = entry.createReader();
    for (;;) { // a browser gives a hundred at a time
      const some = await new Promise((done) => reader.readEntries(done, () => done([])));
      if (!some.length) return;
      for (const one of some) await gather(one, `${inside}${entry.name}/`, found);
    }
  }

  function folderOf(name) { return name.slice(0, name.lastIndexOf("/") + 1); }

  // What lies in one folder is sent in one request: CSV files that belong together stay so.
  function inBatches(found) {
    found.sort((one, other) => (folderOf(one.name) < folderOf(other.name) ? -1 : 1));
    const batches = [];
    let bytes = Infinity;
    let before = null;
    for (const one of found) {
      const batch = batches.at(-1);
      const full = !batch || batch.length >= MOST_FILES || bytes + one.file.size > MOST_BYTES;
      if (full && !(folderOf(one.name) && folderOf(one.name) === before && bytes < 4 * MOST_BYTES)) {
        batches.push([]);
        bytes = 0;
      }
      batches.at(-1).push(one);
      bytes += one.file.size;
      before = folderOf(one.name);
    }
    return batches;
  }

  async function send(zone, told, found) {
    if (!found.length) { told.textContent = "没有选文件。"; return; }
    const buttons = [...zone.querySelectorAll("button")];
    const stopper = new AbortController();
    const stop = document.createElement("button");
    stop.type = "button";
    stop.textContent = "停下";
    stop.addEventListener("click", () => stopper.abort());
    for (const one of buttons) one.disabled = true;
    let sent = 0;
    try {
      const batches = inBatches(found);
      for (const [number, batch] of batches.entries()) {
        told.replaceChildren(`正在放：${sent} / ${found.length} 个 `, stop);
        const form = new FormData();
        if (number < batches.length - 1) form.append("more", "1");
        for (const one of batch) form.append("files", one.file, one.name);
        const answer = await fetch(zone.action, { method: "POST", body: form, redirect: "manual", signal: stopper.signal });
        if (!answer.ok && answer.type !== "opaqueredirect") throw new Error(await why(answer));
        sent += batch.length;
      }
      told.textContent = `放好了 ${sent} 个。`;
      location.assign(location.pathname);
    } catch (error) {
      const reason = stopper.signal.aborted ? "停下了" : error.message || "年报助手已经关了，请再打开它";
      told.textContent = `${reason}。已经放进 ${sent} 个，其余 ${found.length - sent} 个没有放。`;
      for (const one of buttons) one.disabled = false;
    }
  }

  async function why(answer) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("h1")?.textContent || page.body.textContent.slice(0, 200);
  }
})();

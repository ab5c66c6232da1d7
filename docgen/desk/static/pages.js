// Any page: a dropped file is handed in, work that goes on beside is watched.
"use strict";
(() => {
  if (document.getElementById("task")) watchTask();
  if (document.getElementById("drop")) takeDrops(document.getElementById("drop"));

  // A file dropped anywhere on the first page is handed in.
  function takeDrops(target) {
    const page = document.body;
    const isFile = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
    const onInput = (event) => event.target.type === "file";
    addEventListener("dragover", (event) => {
      if (!isFile(event) || onInput(event)) return;
      event.preventDefault();
      page.classList.add("dropping");
    });
    addEventListener("dragleave", (event) => { if (!event.relatedTarget) page.classList.remove("dropping"); });
    addEventListener("drop", (event) => {
      page.classList.remove("dropping");
      if (!isFile(event) || onInput(event)) return;
      event.preventDefault();
      target.elements.file.files = event.dataTransfer.files;
      target.requestSubmit();
    });
    target.elements.file.addEventListener("change", () => target.requestSubmit());
  }

  async function watchTask() {
    const shown = document.getElementById("progress");
    for (;;) {
      await new Promise((done) => setTimeout(done, 400));
      try {
        const now = await (await fetch("/county/progress")).json();
        if (now.over) { location.reload(); return; }
        shown.textContent = `${now.total ? `${now.done} / ${now.total}，` : ""}已用 ${now.seconds} 秒`;
      } catch {
        shown.textContent = "年报助手已经关了，请再打开它。";
        return;
      }
    }
  }
})();

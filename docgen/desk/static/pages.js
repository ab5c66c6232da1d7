// Any page: a dropped file is handed in, work that goes on beside is watched.
"use strict";
(() => {
  if (document.getElementById("work")) watchWork();
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

  async function watchWork() {
    const shown = document.getElementById("how-far");
    const bar = document.getElementById("bar");
    for (;;) {
      await new Promise((done) => setTimeout(done, 400));
      try {
        const now = await (await fetch("/county/progress")).json();
        if (now.over) { location.reload(); return; }
        const far = now.total ? `${now.done} / ${now.total}` : "";
        shown.textContent = [now.step, far, `已用 ${now.seconds} 秒`].filter(Boolean).join("，");
        if (bar && now.total) { bar.max = now.total; bar.value = now.done; } else bar?.removeAttribute("value");
      } catch {
        shown.textContent = "年报助手已经关了，请再打开它。";
        return;
      }
    }
  }
})();

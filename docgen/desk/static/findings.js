// The list of findings, shown anew with what is open in it and what was typed there. While a button
// is held down, or a word is composed, it stays as it is: the click or the word would be lost.
"use strict";

// Return what shows findings, given as HTML, in a list.
function keepFindings(list) {
  let fresh = null; // findings that are still to be shown
  let isPressed = false;
  let isComposing = false;

  function showFindings() {
    if (fresh === null || isPressed || isComposing) return;
    const open = [...list.querySelectorAll("details[open]")].map(keptOf);
    const active = document.activeElement;
    const at = list.contains(active) ? keptOf(active) : null;
    const selected = at && active.tagName === "INPUT" ? [active.selectionStart, active.selectionEnd] : null;
    list.innerHTML = fresh;
    fresh = null;

    for (const kept of open) {
      const panel = againOf(kept);
      if (!panel) continue;
      panel.open = true;
      panel.querySelectorAll("input").forEach((field, number) => { field.value = kept.typed[number]; });
    }
    const again = at && againOf(at);
    again?.focus({ preventScroll: true });
    if (again && selected) again.setSelectionRange(...selected);
  }

  const PARTS = "details, input, button, a, summary";

  // Return where an element stands among the findings: in which, and as which of its parts.
  function keptOf(element) {
    const item = element.closest(".finding");
    const number = item ? [...item.querySelectorAll(PARTS)].indexOf(element) : -1;
    const typed = [...element.querySelectorAll("input")].map((one) => one.value);
    return { key: item?.dataset.key, subject: item?.dataset.subject, number, tag: element.tagName, typed };
  }

  // Return the same part of the same finding now; its figures may have changed since.
  function againOf(kept) {
    const items = [...list.querySelectorAll(".finding")];
    const item = items.find((one) => kept.key && one.dataset.key === kept.key)
      || items.find((one) => kept.subject && one.dataset.subject === kept.subject);
    const parts = [...(item?.querySelectorAll(PARTS) || [])];
    if (parts[kept.number]?.tagName === kept.tag) return parts[kept.number];
    return kept.tag === "DETAILS" ? item?.querySelector("details.waive") : null;
  }

  list.addEventListener("pointerdown", () => { isPressed = true; });
  for (const kind of ["pointerup", "pointercancel"])
    addEventListener(kind, () => setTimeout(() => { isPressed = false; showFindings(); }));
  list.addEventListener("compositionstart", () => { isComposing = true; });
  list.addEventListener("compositionend", () => { isComposing = false; showFindings(); });

  return (findings) => { fresh = findings; showFindings(); };
}

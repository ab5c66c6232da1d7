// The cells of printed tables: where each stands, what it is called, moving between them by keys.
"use strict";

function cellsOf(table) {
  const grid = [];
  [...table.rows].forEach((row, number) => {
    grid[number] ??= [];
    let column = 0;
    for (const cell of row.cells) {
      while (grid[number][column] !== undefined) column += 1;
      const field = cell.querySelector("input, select, textarea");
      for (let down = 0; down < cell.rowSpan; down += 1) {
        grid[number + down] ??= [];
        for (let right = 0; right < cell.colSpan; right += 1)
          grid[number + down][column + right] = down || right ? null : field;
      }
      column += cell.colSpan;
    }
  });
  return grid;
}

function whereIs(field) {
  const grid = cellsOf(field.closest("table"));
  for (let row = 0; row < grid.length; row += 1) {
    const column = grid[row].indexOf(field);
    if (column >= 0) return { grid, row, column };
  }
  return null;
}

function step(field, down, right) {
  const found = whereIs(field);
  if (!found) return;
  let { row, column } = found;
  for (;;) {
    row += down;
    column += right;
    const line = found.grid[row];
    if (!line || column < 0 || column >= line.length) return;
    const next = line[column];
    if (next) { next.focus(); next.select?.(); return; }
  }
}

// Return what a field is called: its row and its column in a table, or the label beside it.
function labelOf(field) {
  if (field?.dataset.label) return field.dataset.label;
  const heads = (field?.getAttribute("aria-labelledby") || "").split(" ").filter(Boolean);
  const named = heads.map((id) => wordsOf(document.getElementById(id))).filter(Boolean);
  return named.join(" · ") || field?.getAttribute("aria-label") || wordsOf(field?.labels?.[0]) || "这一格";
}

function wordsOf(element) {
  const field = element?.querySelector("input");
  return (field ? field.value : element?.textContent || "").replace(/\s+/g, "");
}

function rowLabel(row) {
  const heads = [...(row?.cells || [])].filter((cell) => cell.tagName === "TH");
  return wordsOf(heads.at(-1));
}

// Enter and the arrows move between the cells of a table, as in a spreadsheet. In a field beside
// tables Enter presses its button, and never sends the whole form.
function moveByKeys(form, isSaved) {
  form.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key === "Enter" && !event.isComposing && field.tagName === "TEXTAREA" && field.closest("table")) {
      event.preventDefault();
      step(field, event.shiftKey ? -1 : 1, 0);
      return;
    }
    if (!field.closest?.("table") || field.tagName !== "INPUT" || field.type === "checkbox") {
      if (event.key !== "Enter" || field.tagName !== "INPUT" || event.isComposing) return;
      event.preventDefault();
      const next = isSaved(field) ? null : field.closest("p, details")?.querySelector("button");
      if (next) form.requestSubmit(next);
      return;
    }
    const atStart = field.selectionStart === 0 && field.selectionEnd === field.value.length;
    const moves = { Enter: [event.shiftKey ? -1 : 1, 0], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
    if (atStart || field.selectionStart === 0) moves.ArrowLeft = [0, -1];
    if (atStart || field.selectionEnd === field.value.length) moves.ArrowRight = [0, 1];
    const move = moves[event.key];
    if (!move || event.altKey || event.ctrlKey || event.isComposing) return;
    event.preventDefault();
    step(field, ...move);
  });
}

// What was typed or put into the fields, newest last: Ctrl+Z takes back one action as a whole.
// The browser's own history is left out: a value that a script put there is unknown to it, and it
// would then change some other field, out of sight.
"use strict";
function keepHistory(form, afterwards) {
  const PAUSE = 1000; // milliseconds without a key that end what is taken back at once in a text
  const known = new WeakMap();
  const done = [];
  const undone = [];
  let typing = null;

  const isKept = (field) => /^(INPUT|TEXTAREA|SELECT)$/.test(field?.tagName || "")
    && !/^(checkbox|radio|file|hidden)$/.test(field.type);
  const there = (field) => field.isConnected ? field : document.getElementById(field.id);
  for (const field of form.elements) if (isKept(field)) known.set(field, field.value);

  function settle(field, value) {
    field.value = value;
    known.set(field, value);
  }

  function push(action) {
    done.push(action);
    undone.length = 0;
  }

  // Put values into fields as one action; return how many fields it changed.
  function put(pairs, words) {
    const changes = pairs
      .map(([field, after]) => ({ field, before: field.value, after }))
      .filter((one) => one.before !== one.after);
    for (const { field, after } of changes) settle(field, after);
    typing = null;
    if (changes.length) push({ changes, words });
    return changes.length;
  }

  function remember(field) {
    if (!isKept(field)) return;
    const before = known.get(field) ?? field.defaultValue ?? "";
    const after = field.value;
    if (before === after) return;
    known.set(field, after);
    const goesOn = typing?.changes[0].field === field && done.at(-1) === typing
      && (field.tagName !== "TEXTAREA" || Date.now() - typing.at < PAUSE);
    if (goesOn) typing.changes[0].after = after;
    else push(typing = { changes: [{ field, before, after }], words: "" });
    typing.at = Date.now();
  }

  function take(from, to, side) {
    const action = from.pop();
    typing = null;
    if (!action) return;
    const fields = [];
    for (const change of action.changes) {
      const field = there(change.field);
      if (!field) continue;
      settle(field, change[side]);
      fields.push(field);
    }
    to.push(action);
    afterwards(fields, action.words, side === "before");
  }
  const undo = () => take(done, undone, "before");
  const redo = () => take(undone, done, "after");

  form.addEventListener("input", (event) => { if (!event.isComposing) remember(event.target); });
  form.addEventListener("compositionend", (event) => remember(event.target));
  form.addEventListener("focusout", () => { typing = null; });
  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    const isOurs = (event.ctrlKey || event.metaKey) && !event.altKey && (key === "z" || key === "y");
    if (!isOurs || event.isComposing) return;
    event.preventDefault();
    if (key === "z" && !event.shiftKey) undo();
    else redo();
  });
  document.addEventListener("beforeinput", (event) => {
    if (!/^history(Undo|Redo)$/.test(event.inputType)) return;
    event.preventDefault();
    if (event.inputType === "historyUndo") undo();
    else redo();
  });
  return { put, settle, undo };
}

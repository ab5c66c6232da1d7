// A block of cells from a spreadsheet: what in it are labels, and where its values go.
"use strict";

// Must match: 1,024  -3.5  12%  —  Must not match: 一、总数  12件
const BLOCK_NUMBER = /^[-−]?[\d,，]+(\.\d+)?%?$|^[-—–/]*$/;

// Return the rows of a block, its heads above and its labels on the left each taken off.
function readBlock(text, takesNumbers) {
  let rows = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n")
    .map((line) => line.split("\t").map((value) => value.trim()));
  const whole = { rows, labels: rows.map(() => ""), heads: 0, columns: 0 };
  const isNumber = (value) => BLOCK_NUMBER.test(value);
  if (!takesNumbers || !rows.some((row) => row.some((value) => value && isNumber(value)))) return whole;

  let heads = 0;
  while (rows[heads].every((value) => !value || !isNumber(value))) heads += 1;
  rows = rows.slice(heads);
  let columns = 0;
  const width = Math.max(...rows.map((row) => row.length));
  for (let column = 0; column < width; column += 1) {
    const values = rows.map((row) => row[column] || "");
    if (values.some((value) => value && isNumber(value))) break;
    if (values.some(Boolean)) columns = column + 1;
  }
  return {
    rows: rows.map((row) => row.slice(columns)),
    labels: rows.map((row) => row.slice(0, columns).filter(Boolean).at(-1) || ""),
    heads,
    columns,
  };
}

// Return where a block goes: the fields with their values, and how many values have no field.
function placeBlock(rows, grid, top, left) {
  const pairs = [];
  let over = 0;
  rows.forEach((values, down) => values.forEach((value, right) => {
    const field = grid[top + down]?.[left + right];
    const takes = field && (field.tagName !== "SELECT" || [...field.options].some((one) => one.value === value));
    if (takes) pairs.push([field, value]);
    else if (value) over += 1;
  }));
  return { pairs, over };
}

// Return the row where the labels of a block stand in a table, one below the other; or -1.
function rowOfLabels(labels, named, from) {
  // Must be taken off before: （一）道路  3.其他  Must stay: 2024年
  const plain = (label) => label.replace(/\s/g, "").replace(/^([（(]?[一二三四五六七八九十\d]+[）)、.．])+/, "");
  const wanted = labels.map(plain);
  if (!wanted.some(Boolean)) return -1;
  const there = named.map(plain);
  const fits = (top) => wanted.every((label, down) => !label || label === there[top + down]);
  if (fits(from)) return from;
  const found = there.map((_, top) => top).filter(fits);
  return found.length === 1 ? found[0] : -1;
}

"""A document that was issued and comes back changed: its changes are taken over into its input.

plan            what was changed, and what that asks of the input; nothing is written
origin          the issue that it was made from, and the input of that
proposals       from a changed value to the cell it comes from, or why it cannot be changed
changed_items   ... of what stands in a cell of its own: figures, names, labels, the date
changed_text    ... of the title and the running text, and the cells that it takes figures from
proposal        one such change
earlier         of a copy of an earlier issue, what others changed since stands
marked          what was highlighted, coloured, set in bold: told, never written
whose           whether it is the report that was issued at all
rebound         a changed sentence that takes figures from cells
words           the changes in words
source          what an input lets be done to it; in_csv, in_json, in_xlsx: how each kind does it
apply           written into the input, the old file kept; checked and issued again
"""

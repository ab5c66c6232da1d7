"""docgen: an official report from figures to a document ready for the seal.

The house, from the front door down; imports go down, never up or sideways:

    cli, console        the front door: it alone prints and exits
    review, wording     findings and outcomes in words: pages, workbooks, lines
    batch  remake       many reports · an issue made again from its input, and compared
    pipeline            one report: read → check → merge → read back → package
    judge, coverage     one input read and checked · what ran and what could not
    outcome  outputs  at_hand
                        what became of it · what stands beside it · where its sources are
    read  rules  compare  merge  blank  package  schema  page  proof  publish
                        the rooms; none imports another
    prose               sentences as measures, by the form's own vocabulary; it knows no form
    printing, sentences how values are printed · text masked, to compare it
    model               Report, Reading: typed, frozen
    forms               what a report is, as data: tables, rows, columns, sums, layout
    files  inputs  blocks  title  xlsx  webpage  outward  scratch
    ooxml  limits  streams  visible
                        files and packages within limits; nothing leads out, nothing is obeyed
    errors              what stops docgen, each with an exit code
    catalogue           every rule docgen can report, with its Chinese texts
    finding             Rule, Finding, Place

What the office got wrong is a Finding, a value; what stops docgen is an exception. A form is
data: engine code names no row. An address names the meaning of a figure, not its place. Every
figure knows where it came from. Nothing is issued unless all is sound and read back, and then
all files or none. Same input, template and version: same bytes. This file imports nothing.
"""

__version__ = "0.1.0"

"""docgen: an official report from figures to a document ready for the seal.

The house, from the front door down; imports go down, never up or sideways:

    cli                 the command line: it alone parses arguments, prints and exits
    compare  county     reports side by side · many bodies in one run
    messages            findings and outcomes in words: pages, workbooks, lines for programs
    remake              an issue made again from its input, and compared
    pipeline            one report: read → check → merge → read back → put in place
    issuing             the record, verify, putting in place, what stands beside
    check               the rules, one file a family; sums and suspects, waivers, coverage
    read  merge  blank  publish  layout
                        the rooms; none imports another
    printing            how values are printed
    model               Report, Reading: typed, frozen
    forms               what a report is, as data: tables, rows, columns, sums, layout
    prose               Chinese official prose as data; it knows no rule and no form
    word                the reader of DOCX
    files               files and packages within limits; nothing leads out, nothing is obeyed
    errors              what stops docgen, each with an exit code
    catalogue           every rule docgen can report, with its Chinese texts
    finding             Rule, Finding, Place

What the office got wrong is a Finding, a value; what stops docgen is an exception. A form is
data: engine code names no row. An address names the meaning of a figure, not its place. Every
figure knows where it came from. Nothing is issued unless all is sound and read back, and then
all files or none. Same input, template and version: same bytes. This file imports nothing.
"""

__version__ = "0.1.0"

"""docgen: an official report from figures to a document ready for the seal.

The house, from the front door down; imports go down, never up or sideways:

    cli, console        the front door: it alone prints and exits
    remake              an issue made again from its input, and compared with what stands
    pipeline            one report: read → check → merge → read back → package
    read  rules  compare  merge  blank  package  page  proof  publish
                        the rooms; none imports another
    model               Report, Reading: typed, frozen
    forms               what a report is, as data: tables, rows, columns, sums, layout
    files  blocks  ooxml
    errors              what stops docgen, each with an exit code
    catalogue           every rule docgen can report, with its Chinese texts
    finding             Rule, Finding, Place

What the office got wrong is a Finding, a value; what stops docgen is an exception. A form is
data: engine code names no row. An address names the meaning of a figure, not its place. Every
figure knows where it came from. Nothing is issued unless all is sound and read back, and then
all files or none. Same input, template and version: same bytes. This file imports nothing.
"""

__version__ = "0.1.0"

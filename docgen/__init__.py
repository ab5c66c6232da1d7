"""docgen: an official report from figures to a document ready for the seal.

The house, from the front door down. Imports go down, never up, and never between names on one line:

    __main__                              starts docgen quickly
    cli                                   parses arguments, prints, exits; nothing else does
    desk                                  the same for people who type no commands: local pages
    county                                many bodies in one run; what came in, and how each stands
    compare                               two or more reports side by side
    back                                  a document comes back changed: taken into its input
    messages                              findings in words: pages, workbooks, lines for programs
    remake  trial  importing              makes an issue again from its input and compares the two;
                                          tries a form whole: template, example, cases; a published
                                          report becomes an input, with what is to be asked of it
    pipeline                              one report from input to issue; read it first
    issuing                               the record, verify, what stands in the output folder
    check                                 rules, one file a family; suspects, waivers, coverage
    read  merge  blank  publish  layout   into a Reading; into a DOCX, and back; sheets to fill;
                                          web page, data, seal form; GB/T 9704, proofs
    printing                              how a value is printed, in the document and on the page
    model                                 Report and Reading: typed, frozen
    registry                              every rule by its code, docgen's own and those of forms
    forms                                 what a report is, as data: tables, rows, columns, sums
    prose                                 Chinese official prose; knows no rule and no form
    word  office                          the one reader of DOCX; LibreOffice, kept to itself
    files                                 reading within limits, writing whole or not at all
    errors                                what stops docgen, by exit code
    codes                                 where each rule stands (generated)
    finding                               Rule, Finding, Place
    address                               the name of each value of a report, in its parts

What the office got wrong is a Finding, a value; what stops docgen is an exception. A form is
data: engine code names no row. An address names the meaning of a figure, not its place. Every
figure knows where it came from. Nothing is issued unless all is sound and read back, and then
all files or none. Same input, template and version: same bytes.

`tests/test_house.py` holds the drawing to the folders and to the layers in pyproject.toml. This
module imports nothing.
"""

__version__ = "0.4.0"

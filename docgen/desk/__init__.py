"""The desk: a page on one's own machine for people who type no commands.

    serve          finds a port, opens the browser, runs until the window is closed
    guard          lets in the browser that was opened, and nobody else
    app            the addresses of the desk, each with the function that answers it
    folder         the folder of work: what lies in it, by names that no request can bend
    handed_in      a file that is dropped: whose it is, what is begun with it
    draft          one input as it is typed: its raw texts, what is wrong
    edits          what is typed into it, one at a time, and taken back
    uploads        one file that a form sends: kept under a plain name, found again
    acts           rows of units, tables left out, waivers: what is done besides typing
    tables         a table of the form with a field in each cell
    told           findings in words, with their fields and what to put there
    verbs          docgen's own commands, run for the buttons
    returned       a document that came back from Word: what it changes, and refused in words
    verified       a file that is handed in: docgen's verdict whether it is what was issued
    results        what came of them: watched, stopped, shown

Files stay the truth: every edit goes into the input at once, and every command works on it.
"""

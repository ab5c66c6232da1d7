"""The package: a document and the record of its issue, put in place together, verified later.

record     what is said of an issue, and how it is read again
standing   what stands in the folder: what may be overwritten, what an earlier issue left
verify     what tells a file from the one that was issued
changes    what tells two documents apart: words first, then what is printed, then the rest
"""

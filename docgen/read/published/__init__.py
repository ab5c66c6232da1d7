"""A published report read back: Word, web page, PDF become one stream of text and tables.

Each kind of file has a reader that gives the stream; what a stream means is found by the labels
and headings of the forms, the same for every kind.
"""

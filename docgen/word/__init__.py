"""The one reader of DOCX, for whoever reads one back, measures it, or tells two apart.

blocks      paragraphs and tables as text: the read-back, fast
markup      namespaces; lengths, numbers and toggles of attributes
package     the parts that say how a document looks
numbering   the numbers that Word sets before paragraphs by itself
styles      what a paragraph or run is in the end, through all its styles
content     sections, paragraphs with their runs, tables
signature   name and date of issue
"""

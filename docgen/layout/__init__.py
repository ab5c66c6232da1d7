"""The page: GB/T 9704—2012, and a document held against it, as it declares itself and in print.

page  proof               the two front doors: a DOCX measured · proved, and adjusted for the seal
clause                    what a clause requires, and the departures from it
sheet  typefaces  paragraphs  page_number  signature  tables
                          the clauses by subject: rules, values, and what measures them
own_page                  what a form asks of its pages beside the standard
document  roles  position what stands in a DOCX, what each paragraph is, where a line stands
printed  passages  tracing what stands on a proof, what the DOCX says, the one beside the other
measures  seal  guide  substitutes  adjustments
                          what a proof shows: lengths, room for the seal, fonts; room made
office                    LibreOffice: found, kept to itself, given a copy
fonts  pdf                what is known of fonts · the bytes of a proof
"""

"""Rules about the page of a DOCX, against GB/T 9704—2012 (P)."""

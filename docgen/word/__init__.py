"""The one reader of DOCX."""

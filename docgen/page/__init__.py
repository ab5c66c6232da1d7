"""Measuring a DOCX against GB/T 9704—2012, from its XML alone."""

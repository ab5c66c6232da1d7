"""Findings and outcomes in words: phrases, pages, workbooks, lines for programs."""

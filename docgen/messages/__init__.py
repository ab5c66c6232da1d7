"""Findings and outcomes in words: the console, pages, workbooks, lines for programs."""

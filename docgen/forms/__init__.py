"""What a report is, as data: the form language, and docgen's own forms, one folder each."""

"""The rules of a report, one file a family."""

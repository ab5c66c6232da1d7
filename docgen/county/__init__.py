"""Many bodies: their reports in one run, on one machine or many; the roster, and who is missing."""

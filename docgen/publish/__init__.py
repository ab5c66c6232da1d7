"""The report for the portal and for the office: one HTML page, open data, the seal form."""

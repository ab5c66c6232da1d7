"""The report for the portal and for the office: one HTML page, open data, the seal form.

Its modules are imported one by one, as they are needed: `html`, `html_back`, `data`,
`seal_form`, `doctor`.
"""

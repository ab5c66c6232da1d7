"""A report as someone types it, with no template."""

import io

from docx import Document

TITLE = "甘河子镇政府信息公开工作2024年度报告"


def word_defaults(rows: int = 30) -> bytes:
    """A report as someone types it into an empty Word document."""
    document = Document()
    document.add_heading(TITLE, 0)
    document.add_paragraph("现将甘河子镇2024年政府信息公开实际情况报告如下：")
    document.add_heading("一、总体情况", 1)
    document.add_paragraph("我镇认真贯彻“以公开为常态”原则——不断加强组织领导……完善机制。")
    document.add_paragraph("（一）主动公开情况。公开信息12条。")
    document.add_paragraph("1.公开渠道。通过门户网站公开。")
    document.add_paragraph("（1）门户网站。公开12条。")
    table = document.add_table(rows, 4)
    for row in table.rows:
        for cell in row.cells:
            cell.text = "信息12"
    document.add_paragraph("以上报告。")
    document.add_paragraph("乌苏市甘河子镇人民政府")
    document.add_paragraph("2025年01月20日")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()

"""Runs and paragraphs of a template as WordprocessingML."""

from docgen.blank.template_styles import HINT

GREY = '<w:color w:val="7F7F7F"/>'


def run(text: str, style: str = "", properties: str = "") -> str:
    """Return a run of text or a tag; `style` is that of its characters."""
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    return f"<w:r><w:rPr>{named}{HINT}{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def figure(text: str) -> str:
    """Return a run of digits, Latin without a hint: two elements less in each of 200 cells."""
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(style: str, *runs: str, properties: str = "") -> str:
    """Return a paragraph in a style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{"".join(runs)}</w:p>'


def marker_run(tag: str) -> str:
    """Return a tag in grey, because it is not printed."""
    return run(tag, properties=GREY)


def marker(text: str) -> str:
    """Return a paragraph that docxtpl replaces by its tag."""
    return paragraph("BodyText", marker_run(f"{{%p {text} %}}"))

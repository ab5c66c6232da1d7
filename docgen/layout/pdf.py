"""The bytes of a proof: whole or not, the same for the same document; its pages as pictures."""

import hashlib
import re
import struct
import zlib

#: `/CreationDate(D:20250120…)`; not `/Date(…)`.
_DATE = re.compile(rb"(/(?:Creation|Mod)Date\s*\(D:)([^)]*)\)")
#: `/ID [<0A1B> <0A1B>]`; not `/ID 5`.
_ID = re.compile(rb"(/ID\s*\[\s*<)([0-9A-Fa-f]+)(>\s*<)([0-9A-Fa-f]+)(>\s*\])")
#: `/DocChecksum /0A1B`; not `/Checksum /0A1B`.
_SUM = re.compile(rb"(/DocChecksum\s*/)([0-9A-F]+)")
#: `/Producer<FEFF004C…>`; not `/Producer (docgen)`.
_PRODUCER = re.compile(rb"(/Producer\s*<)([0-9A-Fa-f]*)(>)")
_ANY_DATE = b"19800101000000Z"  # the earliest time a zip can hold, as in the DOCX

_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_MARK = b"Software\0docgen"
_RGB, _EIGHT_BITS, _METRE_IN_INCHES = 2, 8, 0.0254


def fault_of(data: bytes) -> str:
    """Return what is wrong with these bytes as a PDF, in Chinese; blank if it opens whole."""
    if not data.startswith(b"%PDF-"):
        return "开头不是 PDF"
    if b"%%EOF" not in data[-1024:]:
        return "没有写完"
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as document:
            return "" if len(document) else "没有页"
    except pypdfium2.PdfiumError:
        return "打不开"


#: What runs, opens or carries something; no proof has it. `/JS (x)` is found, `/JSON` is not.
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia)\b")


def holds_foreign(data: bytes, *, rich: bool) -> bool:
    """Return whether a PDF holds what no proof does: notes, scripts, files carried along.

    Pictures and notes (a link is one) it has only if its document is `rich` in such.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    drawn = () if rich else (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
    with pypdfium2.PdfDocument(data) as document:
        if pdfium.FPDFDoc_GetAttachmentCount(document) or _ACTIVE.search(data):
            return True
        return any(
            (not rich and pdfium.FPDFPage_GetAnnotCount(page) > 0)
            or any(one.type in drawn for one in page.get_objects(max_depth=1))
            for page in document
        )


def normalise(data: bytes, document: bytes) -> bytes:
    """Return the same PDF without clock, chance or version, every byte in its old place.

    The ID is made of the document the PDF shows.
    """
    mark = hashlib.sha256(document).hexdigest().upper().encode()

    def dated(match: re.Match[bytes]) -> bytes:
        return match[1] + _ANY_DATE[: len(match[2])].ljust(len(match[2])) + b")"

    def producer(match: re.Match[bytes]) -> bytes:
        name = "docgen".encode("utf-16-be").hex().upper().encode()
        room = len(match[2]) - 4
        return match[1] + b"FEFF" + (name + b"0020" * (room // 4))[:room] + match[3]

    def named(match: re.Match[bytes]) -> bytes:
        first, second = (mark[: len(match[group])] for group in (2, 4))
        return match[1] + first + match[3] + second + match[5]

    data = _DATE.sub(dated, data)
    data = _PRODUCER.sub(producer, data)
    data = _ID.sub(named, data)
    return _SUM.sub(lambda match: match[1] + mark[: len(match[2])], data)


def is_own_proof(data: bytes) -> bool:
    """Return whether this PDF is a proof that docgen made."""
    name = "docgen".encode("utf-16-be").hex().upper().encode()
    return bool(re.search(rb"/Producer\s*<FEFF" + name, data)) or b"/Producer (docgen" in data


def png_pages(pdf: bytes, dpi: int = 150) -> list[bytes]:
    """Return a PNG of every page."""
    import pypdfium2

    pictures = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            bitmap = document[number].render(scale=dpi / 72, rev_byteorder=True)
            data, stride = bytes(bitmap.buffer), bitmap.stride
            starts = range(0, bitmap.height * stride, stride)
            rows = (data[start : start + 3 * bitmap.width] for start in starts)
            pictures.append(
                _packed_png(bitmap.width, bitmap.height, b"".join(b"\0" + r for r in rows), dpi)
            )
            bitmap.close()

    return pictures


def _packed_png(width: int, height: int, rows: bytes, dpi: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, _EIGHT_BITS, _RGB, 0, 0, 0)
    density = round(dpi / _METRE_IN_INCHES)
    chunks = (
        (b"IHDR", header),
        (b"pHYs", struct.pack(">IIB", density, density, 1)),
        (b"tEXt", _PNG_MARK),
        (b"IDAT", zlib.compress(rows, 6)),
        (b"IEND", b""),
    )

    return _PNG_START + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def is_own_picture(data: bytes) -> bool:
    """Return whether this PNG is a page that docgen drew."""
    return data.startswith(_PNG_START) and _PNG_MARK in data[:200]

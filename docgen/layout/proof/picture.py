"""Pictures of a proof's pages, as PNG that is the same for the same proof."""

import struct
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MARK = b"Software\0docgen"
_RGB, _EIGHT_BITS, _METRE_IN_INCHES = 2, 8, 0.0254


def png_pages(pdf: bytes, dpi: int = 150) -> list[bytes]:
    """A PNG of every page."""
    import pypdfium2

    pictures = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            bitmap = document[number].render(scale=dpi / 72, rev_byteorder=True)
            data, stride = bytes(bitmap.buffer), bitmap.stride
            starts = range(0, bitmap.height * stride, stride)
            rows = (data[start : start + 3 * bitmap.width] for start in starts)
            pictures.append(
                _png(bitmap.width, bitmap.height, b"".join(b"\0" + r for r in rows), dpi)
            )
            bitmap.close()
    return pictures


def _png(width: int, height: int, rows: bytes, dpi: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, _EIGHT_BITS, _RGB, 0, 0, 0)
    density = round(dpi / _METRE_IN_INCHES)
    chunks = (
        (b"IHDR", header),
        (b"pHYs", struct.pack(">IIB", density, density, 1)),
        (b"tEXt", _MARK),
        (b"IDAT", zlib.compress(rows, 6)),
        (b"IEND", b""),
    )
    return _SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def is_ours(data: bytes) -> bool:
    """Whether this PNG is a page that docgen drew."""
    return data.startswith(_SIGNATURE) and _MARK in data[:200]

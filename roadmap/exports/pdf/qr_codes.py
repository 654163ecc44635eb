"""QR codes as SVG, for pages and for PDF files."""

from io import BytesIO

import segno

QUIET_ZONE = 4


def draw_qr_code(text: str) -> str:
    """Return a QR code, black on transparent; it can be read with a quarter of it damaged."""
    return _draw(text, border=0)


def draw_qr_picture(text: str) -> str:
    """Return a QR code on white, with the margin that cameras need."""
    return _draw(text, border=QUIET_ZONE, light="#fff")


def _draw(text: str, **options: object) -> str:
    file = BytesIO()
    code = segno.make(text, error="q", micro=False)
    code.save(file, kind="svg", xmldecl=False, svgns=True, omitsize=True, **options)
    return file.getvalue().decode()

"""QR codes as small pictures."""

from io import BytesIO

import segno


def draw_qr_code(text: str) -> str:
    """A QR code as SVG, black on nothing, that a quarter of it may be dirty."""
    file = BytesIO()
    segno.make(text, error="q", micro=False).save(file, kind="svg", xmldecl=False, svgns=True, border=0)
    return file.getvalue().decode()

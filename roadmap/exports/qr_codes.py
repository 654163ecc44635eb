"""QR codes as small pictures."""

from io import BytesIO

import segno


def draw_qr_code(text: str) -> str:
    """A QR code as SVG of any size, black on nothing, that a quarter of it may be dirty."""
    file = BytesIO()
    code = segno.make(text, error="q", micro=False)
    code.save(file, kind="svg", xmldecl=False, svgns=True, border=0, omitsize=True)
    return file.getvalue().decode()

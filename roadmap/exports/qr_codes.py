"""QR codes as small pictures."""

from io import BytesIO

import segno

QUIET_ZONE = 4


def draw_qr_code(text: str) -> str:
    """A QR code as SVG of any size, black on nothing, that a quarter of it may be dirty."""
    return _drawn(text, border=0)


def draw_qr_picture(text: str) -> str:
    """The same to stand alone: on white, with the margin that cameras need."""
    return _drawn(text, border=QUIET_ZONE, light="#fff")


def _drawn(text: str, **options: object) -> str:
    file = BytesIO()
    code = segno.make(text, error="q", micro=False)
    code.save(file, kind="svg", xmldecl=False, svgns=True, omitsize=True, **options)
    return file.getvalue().decode()

"""Reading a ZIP back."""

from io import BytesIO
from zipfile import ZipFile


def texts_in(content: bytes) -> dict[str, str]:
    """The files of a ZIP by name, as text."""
    with ZipFile(BytesIO(content)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name).decode("utf-8-sig", "replace") for name in packed.namelist()}

"""What all forms share: their base, fields and validators, and what is sent only once."""

from roadmap.web.forms.base import Form, QueryForm
from roadmap.web.forms.fields import (
    BooleanField,
    DayField,
    KeysField,
    MaxLength,
    NumbersField,
    VersionField,
    input_type,
    is_ticked,
    one_line,
    strip,
    typed_number,
)

__all__ = [
    "BooleanField",
    "DayField",
    "Form",
    "KeysField",
    "MaxLength",
    "NumbersField",
    "QueryForm",
    "VersionField",
    "input_type",
    "is_ticked",
    "one_line",
    "strip",
    "typed_number",
]

"""Validators and filters for what was typed into a field."""

from wtforms import Field
from wtforms import Form as PlainForm
from wtforms.validators import ValidationError

from roadmap.domain.characters import is_one_line
from roadmap.operations.text_rules import describe_excess


def strip(value: str | None) -> str | None:
    """A filter: what a person typed without the spaces around it."""
    return value.strip() if isinstance(value, str) else value


def one_line(_: PlainForm, field: Field) -> None:
    """A validator: no line breaks and no control characters."""
    if isinstance(field.data, str) and not is_one_line(field.data):
        raise ValidationError("Leave out line breaks and control characters.")


class MaxLength:
    """A validator that names length and limit; unlike `Length` it lets no browser cut what is pasted."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _: PlainForm, field: Field) -> None:
        """Raise ValidationError where the text is too long."""
        if isinstance(field.data, str) and (sentence := describe_excess(field.data, self.most)):
            raise ValidationError(sentence)

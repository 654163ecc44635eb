"""The forms of administration, sent by one button each."""

from wtforms import StringField
from wtforms.validators import AnyOf

from roadmap.web.forms import Form


class StateForm(Form):
    """`/admin/accounts/<public_id>/state`."""

    state = StringField(validators=[AnyOf(["active", "disabled"], "Choose active or disabled.")])


class RoleForm(Form):
    """`/admin/accounts/<public_id>/role`."""

    role = StringField(validators=[AnyOf(["administrator", "person"], "Choose administrator or person.")])

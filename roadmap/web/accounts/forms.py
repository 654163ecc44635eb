"""The forms about accounts, with the attributes that password managers look for."""

from wtforms import EmailField, HiddenField, PasswordField, SelectField, StringField
from wtforms.validators import AnyOf, DataRequired, InputRequired

from roadmap.domain.accounts.users import EMAIL_LENGTH, NAME_LENGTH
from roadmap.operations.accounts.accounts import time_zones
from roadmap.passwords import MIN_LENGTH
from roadmap.web.forms.base import Form
from roadmap.web.forms.fields import BooleanField, MaxLength, one_line, strip

THEMES = ("system", "light", "dark")
_NEW = {"autocomplete": "new-password", "minlength": MIN_LENGTH}
_RULE = (
    f"At least {MIN_LENGTH} characters; four or five unrelated words work well. Common passwords, "
    "repetitions, and your own name or email address aren’t allowed."
)
_CURRENT = {"autocomplete": "current-password"}
_USERNAME = {"autocomplete": "username", "data-limit": EMAIL_LENGTH}
_FILL_IN = "This field is required."
_REQUIRED = InputRequired(_FILL_IN)


def _name_field() -> StringField:
    return StringField(
        "Your name",
        [DataRequired(_FILL_IN), MaxLength(NAME_LENGTH), one_line],
        filters=[strip],
        render_kw={"autocomplete": "name", "data-limit": NAME_LENGTH},
    )


def _email_field(label: str = "Email") -> EmailField:
    return EmailField(label, [_REQUIRED, MaxLength(EMAIL_LENGTH)], filters=[strip], render_kw=_USERNAME)


def _password_field(label: str = "Password") -> PasswordField:
    return PasswordField(label, [_REQUIRED], render_kw=_CURRENT)


def _new_password_field(label: str = "New password") -> PasswordField:
    return PasswordField(label, [_REQUIRED], description=_RULE, render_kw=_NEW)


def time_zone_choices() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in time_zones()]


class SignInForm(Form):
    """`/login`."""

    email = _email_field()
    password = _password_field()
    remember = BooleanField("Stay signed in for 30 days")


class RegistrationForm(Form):
    """`/register`; a script fills in the time zone, an invitation's link the invitation."""

    name = _name_field()
    email = _email_field()
    password = _new_password_field("Password")
    time_zone = HiddenField("Time zone", filters=[strip], render_kw={"data-time-zone": ""})
    invitation = HiddenField("Invitation")


class ConfirmationForm(Form):
    """`/register/<token>`, in another browser than the one that asked for the link."""

    password = _new_password_field("Password")


class ForgottenForm(Form):
    """`/password/forgotten`."""

    email = _email_field()


class ResetForm(Form):
    """`/password/reset/<token>`."""

    password = _new_password_field()


class ProfileForm(Form):
    """`/settings`."""

    name = _name_field()
    time_zone = SelectField("Time zone", choices=time_zone_choices)
    letter_keys = BooleanField("Keyboard shortcuts, such as d for done and j for the next milestone")
    wants_digest = BooleanField("Daily email digest, sent in the morning if there’s news")


class AddressForm(Form):
    """`/settings/address`."""

    email = EmailField(
        "New email",
        [_REQUIRED, MaxLength(EMAIL_LENGTH)],
        filters=[strip],
        render_kw={"autocomplete": "email", "data-limit": EMAIL_LENGTH},
    )
    password = _password_field("Your password")


class PasswordForm(Form):
    """`/settings/password`."""

    password = _password_field("Current password")
    new_password = _new_password_field()


class DeletionForm(Form):
    """`/settings/deletion`."""

    password = _password_field("Your password")


class ThemeForm(Form):
    """`/theme`; `next` is the page to return to."""

    theme = StringField(validators=[AnyOf(THEMES, "Choose light, dark or match system.")])
    next = HiddenField()


class SessionsForm(Form):
    """`/settings/sessions`: `which` is the number of a session, `others` or `all`."""

    which = StringField()

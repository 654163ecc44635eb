"""The forms about accounts, with the attributes that password managers look for."""

from wtforms import BooleanField, EmailField, HiddenField, PasswordField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from roadmap.domain.accounts.users import EMAIL_LENGTH, NAME_LENGTH
from roadmap.passwords import MIN_LENGTH
from roadmap.web.accounts.time_zones import TimeZones, time_zone_choices
from roadmap.web.forms import Form, one_line, strip

_NEW = {"autocomplete": "new-password", "minlength": MIN_LENGTH}
_CURRENT = {"autocomplete": "current-password"}
_USERNAME = {"autocomplete": "username"}
_FILL_IN = "Fill this in."
_REQUIRED = InputRequired(_FILL_IN)


def _name_field() -> StringField:
    return StringField(
        "Your name",
        [DataRequired(_FILL_IN), Length(max=NAME_LENGTH), one_line],
        filters=[strip],
        render_kw={"autocomplete": "name"},
    )


def _email_field(label: str = "Mail address") -> EmailField:
    return EmailField(label, [_REQUIRED, Length(max=EMAIL_LENGTH)], filters=[strip], render_kw=_USERNAME)


def _password_field(label: str = "Password") -> PasswordField:
    return PasswordField(label, [_REQUIRED], render_kw=_CURRENT)


def _new_password_field() -> PasswordField:
    return PasswordField("New password", [_REQUIRED], render_kw=_NEW)


class SignInForm(Form):
    """`/login`."""

    email = _email_field()
    password = _password_field()
    remember = BooleanField("Stay signed in for 30 days")


class RegistrationForm(Form):
    """`/register`; a script fills in the time zone, an invitation's link the invitation."""

    name = _name_field()
    email = _email_field()
    password = PasswordField("Password", [_REQUIRED], render_kw=_NEW)
    time_zone = HiddenField("Time zone", filters=[strip], render_kw={"data-time-zone": ""})
    invitation = HiddenField("Invitation")


class ForgottenForm(Form):
    """`/password/forgotten`."""

    email = _email_field()


class ResetForm(Form):
    """`/password/reset/<token>`."""

    password = _new_password_field()


class ProfileForm(Form):
    """`/settings`."""

    name = _name_field()
    time_zone = SelectField("Time zone", choices=time_zone_choices, widget=TimeZones())
    letter_keys = BooleanField("Letter keys, such as d for done and j for the next milestone")
    wants_digest = BooleanField("One mail a day, in the morning, when something happened")


class AddressForm(Form):
    """`/settings/address`."""

    email = EmailField(
        "New mail address",
        [_REQUIRED, Length(max=EMAIL_LENGTH)],
        filters=[strip],
        render_kw={"autocomplete": "email"},
    )
    password = _password_field("Your password")


class PasswordForm(Form):
    """`/settings/password`."""

    password = _password_field("Your present password")
    new_password = _new_password_field()


class DeletionForm(Form):
    """`/settings/deletion`."""

    password = _password_field("Your password")

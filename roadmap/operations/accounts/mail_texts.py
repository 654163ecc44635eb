"""The texts of mails about accounts: plain text with at most one link."""

from roadmap.operations.mails import Text, letter


def confirm_registration(url: str) -> Text:
    """Return the mail to an address that is new here: nothing in it was typed by whoever registered it."""
    return letter(
        "Confirm your Roadmap account",
        None,
        "Someone, hopefully you, signed up for Roadmap with this address. To confirm it, open:",
        url,
        "The link works for two days. If this wasn’t you, ignore this email and no account will be created.",
    )


def already_registered(name: str, base_url: str) -> Text:
    """Return the mail to an address that already has an account."""
    return letter(
        "You already have a Roadmap account",
        name,
        "Someone, hopefully you, tried to create an account with this address, but there already is one."
        " To sign in, open:",
        f"{base_url}/login",
        "You can also reset your password there. If this wasn’t you, there’s nothing you need to do.",
    )


def reset_password(name: str, url: str) -> Text:
    """Return the mail with the link that sets a new password."""
    return letter(
        "Reset your Roadmap password",
        name,
        "Someone, hopefully you, asked to reset your Roadmap password. To choose a new one, open:",
        url,
        "The link works once and expires in two hours."
        " If this wasn’t you, ignore this email and your password stays the same.",
    )


def password_changed(name: str, url: str) -> Text:
    """Return the mail sent after a password was changed or reset."""
    return letter(
        "Your Roadmap password was changed",
        name,
        "Your Roadmap password was just changed, and you were signed out everywhere else.",
        "If this wasn’t you, reset your password right away:",
        url,
    )


def confirm_address(url: str) -> Text:
    """Return the mail to the new address of an account, which may be a stranger's: it has no typed words."""
    return letter(
        "Confirm your new email address for Roadmap",
        None,
        "Someone, hopefully you, wants to use this address for a Roadmap account. To confirm it, open:",
        url,
        "The link works for two days. If this wasn’t you, ignore this email.",
    )


def address_will_change(name: str, new: str, url: str) -> Text:
    """Return the mail to the old address of an account."""
    return letter(
        "Your email address for Roadmap is about to change",
        name,
        f"Someone, hopefully you, asked to change the email address of your Roadmap account to {new}.",
        "It will change when someone opens the link we sent there.",
        "If this wasn’t you, change your password right away, which also cancels that link:",
        url,
    )

"""The texts of mails about accounts: plain text with at most one link."""

from roadmap.operations.mails import Text, letter


def confirm_registration(url: str) -> Text:
    """Return the mail to an address that is new here: nothing in it was typed by whoever registered it."""
    return letter(
        "Confirm your Roadmap account",
        None,
        "Someone (we hope it was you) signed up for Roadmap with this address. To confirm it, open:",
        url,
        "The link works for two days. If it wasn't you, ignore this email, and no account will be created.",
    )


def already_registered(name: str, url: str) -> Text:
    """Return the mail to an address that already has an account."""
    return letter(
        "You already have a Roadmap account",
        name,
        "Someone, perhaps you, tried to use this address, which already has an account. To sign in, open:",
        url,
        "You can also reset your password there. If it wasn't you, nothing has changed.",
    )


def reset_password(name: str, url: str) -> Text:
    """Return the mail with the link that sets a new password."""
    return letter(
        "Reset your Roadmap password",
        name,
        "Someone (we hope it was you) asked to reset your password. To choose a new one, open:",
        url,
        "The link works once and expires in two hours. If it wasn't you, ignore this email: nothing changes.",
    )


def password_changed(name: str, url: str) -> Text:
    """Return the mail sent after a password was changed or reset."""
    return letter(
        "Your Roadmap password was changed",
        name,
        "The password of your account was just changed, and you were signed out everywhere else.",
        "If it wasn't you, reset your password at once:",
        url,
    )


def confirm_address(url: str) -> Text:
    """Return the mail to the new address of an account, which may be a stranger's: it has no typed words."""
    return letter(
        "Confirm your new Roadmap address",
        None,
        "Someone (we hope it was you) wants to use this address for a Roadmap account. To confirm it, open:",
        url,
        "The link works for two days. If it wasn't you, ignore this email.",
    )


def address_will_change(name: str, new: str, url: str) -> Text:
    """Return the mail to the old address of an account."""
    return letter(
        "The address of your Roadmap account is about to change",
        name,
        f"Someone (we hope it was you) asked to change the address of your account to {new}.",
        "It changes when the link sent there is opened.",
        "If it wasn't you, change your password at once. The link then stops working:",
        url,
    )

"""The texts of mails about accounts: plain text with at most one link."""

from roadmap.operations.mails import Text, letter


def confirm_registration(url: str) -> Text:
    """Return the mail to an address that is new here: nothing in it was typed by whoever registered it."""
    return letter(
        "Confirm your Roadmap account",
        None,
        "Somebody (you, we hope) registered this address with Roadmap. To confirm it, open:",
        url,
        "The link works for two days. If it was not you, do nothing: without it there is no account.",
    )


def already_registered(name: str, url: str) -> Text:
    """Return the mail to an address that already has an account."""
    return letter(
        "You have a Roadmap account already",
        name,
        "somebody, perhaps you, tried to use this address, which has an account already. To sign in, open:",
        url,
        "There you can also ask for a new password. If it was not you, nothing has changed.",
    )


def reset_password(name: str, url: str) -> Text:
    """Return the mail with the link that sets a new password."""
    return letter(
        "A new password for Roadmap",
        name,
        "somebody (you, we hope) asked for a new password for your account. To choose one, open:",
        url,
        "The link works once, within two hours. If it was not you, do nothing: your password stays as it is.",
    )


def password_changed(name: str, url: str) -> Text:
    """Return the mail sent after a password was changed or reset."""
    return letter(
        "Your Roadmap password was changed",
        name,
        "the password of your account was changed just now, and your other sessions ended.",
        "If it was not you, ask for a new password at once:",
        url,
    )


def confirm_address(url: str) -> Text:
    """Return the mail to the new address of an account, which may be a stranger's: it has no typed words."""
    return letter(
        "Confirm your new address for Roadmap",
        None,
        "Somebody (you, we hope) wants to use this address for a Roadmap account. To confirm it, open:",
        url,
        "The link works for two days. If it was not you, do nothing.",
    )


def address_will_change(name: str, new: str, url: str) -> Text:
    """Return the mail to the old address of an account."""
    return letter(
        "The address of your Roadmap account is about to change",
        name,
        f"somebody (you, we hope) asked to change the address of your account to {new}.",
        "It changes when the link that was sent there is used.",
        "If it was not you, change your password at once; that also makes the link useless:",
        url,
    )

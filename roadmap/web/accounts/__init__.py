"""Accounts: people, their sessions and passwords, and the audit log."""

from roadmap.web.accounts import accounts, addresses, passwords, settings, sign_in_list, sign_ins

BLUEPRINTS = (
    accounts.blueprint,
    sign_ins.blueprint,
    passwords.passwords,
    settings.profiles,
    addresses.blueprint,
    passwords.password_changes,
    sign_in_list.blueprint,
    settings.themes,
    settings.deletions,
)

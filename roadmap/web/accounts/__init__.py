"""Accounts: people, their sessions and passwords, and the audit log."""

from roadmap.web.accounts import accounts, passwords, settings, sign_ins

BLUEPRINTS = (
    accounts.blueprint,
    sign_ins.blueprint,
    passwords.passwords,
    settings.profiles,
    settings.addresses,
    passwords.password_changes,
    sign_ins.own_sessions,
    settings.themes,
    settings.archives,
    settings.deletions,
)

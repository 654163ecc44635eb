"""Accounts: people, their sessions and passwords, and the audit log."""

from roadmap.web.accounts import (
    accounts,
    addresses,
    deletions,
    password_changes,
    passwords,
    profiles,
    sign_in_list,
    sign_ins,
    themes,
)

BLUEPRINTS = (
    accounts.blueprint,
    addresses.blueprint,
    deletions.blueprint,
    password_changes.blueprint,
    passwords.blueprint,
    profiles.blueprint,
    sign_in_list.blueprint,
    sign_ins.blueprint,
    themes.blueprint,
)

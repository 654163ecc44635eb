"""Accounts: people, their sessions and passwords, and the audit log."""

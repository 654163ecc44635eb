"""Sending the mail of the outbox to an SMTP server."""

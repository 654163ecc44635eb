"""`roadmap mail`, which a timer runs where no server sends mail by itself, and `roadmap outbox`."""

import secrets
from dataclasses import asdict

import click

from roadmap.cli.databases import open_installation
from roadmap.cli.output import json_option, print_rows
from roadmap.clock import now
from roadmap.mail.sending import clean_up, release_lease, send_all, write_scheduled
from roadmap.queries.accounts.mails import waiting_mails


@click.command()
def mail() -> None:
    """Write digests and reminders, send all email that is due, and delete expired data."""
    config, database = open_installation()
    clean_up(database)
    write_scheduled(database, config)
    if not config.sends_mail:
        raise click.ClickException("ROADMAP_SMTP_URL is not set; roadmap outbox shows what is waiting")
    holder = secrets.token_hex(8)
    try:
        done = send_all(database, config, holder=holder)
    finally:
        release_lease(database, holder)
    click.echo(", ".join(f"{done[outcome]} {outcome}" for outcome in ("sent", "postponed", "failed")))
    if done["failed"] or done["postponed"]:
        raise click.exceptions.Exit(1)


@click.command()
@json_option
def outbox(as_json: bool) -> None:
    """Show unsent email. Without a mail server, you can pass on the links in it yourself."""
    _, database = open_installation()
    with database.reading() as session:
        rows = waiting_mails(session, at=now())
    if as_json:
        print_rows([asdict(row) for row in rows], as_json=True)
        return
    if not rows:
        click.echo("No email is waiting.", err=True)
    for row in rows:
        click.secho(f"To {row.recipient}: {row.subject}", bold=True)
        click.echo(
            f"written {row.created_at:%Y-%m-%d %H:%M} UTC, expires {row.expires_at:%Y-%m-%d %H:%M} UTC"
        )
        if row.is_interrupted or row.failure:
            click.echo(f"not sent: {row.failure or 'sending was interrupted; it may have arrived'}")
        click.echo(f"\n{row.body}\n")

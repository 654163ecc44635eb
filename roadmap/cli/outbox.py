"""`roadmap outbox`: mail that waits, with the links it holds."""

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects.")
def outbox(as_json: bool) -> None:
    """Show the mail that waits to be sent; without a mail server its links are passed on by hand."""
    from dataclasses import asdict

    from roadmap import clock
    from roadmap.cli.openings import opened
    from roadmap.cli.tables import print_rows
    from roadmap.queries.mails import waiting_mails

    _, database = opened()
    with database.reading() as session:
        rows = waiting_mails(session, at=clock.now())
    if as_json:
        print_rows([asdict(row) for row in rows], as_json=True)
        return
    if not rows:
        click.echo("No mail waits.", err=True)
    for row in rows:
        click.secho(f"To {row.recipient}: {row.subject}", bold=True)
        click.echo(
            f"written {row.created_at:%Y-%m-%d %H:%M} UTC, useless after {row.expires_at:%Y-%m-%d %H:%M} UTC"
        )
        if row.is_interrupted or row.failure:
            click.echo(f"not sent: {row.failure or 'sending was interrupted; it may have arrived'}")
        click.echo(f"\n{row.body}\n")

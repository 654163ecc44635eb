"""`roadmap mail`: what a timer runs where no server sends mail by itself."""

import click


@click.command()
def mail() -> None:
    """Write digests and nudges, send the mail that is due, once, and forget what is too old."""
    import secrets

    from roadmap.cli.openings import opened
    from roadmap.mail.sending import give_back, send_all, tidy, write_timed

    config, database = opened()
    tidy(database)
    write_timed(database, config)
    if not config.sends_mail:
        raise click.ClickException("ROADMAP_SMTP_URL is not set; roadmap outbox shows what waits")
    holder = secrets.token_hex(8)
    try:
        done = send_all(database, config, holder=holder)
    finally:
        give_back(database, holder)
    click.echo(f"{done.sent} sent, {done.postponed} postponed, {done.failed} failed")
    if done.failed or done.postponed:
        raise click.exceptions.Exit(1)

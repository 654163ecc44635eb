"""`roadmap user`: accounts from the command line; passwords come from standard input."""

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap.config import Config


@click.group()
def user() -> None:
    """Manage accounts."""


@user.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def list_users(as_json: bool) -> None:
    """List all accounts."""
    from roadmap.cli.databases import open_installation
    from roadmap.cli.output import print_rows
    from roadmap.queries.accounts.users import all_accounts

    _, database = open_installation()
    with database.reading() as session:
        rows = all_accounts(session)
    columns = ("email", "name", "created_at", "is_admin", "is_disabled", "is_approved_mentor")
    print_rows([{name: getattr(row, name) for name in columns} for row in rows], as_json=as_json)


@user.command()
@click.argument("email")
@click.option("--name", default="", help="The name others see; by default the part before the @.")
@click.option("--time-zone", default="", help="Time zone, such as Europe/Berlin.")
def create(email: str, name: str, time_zone: str) -> None:
    """Create an account.

    The password is read from standard input.
    """
    from roadmap.cli.databases import open_or_create
    from roadmap.clock import now
    from roadmap.operations.accounts.accounts import (
        check_name,
        check_time_zone,
        create_account,
        normalize_address,
    )

    config, database = open_or_create()
    address, zone = normalize_address(email), time_zone or config.time_zone
    name = name or address.partition("@")[0]
    check_name(name)
    check_time_zone(zone)
    password_hash = _hash_of_new_password(config, name=name, email=address)
    with database.writing() as session:
        made = create_account(
            session,
            email=address,
            name=name,
            password_hash=password_hash,
            time_zone=zone,
            is_open=True,
            at=now(),
        )
        session.commit()
    click.echo(f"{made.email} has an account{' and is an administrator' if made.is_admin else ''}")


@user.command()
@click.argument("email")
def password(email: str) -> None:
    """Set a new password.

    The password is read from standard input. The account is signed out everywhere.
    """
    from roadmap.cli.databases import open_installation
    from roadmap.clock import now
    from roadmap.operations.accounts.accounts import known_spelling
    from roadmap.operations.accounts.passwords import set_password
    from roadmap.operations.accounts.users import find_user_by_address

    config, database = open_installation()
    address = known_spelling(email)
    with database.reading() as session:
        name = find_user_by_address(session, address).name
    new_hash = _hash_of_new_password(config, name=name, email=address)
    with database.writing() as session:
        found = find_user_by_address(session, address)
        set_password(session, found, new_hash, at=now(), base_url=config.base_url)
        session.commit()
    click.echo(f"{address} has a new password")


@user.command()
@click.argument("email")
def disable(email: str) -> None:
    """Disable an account; nothing is deleted."""
    from roadmap.operations.accounts.users import disable_user

    _change(email, disable_user, "is disabled")


@user.command()
@click.argument("email")
def enable(email: str) -> None:
    """Enable a disabled account."""
    from roadmap.operations.accounts.users import enable_user

    _change(email, enable_user, "is active")


@user.command()
@click.argument("email")
@click.option("--yes", is_flag=True, help="Don't ask for confirmation. (It's only asked for in a terminal.)")
def delete(email: str, yes: bool) -> None:
    """Delete an account and everything it owns."""
    from roadmap.operations.accounts.users import delete_user

    if not yes and sys.stdin.isatty():
        click.confirm(f"Permanently delete {email} and everything it owns?", abort=True, err=True)
    _change(email, delete_user, "is deleted")


@user.command("make-admin")
@click.argument("email")
def make_admin(email: str) -> None:
    """Make an account an administrator."""
    from roadmap.operations.accounts import users

    _change(email, users.make_admin, "is an administrator")


@user.command("approve-mentor")
@click.argument("email")
@click.option("--revoke", is_flag=True, help="Revoke the approval.")
def approve_mentor(email: str, revoke: bool) -> None:
    """Approve an account as a mentor.

    Reports then say so next to this mentor's reviews.
    """
    from roadmap.operations.accounts import users

    if revoke:
        _change(email, users.end_mentor_approval, "is no longer approved as a mentor")
    else:
        _change(email, users.approve_mentor, "is approved as a mentor")


def _change(email: str, operation: "Callable[..., None]", message: str) -> None:
    from roadmap.cli.databases import open_installation
    from roadmap.clock import now
    from roadmap.operations.accounts.accounts import known_spelling
    from roadmap.operations.accounts.users import find_user_by_address

    _, database = open_installation()
    address = known_spelling(email)
    with database.writing() as session:
        operation(session, find_user_by_address(session, address), by=None, at=now())
        session.commit()
    click.echo(f"{address} {message}")


def _hash_of_new_password(config: "Config", *, name: str, email: str) -> str:
    from roadmap.passwords import Passwords, check_password

    given = _typed_password() if sys.stdin.isatty() else _piped_password()
    check_password(given, name=name, email=email)
    return Passwords(config.password_cost).hash(given)


def _typed_password() -> str:
    given: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return given


def _piped_password() -> str:
    try:
        return sys.stdin.buffer.readline().decode().rstrip("\r\n")
    except UnicodeDecodeError:
        raise click.ClickException("The password on standard input is not UTF-8 text.") from None

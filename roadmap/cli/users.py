"""`roadmap user`: accounts from the command line; passwords come from standard input."""

import sys
from collections.abc import Callable

import click

from roadmap.cli.databases import open_installation, open_or_create
from roadmap.cli.output import json_option, print_rows
from roadmap.clock import now
from roadmap.config import Config
from roadmap.operations.accounts import users
from roadmap.operations.accounts.accounts import (
    check_name,
    check_time_zone,
    create_account,
    known_spelling,
    normalize_address,
)
from roadmap.operations.accounts.passwords import set_password
from roadmap.operations.accounts.users import find_user_by_address
from roadmap.passwords import Passwords, check_password
from roadmap.queries.accounts.users import all_accounts


@click.group()
def user() -> None:
    """Manage accounts."""


@user.command("list")
@json_option
def list_users(as_json: bool) -> None:
    """List all accounts."""
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
    config, database = open_or_create()
    address, zone = normalize_address(email), time_zone or config.time_zone
    name = name or address.partition("@")[0]
    check_name(name)
    check_time_zone(zone)
    password_hash = _hash_of_new_password(config, name=name, email=address)
    with database.writing() as session:
        person = create_account(
            session,
            email=address,
            name=name,
            password_hash=password_hash,
            time_zone=zone,
            is_open=True,
            at=now(),
        )
        session.commit()
    click.echo(f"{person.email} has an account{' and is an administrator' if person.is_admin else ''}")


@user.command()
@click.argument("email")
def password(email: str) -> None:
    """Set a new password.

    The password is read from standard input. The account is signed out everywhere.
    """
    config, database = open_installation()
    address = known_spelling(email)
    with database.reading() as session:
        name = find_user_by_address(session, address).name
    new_hash = _hash_of_new_password(config, name=name, email=address)
    with database.writing() as session:
        account = find_user_by_address(session, address)
        set_password(session, account, new_hash, at=now(), base_url=config.base_url)
        session.commit()
    click.echo(f"{address} has a new password")


@user.command()
@click.argument("email")
def disable(email: str) -> None:
    """Disable an account; nothing is deleted."""
    _change(email, users.disable_user, "is disabled")


@user.command()
@click.argument("email")
def enable(email: str) -> None:
    """Enable a disabled account."""
    _change(email, users.enable_user, "is active")


@user.command()
@click.argument("email")
@click.option("--yes", is_flag=True, help="Don't ask for confirmation. (It's only asked for in a terminal.)")
def delete(email: str, yes: bool) -> None:
    """Delete an account and everything it owns."""
    if not yes and sys.stdin.isatty():
        click.confirm(f"Permanently delete {email} and everything it owns?", abort=True, err=True)
    _change(email, users.delete_user, "is deleted")


@user.command("make-admin")
@click.argument("email")
def make_admin(email: str) -> None:
    """Make an account an administrator."""
    _change(email, users.make_admin, "is an administrator")


@user.command("approve-mentor")
@click.argument("email")
@click.option("--revoke", is_flag=True, help="Revoke the approval.")
def approve_mentor(email: str, revoke: bool) -> None:
    """Approve an account as a mentor.

    Reports then say so next to this mentor's reviews.
    """
    if revoke:
        _change(email, users.end_mentor_approval, "is no longer approved as a mentor")
    else:
        _change(email, users.approve_mentor, "is approved as a mentor")


def _change(email: str, operation: Callable[..., None], message: str) -> None:
    _, database = open_installation()
    address = known_spelling(email)
    with database.writing() as session:
        operation(session, find_user_by_address(session, address), by=None, at=now())
        session.commit()
    click.echo(f"{address} {message}")


def _hash_of_new_password(config: Config, *, name: str, email: str) -> str:
    if sys.stdin.isatty():
        password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        password = _piped_password()
    check_password(password, name=name, email=email)
    return Passwords(config.password_cost).hash(password)


def _piped_password() -> str:
    try:
        return sys.stdin.buffer.readline().decode().rstrip("\r\n")
    except UnicodeDecodeError:
        raise click.ClickException("The password on standard input is not UTF-8 text.") from None

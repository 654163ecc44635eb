"""Secrets of links: the same again for their owner, useless for anything else."""

import re

from roadmap.domain.accounts.sessions import hash_secret
from roadmap.domain.reports.secret_links import LinkPurpose, derive_token, new_nonce, token_again
from tests.support.cast import KEY


def test_a_secret_depends_on_key_purpose_and_the_random_bits_of_its_row() -> None:
    tokens = {
        derive_token(key, purpose, nonce)
        for key in (KEY, "other")
        for purpose in LinkPurpose
        for nonce in "ab"
    }
    assert len(tokens) == 12
    assert derive_token(KEY, LinkPurpose.SHARE, "a") in tokens


def test_a_secret_has_256_bits_and_needs_no_escaping_in_an_address() -> None:
    assert re.fullmatch(r"[\w-]{43}", derive_token(KEY, LinkPurpose.SHARE, new_nonce()), re.ASCII)


def test_a_link_is_shown_again_until_the_key_changes() -> None:
    token = derive_token(KEY, LinkPurpose.BADGE, "a")
    row = (LinkPurpose.BADGE, "a", hash_secret(token))
    assert token_again(KEY, *row) == token
    assert token_again("another key", *row) is None

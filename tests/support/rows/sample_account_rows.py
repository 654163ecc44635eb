"""The rows of the sample that are about an account: signing in, mail, records."""

from datetime import timedelta

from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import Audit, AuditKind
from roadmap.domain.accounts.mails import Lease, Mail
from roadmap.domain.accounts.sessions import Attempt, PostedForm, SignIn, Token, TokenPurpose
from roadmap.domain.accounts.users import User
from tests.support.cast import NOON


def fill_accounts(session: Session, user: User) -> None:
    """Put a row into each of these tables."""
    later = NOON + timedelta(days=1)
    moments = {"created_at": NOON, "expires_at": later}
    session.add_all(
        [
            Audit(at=NOON, kind=AuditKind.SIGNED_IN, actor_id=user.id, subject_id=user.id),
            SignIn(
                token_hash="1" * 64,
                user_id=user.id,
                is_remembered=False,
                agent="",
                last_seen_at=NOON,
                **moments,
            ),
            Attempt(key="k", at=NOON),
            PostedForm(mark="m", posted_at=NOON),
            Token(token_hash="2" * 64, purpose=TokenPurpose.PASSWORD, user_id=user.id, **moments),
            Mail(recipient=user.email, user_id=user.id, subject="S", body="B", due_at=NOON, **moments),
            Lease(name="mail", holder="h", expires_at=later),
        ]
    )
    session.flush()

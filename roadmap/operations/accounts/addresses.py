"""Mail addresses as people type them."""

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

from roadmap.domain.errors import invalid


def normalize_address(text: str, *, field: str = "email") -> str:
    """The address in the one spelling that is stored; raises Invalid with the reason."""
    try:
        return _read(text).normalized.lower()
    except EmailNotValidError as problem:
        raise invalid(**{field: str(problem)}) from None


def known_spelling(text: str) -> str:
    """The address as it would be stored; what is no address stays as it is, and belongs to nobody."""
    try:
        return _read(text).normalized.lower()
    except EmailNotValidError:
        return text.strip().lower()


def ascii_spelling(email: str) -> str:
    """The address as mail servers want it: the domain in ASCII."""
    return _read(email).ascii_email or email


def _read(text: str) -> ValidatedEmail:
    return validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)

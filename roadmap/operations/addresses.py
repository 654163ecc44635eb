"""Mail addresses as people type them."""

from email_validator import EmailNotValidError, validate_email

from roadmap.domain.errors import refuse


def normalize_address(text: str, *, field: str = "email") -> str:
    """The address in the one spelling that is stored; raises Invalid with the reason."""
    try:
        found = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as problem:
        raise refuse(**{field: str(problem)}) from None
    return found.normalized.lower()


def known_spelling(text: str) -> str:
    """The address as it would be stored; what is no address stays as it is, and belongs to nobody."""
    try:
        return validate_email(
            text.strip(), check_deliverability=False, allow_smtputf8=False
        ).normalized.lower()
    except EmailNotValidError:
        return text.strip().lower()


def ascii_spelling(email: str) -> str:
    """The address as mail servers want it: the domain in ASCII."""
    return validate_email(email, check_deliverability=False, allow_smtputf8=False).ascii_email or email

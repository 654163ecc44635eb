"""Whether a request comes from a program, such as one that draws previews of links, or from a person."""

import re

from flask import Request

from roadmap.web.requests import is_asked_ahead

_PROGRAM = re.compile(
    # Most programs end a name in "bot"; phones named "Cubot" don't.
    r"(?<!cu)bot\b|(?<!cu)bot[-_/]|crawler|spider|scraper?\b|preview|prerender"
    r"|facebookexternalhit|facebookcatalog|meta-external|vkshare|line-poker|kakaotalk-scrap|slack-imgproxy"
    r"|embedly|iframely|nextcloud|mattermost|rocket\.chat|zulip|safelinks|mastodon"
    # Apps that also show pages to people use these names at the start only for previews.
    r"|^(whatsapp|viber|signal|pinterest|skype|flipboard|snapchat)\b",
    re.IGNORECASE,
)


def is_program(request: Request) -> bool:
    """Return whether a program asks: one that names itself, looks ahead, or wants only the headers."""
    return is_asked_ahead() or _PROGRAM.search(request.user_agent.string) is not None

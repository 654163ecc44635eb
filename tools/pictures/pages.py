"""The one list of pages to look at: name, who looks, path. Words in braces are found on the demo."""

from dataclasses import dataclass

# Whose password the demo prints; a visitor is nobody.
PEOPLE = {
    "visitor": None,
    "learner": "mei",
    "newcomer": "isabela",
    "finished": "tomasz",
    "paused": "diego",
    "bursts": "kwame",
    "weekends": "fatima",
    "team": "hassan",
    "author": "elin",
    "mentor": "amara",
    "backlog": "henrik",
    "administrator": "ingrid",
}


# Kilobytes that the HTML of a page may have, compressed, by the end of its name. A report is a document to
# print, as long as what was done. The map of all skills has 145 stations and 223 lines, and as much as the
# benchmark allows a map.
MOST_KILOBYTES = {"": 15, "map-whole": 16, "report": 25, "report-all": 25, "report-since": 25}


@dataclass(frozen=True)
class Look:
    """One page as one person sees it; `status` is what it answers when all is well."""

    name: str
    who: str
    path: str
    status: int = 200

    @property
    def most_kilobytes(self) -> int:
        """What its HTML may weigh, compressed."""
        return MOST_KILOBYTES[max(filter(self.name.endswith, MOST_KILOBYTES), key=len)]


def _of(who: str, *pages: tuple[str, str]) -> list[Look]:
    return [Look(f"{who}-{name}", who, path) for name, path in pages]


LOOKS = (
    *_of(
        "visitor",
        ("home", "/"),
        ("login", "/login"),
        ("register", "/register"),
        ("forgotten", "/password/forgotten"),
        ("help", "/help"),
        ("roadmaps", "/roadmaps"),
        ("roadmap", "/roadmaps/ml-engineer"),
        ("roadmap-map", "/roadmaps/ml-engineer?view=map"),
        ("roadmap-milestone", "/roadmaps/ml-engineer/milestones/train-first-classifier"),
        ("small-roadmap", "/roadmaps/first-weeks"),
        ("search", "/search?q=data"),
        ("search-nothing", "/search?q=%25"),
        ("verify", "/verify"),
        ("verify-unknown", "/verify?id=K7QM-2XPA-9RTD"),
    ),
    Look("error-404", "visitor", "/nowhere", 404),
    Look("error-reset", "visitor", "/password/reset/long-gone", 404),
    *_of(
        "newcomer",
        ("today", "/today"),
        ("list", "{own}"),
        ("map", "{own}?view=map"),
        ("map-whole", "{own}?view=map&skills=all"),
        ("mentoring", "/mentoring"),
        ("begin", "/roadmaps/first-weeks/enrollment"),
        ("bring", "/roadmaps/new"),
        ("report", "{own}/report"),
        ("history", "{own}/history"),
        ("shares", "{own}/shares"),
        ("issued-reports", "{own}/reports"),
    ),
    *_of(
        "learner",
        ("today", "/today"),
        ("list", "{own}"),
        ("ready", "{own}?filter=ready"),
        ("returned-only", "{own}?filter=returned"),
        ("map", "{own}?view=map"),
        ("map-whole", "{own}?view=map&skills=all"),
        ("history", "{own}/history"),
        ("settings", "{own}/settings"),
        ("edition", "{own}/edition"),
        ("report", "{own}/report"),
        ("report-since", "{own}/report?since={month}"),
        ("report-all", "{own}/report?only=all"),
        ("report-map", "{own}/report?view=map"),
        ("activity", "{own}/activity"),
        ("shares", "{own}/shares"),
        ("shared", "/s/{token}"),
        ("issued-reports", "{own}/reports"),
        ("issued-report", "/reports/{frozen}"),
        ("verify-known", "/verify?id={frozen}"),
        ("milestone-untouched", "{own}/milestones/{not_started}"),
        ("milestone-under-way", "{own}/milestones/{in_progress}"),
        ("milestone-submitted", "{own}/milestones/{submitted}"),
        ("milestone-returned", "{own}/milestones/{returned}"),
        ("milestone-verified", "{own}/milestones/{verified}"),
        ("submission", "/submissions/{submission}"),
        ("mentoring", "/mentoring"),
        ("search", "/search?q=model"),
        ("search-nothing", "/search?q=%25"),
        ("account", "/settings"),
        ("account-address", "/settings/address"),
        ("account-password", "/settings/password"),
        ("account-sessions", "/settings/sessions"),
        ("account-badge", "/settings/badge"),
        ("account-calendar", "/settings/calendar"),
        ("account-data", "/settings/data"),
        ("account-deletion", "/settings/deletion"),
    ),
    *_of(
        "finished",
        ("today", "/today"),
        ("list", "{own}"),
        ("map", "{own}?view=map"),
        ("report", "{own}/report"),
    ),
    *_of("paused", ("today", "/today"), ("list", "{own}")),
    *_of("bursts", ("today", "/today"), ("edition", "{own}/edition"), ("history", "{own}/history")),
    *_of("weekends", ("list", "{own}")),
    *_of("team", ("today", "/today"), ("small-list", "{own}"), ("small-map", "{own}?view=map")),
    *_of(
        "author",
        ("roadmaps", "/roadmaps"),
        ("draft", "/roadmaps/half-marathon/draft"),
        ("draft-milestone", "/roadmaps/half-marathon/draft/milestones/run-ten-kilometers"),
        ("draft-publish", "/roadmaps/half-marathon/draft/edition"),
        ("draft-settings", "/roadmaps/half-marathon/settings"),
        ("import-again", "/roadmaps/half-marathon/import"),
        ("review", "/roadmaps/winter-reading/import"),
        ("deletion", "/settings/deletion"),
    ),
    *_of(
        "mentor",
        ("today", "/today"),
        ("mentoring", "/mentoring"),
        ("review", "/submissions/{submission}"),
        ("mentee", "/mentoring/mentees/{mentee}"),
        ("mentee-list", "{own}"),
        ("mentee-map", "{own}?view=map"),
        ("mentee-milestone", "{own}/milestones/{returned}"),
        ("mentee-history", "{own}/history"),
        ("mentee-report", "{own}/report"),
    ),
    *_of(
        "backlog",
        ("mentoring", "/mentoring"),
        ("waiting-only", "/mentoring?reason=waiting&also=paused&also=complete&order=change"),
        ("review", "/submissions/{submission}"),
    ),
    *_of(
        "administrator",
        ("today", "/today"),
        ("begin", "/roadmaps/ml-engineer/enrollment"),
        ("draft", "/roadmaps/first-weeks/draft"),
        ("draft-skill", "/roadmaps/first-weeks/draft/skills/people"),
        ("draft-text", "/roadmaps/first-weeks/draft/text"),
        ("draft-publish", "/roadmaps/first-weeks/draft/edition"),
        ("draft-import", "/roadmaps/first-weeks/import"),
        ("accounts", "/admin"),
        ("approval", "/admin/accounts/{account}/approval"),
        ("confirm-disabling", "/admin/accounts/{account}/disabled"),
        ("audits", "/admin/audits"),
        ("shares", "/admin/shares"),
    ),
    Look("error-403", "mentor", "{own}/settings", 403),
)
PRINTED = "learner-report"

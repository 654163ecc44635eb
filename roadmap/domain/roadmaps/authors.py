"""Who may write a roadmap."""

from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Forbidden, ForbiddenReason, NotFound
from roadmap.domain.roadmaps.roadmaps import Roadmap

BUILT_IN = "The built-in roadmap comes with the software. Make a copy and edit that."


def check_author(roadmap: Roadmap | None, by: User, *, of_built_in: bool = False) -> Roadmap:
    """Return the roadmap if this person may write it; raise NotFound or Forbidden.

    With `of_built_in`, administrators may change what is not in the files of the built-in one: who sees it.
    """
    if roadmap is None or not (roadmap.is_open_to(by) or by.is_admin):
        raise NotFound("There is no such roadmap.")
    if roadmap.is_built_in and not (of_built_in and by.is_admin):
        raise Forbidden(BUILT_IN, ForbiddenReason.BUILT_IN)
    if roadmap.author_id != by.id and not by.is_admin:
        raise Forbidden("Only its author can change this roadmap.", ForbiddenReason.AUTHOR)
    return roadmap

"""Rows of an import as the review shows them, and what was changed in its form."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from roadmap.domain.characters import plain
from roadmap.domain.errors import invalid
from roadmap.domain.imports.import_rows import Certainty, ImportedFile, ImportRow, RowLevel, container_of
from roadmap.domain.imports.row_matches import match_rows
from roadmap.domain.roadmaps.outline_texts import SENTENCE, fit_line
from roadmap.imports.written_hours import round_hours
from roadmap.queries.roadmaps.drafts import DraftView
from roadmap.web.forms.fields import typed_number
from roadmap.web.roadmaps.forms import ImportForm

ON_A_PAGE = 250


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row with its number, the number of the row it is in, and the milestone of the draft that it matches.

    `twin` is the number of an earlier row of the same level and title.
    """

    number: int
    row: ImportRow
    parent: int | None
    twin: int | None
    match: str
    is_asked: bool


@dataclass(frozen=True, slots=True)
class RowPage:
    """A page of rows; pages count from 1. `gone` are titles of the draft that no row has."""

    rows: tuple[ShownRow, ...]
    number: int
    pages: int
    ticked: int
    unsure: int
    gone: tuple[str, ...]


def page_of_rows(draft: DraftView, imported: ImportedFile, *, number: int) -> RowPage:
    """Return a page of the rows of an import into a draft."""
    rows, matches = imported.rows, match_rows(draft.outline, imported, draft.notes.get("foreign", {}))
    pages = max(1, -(-len(rows) // ON_A_PAGE))
    number = min(max(1, number), pages)
    titles = draft.outline.titles
    seen: dict[tuple[RowLevel, str], int] = {}
    shown = []
    for index, row in enumerate(rows):
        twin = seen.setdefault((row.level, plain(row.title)), index)
        if not (number - 1) * ON_A_PAGE <= index < number * ON_A_PAGE:
            continue
        key = matches.sure.get(index) or matches.by_title.get(index, "")
        is_twin = twin < index and row.level in {RowLevel.SKILL, RowLevel.MILESTONE}
        parent = container_of(rows, index)
        shown.append(
            ShownRow(
                index, row, parent, twin if is_twin else None, titles.get(key, ""), index in matches.by_title
            )
        )
    milestones = [row for row in rows if row.level is RowLevel.MILESTONE]
    return RowPage(
        tuple(shown),
        number,
        pages,
        sum(row.is_ticked for row in milestones),
        sum(row.certainty is not Certainty.SURE for row in rows),
        tuple(titles[key] for key in matches.gone),
    )


def change_rows(
    imported: ImportedFile, typed: "MultiDict[str, str]", form: ImportForm | None
) -> tuple[ImportRow, ...]:
    """Return the rows as they are in the form; those that are not in it stay as they were.

    With a form, its changes for all chosen rows are made too. Raises Invalid for a level that is none.
    """
    rows = [_typed_row(imported.rows, number, typed) for number in range(len(imported.rows))]
    if form is not None and typed.get("do") == "bulk":
        chosen = {number for text in typed.getlist("row") if (number := typed_number(text)) is not None}
        for number in _with_inner(rows, chosen):
            rows[number] = _changed(rows[number], form, is_chosen=number in chosen)
    return tuple(rows)


def _typed_row(rows: Sequence[ImportRow], number: int, typed: Mapping[str, str]) -> ImportRow:
    row = rows[number]
    level = typed.get(f"level-{number}", row.level.value)
    if level not in list(RowLevel):
        raise invalid(rows=f"“{level[:40]}” isn’t a level.")
    most = SENTENCE if level == RowLevel.CRITERION else 200
    title = fit_line(typed.get(f"title-{number}", row.title), most) or row.title
    parent = row.parent
    if f"parent-{number}" in typed:
        # People count rows from 1; a row can not be in itself.
        above = typed_number(typed[f"parent-{number}"].strip())
        parent = above - 1 if above and above - 1 != number and above <= len(rows) else None
        if parent == container_of(rows, number):
            parent = row.parent
    hours = _typed_hours(typed.get(f"hours_low-{number}", ""), typed.get(f"hours_high-{number}", ""))
    changes: dict[str, Any] = {
        "level": RowLevel(level),
        "title": title,
        "parent": parent,
        "hours": hours or row.hours,
    }
    changed = replace(row, **changes)
    return changed if changed == row else replace(changed, certainty=Certainty.SURE, reason="")


def _typed_hours(low: str, high: str) -> tuple[float, float] | None:
    try:
        numbers = [float(text.replace(",", ".")) for text in (low, high) if text.strip()]
    except ValueError:
        return None
    return round_hours(numbers[0], numbers[-1]) if numbers else None


def _with_inner(rows: Sequence[ImportRow], chosen: Collection[int]) -> list[int]:
    """Return the chosen rows and all rows in them."""
    inside = set(chosen)
    for number in range(len(rows)):
        if rows[number].parent in inside or container_of(rows, number) in inside:
            inside.add(number)
    return sorted(number for number in inside if number < len(rows))


def _changed(row: ImportRow, form: ImportForm, *, is_chosen: bool) -> ImportRow:
    changes: dict[str, Any] = {}
    if is_chosen and form.to_level.data in list(RowLevel):
        changes |= {"level": RowLevel(form.to_level.data), "certainty": Certainty.SURE, "reason": ""}
    if row.level is RowLevel.MILESTONE:
        low, high = form.to_hours_low.data, form.to_hours_high.data
        if low or high:
            changes["hours"] = round_hours(low or high or 0, high or low or 0)
        if form.to_optional.data:
            changes["is_optional"] = form.to_optional.data == "yes"
        if form.to_verification.data:
            changes["by_mentor"] = form.to_verification.data == "mentor"
    return replace(row, **changes)

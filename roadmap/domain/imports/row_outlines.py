"""Turns the rows of a foreign file into an outline, with what no foreign file has given once for all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from roadmap.domain.characters import plain
from roadmap.domain.errors import invalid
from roadmap.domain.imports.import_rows import ImportedFile, ImportRow, RowLevel, container_of, is_left_out
from roadmap.domain.roadmaps.outline_edits import without_wrong_prerequisites
from roadmap.domain.roadmaps.outline_rules import MAX_MILESTONES
from roadmap.domain.roadmaps.outline_texts import (
    MAX_CRITERIA,
    MAX_RESOURCES,
    SENTENCE,
    fit_line,
    fit_text,
    is_name,
    make_key,
)
from roadmap.domain.roadmaps.outlines import (
    AreaOutline,
    MilestoneOutline,
    Outline,
    SkillOutline,
    VerificationMode,
)

DONE_WHEN = "You can explain it and show where you used it"


@dataclass(frozen=True, slots=True)
class ImportDefaults:
    """What milestones get that say nothing themselves."""

    hours: tuple[float, float] = (2, 4)
    done_when: str = DONE_WHEN
    verification: VerificationMode = VerificationMode.SELF


@dataclass(frozen=True, slots=True)
class BuiltOutline:
    """An outline made of rows: keys of ticked milestones, and keys by the ids of the foreign file."""

    outline: Outline
    ticked: tuple[str, ...]
    foreign: dict[str, str]


@dataclass(slots=True)
class _Part:
    """A row with its key and the rows in it."""

    row: ImportRow
    key: str
    children: list["_Part"] = field(default_factory=list)


def build_outline(
    imported: ImportedFile,
    defaults: ImportDefaults,
    *,
    slug: str,
    keys: dict[int, str] | None = None,
    reserved: Collection[str] = (),
) -> BuiltOutline:
    """Return the outline of the rows that are not left out; areas and skills without a milestone fall away.

    `keys` are those that rows have already, by their number; new ones are none of the `reserved` keys. Raises
    Invalid without a milestone, or with too many.
    """
    builder = _Builder(imported, defaults, keys or {}, reserved)
    areas = tuple(area for part in builder.areas if (area := builder.area(part)).skills)
    summary = fit_line(imported.description, SENTENCE) or imported.title
    # The page of a roadmap shows both.
    description = imported.description if imported.description != summary else ""
    outline = Outline(slug, imported.title, summary, description, imported.source, areas)
    count = len(outline.milestones)
    if not count:
        raise invalid(rows="No row is a milestone. Set at least one row to that level.")
    if count > MAX_MILESTONES:
        raise invalid(
            rows=f"{count:,} milestones are too many. The limit is {MAX_MILESTONES:,}, so leave some out."
        )
    outline = without_wrong_prerequisites(outline)
    ticked = tuple(key for key in builder.ticked if key in outline.milestones)
    return BuiltOutline(outline, ticked, builder.foreign)


class _Builder:
    """Places rows in each other and makes the parts of an outline from them."""

    def __init__(
        self,
        imported: ImportedFile,
        defaults: ImportDefaults,
        keys: dict[int, str],
        reserved: Collection[str],
    ) -> None:
        self.title, self.defaults = imported.title, defaults
        self.areas: list[_Part] = []
        self.ticked: list[str] = []
        self.foreign: dict[str, str] = {}
        self.by_name: dict[str, str] = {}
        self.taken, self.area_keys = {*keys.values(), *reserved}, set[str]()
        parts = self._make_parts(imported.rows, keys)
        for number, part in parts.items():
            self._place(part, number, imported.rows, parts)

    def _make_parts(self, rows: Sequence[ImportRow], keys: dict[int, str]) -> dict[int, _Part]:
        parts: dict[int, _Part] = {}
        for number, row in enumerate(rows):
            if is_left_out(rows, number):
                continue
            key = keys.get(number, "")
            if not key and row.level in {RowLevel.AREA, RowLevel.SKILL, RowLevel.MILESTONE}:
                taken = self.area_keys if row.level is RowLevel.AREA else self.taken
                own = row.key if is_name(row.key) and row.key not in taken else ""
                key = own or make_key(row.title, taken, kind=row.level.value)
                taken.add(key)
            parts[number] = _Part(row, key)
            if row.level in {RowLevel.SKILL, RowLevel.MILESTONE}:
                self.by_name.setdefault(plain(row.title), key)
                if row.key:
                    self.foreign[row.key] = key
            if row.is_ticked and row.level is RowLevel.MILESTONE:
                self.ticked.append(key)
        return parts

    def _place(self, part: _Part, number: int, rows: Sequence[ImportRow], parts: dict[int, _Part]) -> None:
        above = container_of(rows, number)
        if part.row.level is RowLevel.AREA:
            self.areas.append(part)
        elif above is not None and above in parts:
            parts[above].children.append(part)
        elif part.row.level is RowLevel.SKILL:
            self._last_area().children.append(part)
        elif part.row.level is RowLevel.MILESTONE:
            self._last_skill().children.append(part)

    def _last_area(self) -> _Part:
        if not self.areas:
            key = make_key(self.title, self.area_keys, kind="area")
            self.area_keys.add(key)
            self.areas.append(_Part(ImportRow(RowLevel.AREA, self.title), key))
        return self.areas[-1]

    def _last_skill(self) -> _Part:
        area = self._last_area()
        if not area.children:
            key = make_key(area.row.title, self.taken, kind="skill")
            self.taken.add(key)
            area.children.append(_Part(ImportRow(RowLevel.SKILL, area.row.title), key))
        return area.children[-1]

    def area(self, part: _Part) -> AreaOutline:
        skills = tuple(self.skill(child) for child in part.children if child.children)
        return AreaOutline(part.key, part.row.title, part.row.summary, skills)

    def skill(self, part: _Part) -> SkillOutline:
        milestones = tuple(self.milestone(child) for child in part.children)
        return SkillOutline(part.key, part.row.title, part.row.summary, milestones)

    def milestone(self, part: _Part) -> MilestoneOutline:
        row, inner = part.row, [child.row for child in part.children]
        criteria = [*row.criteria, *(child.title for child in inner if child.level is RowLevel.CRITERION)]
        resources = [*row.resources, *(resource for child in inner for resource in child.resources)]
        more = "\n".join(f"- {text}" for text in criteria[MAX_CRITERIA:])
        hours = row.hours or self.defaults.hours
        by_mentor = VerificationMode.MENTOR if row.by_mentor else VerificationMode.SELF
        return MilestoneOutline(
            part.key,
            row.title,
            fit_text("\n\n".join(filter(None, (row.summary, more)))),
            tuple(criteria[:MAX_CRITERIA]) or (self.defaults.done_when,),
            *hours,
            verification=self.defaults.verification if row.by_mentor is None else by_mentor,
            optional=row.is_optional,
            prerequisites=tuple(dict.fromkeys(self._references(row, part.key))),
            resources=tuple(dict.fromkeys(resources))[:MAX_RESOURCES],
            same_as=row.same_as,
        )

    def _references(self, row: ImportRow, own: str) -> list[str]:
        keys = (self.foreign.get(name) or self.by_name.get(plain(name)) for name in row.prerequisites)
        return [key for key in keys if key and key != own]

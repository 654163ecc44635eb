"""One skill or one milestone of a draft: its fields, its place, and taking it out; and the whole as text."""

from collections.abc import Iterable
from dataclasses import replace

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from roadmap.domain.errors import NotFound, invalid
from roadmap.domain.roadmaps import outline_edits as edits
from roadmap.domain.roadmaps.outlines import AreaOutline, Outline, SkillOutline
from roadmap.exports.languages import text_keywords
from roadmap.exports.outline_documents import write_outline
from roadmap.imports.draft_texts import read_draft_text
from roadmap.imports.outline_problems import OutlineProblem, OutlineProblems
from roadmap.queries.roadmaps.drafts import DraftView
from roadmap.web.redirects import flash_change, redirect_to
from roadmap.web.roadmaps.draft_forms import (
    DraftTextForm,
    MilestoneForm,
    SkillForm,
    read_milestone,
    show_milestone,
    text_of_milestone,
)
from roadmap.web.roadmaps.drafts import STEPS, find_view, save, show_conflict

GONE = "This part is no longer in the draft."
skills = Blueprint("draft_skills", __name__)
milestones = Blueprint("draft_milestones", __name__)
texts = Blueprint("draft_texts", __name__)


@skills.get("/roadmaps/<slug>/draft/skills/<key>")
def edit(slug: str, key: str, form: SkillForm | None = None) -> str:
    view = find_view(slug)
    skill = view.outline.skills.get(key)
    if skill is None:
        raise NotFound(GONE)
    form = form or SkillForm(of=skill, version=view.version, area=view.outline.area_of[key].key)
    form.area.choices = _choices(view, view.outline.areas)
    show_conflict(form, f"{skill.title}\n\n{skill.summary}".strip())
    return render_template("roadmaps/authoring/skill.html", draft=view, skill=skill, form=form)


@skills.post("/roadmaps/<slug>/draft/skills/<key>")
def update(slug: str, key: str) -> ResponseReturnValue:
    """Save it; with `step` move it up or down, or remove it with its milestones."""
    form, step = SkillForm(), request.form.get("step", "save")

    def change(outline: Outline) -> Outline:
        skill = outline.skills.get(key)
        if skill is None:
            raise NotFound(GONE)
        if step in STEPS:
            return edits.change_skills(outline, lambda skills: edits.move_part(skills, key, STEPS[step]))
        if step == "remove":
            return edits.remove_skill(outline, key)
        changed = edits.replace_skill(outline, _skill_of(form, skill))
        known = {area.key for area in outline.areas}
        return edits.move_skill_to(changed, key, form.area.data) if form.area.data in known else changed

    def part(outline: Outline) -> object:
        # Without its milestones, which have forms of their own.
        skill = outline.skills.get(key)
        return skill and replace(skill, milestones=())

    with form.shows_refusals():
        if step == "save":
            form.check()
        save(slug, form, change, f"Changed skill {key}", part=part)
        return _lead_on(slug, key, step, "draft_skills.edit")
    return edit(slug, key, form), form.status_code


@milestones.get("/roadmaps/<slug>/draft/milestones/<key>", endpoint="edit")
def edit_milestone(slug: str, key: str, form: MilestoneForm | None = None) -> str:
    view = find_view(slug)
    milestone = view.outline.milestones.get(key)
    if milestone is None:
        raise NotFound(GONE)
    skill = view.outline.skill_of[key]
    form = form or MilestoneForm(version=view.version, skill=skill.key, **show_milestone(milestone))
    form.skill.choices = _choices(view, view.outline.skills.values())
    show_conflict(form, text_of_milestone(milestone))
    return render_template(
        "roadmaps/authoring/milestone.html", draft=view, milestone=milestone, skill=skill, form=form
    )


@milestones.post("/roadmaps/<slug>/draft/milestones/<key>", endpoint="update")
def update_milestone(slug: str, key: str) -> ResponseReturnValue:
    """Save it; with `step` move it up or down, or remove it."""
    form, step = MilestoneForm(), request.form.get("step", "save")

    def change(outline: Outline) -> Outline:
        milestone = outline.milestones.get(key)
        if milestone is None:
            raise NotFound(GONE)
        if step in STEPS:
            return edits.change_milestones(outline, lambda parts: edits.move_part(parts, key, STEPS[step]))
        if step == "remove":
            return edits.remove_milestone(outline, key)
        changed = edits.replace_milestone(outline, read_milestone(form, milestone, outline))
        return edits.move_milestone_to(changed, key, form.skill.data or "")

    with form.shows_refusals():
        if step == "save":
            form.check()
        save(slug, form, change, f"Changed milestone {key}", part=lambda outline: outline.milestones.get(key))
        return _lead_on(slug, key, step, "draft_milestones.edit")
    return edit_milestone(slug, key, form), form.status_code


def _lead_on(slug: str, key: str, step: str, endpoint: str) -> ResponseReturnValue:
    if step == "remove":
        message = "Removed from the draft. To get it back, restore an earlier revision below."
        return redirect_to("drafts.edit", message, slug=slug)
    if step == "save":
        flash_change("Saved.")
    return redirect_to(endpoint, slug=slug, key=key)


def _choices(
    view: DraftView, parts: Iterable[AreaOutline | SkillOutline]
) -> list[tuple[str, str, dict[str, str]]]:
    """The parts of a draft to choose from, in its language."""
    keywords = text_keywords(view.outline.language)
    return [(part.key, part.title, keywords) for part in parts]


def _skill_of(form: SkillForm, skill: SkillOutline) -> SkillOutline:
    needs = form.needs.data
    if needs is not None and not 1 <= needs <= max(1, len(skill.required)):
        raise invalid(needs=f"Enter a number from 1 to {len(skill.required)}, or leave empty for all.")
    return replace(
        skill,
        title=form.title.data or "",
        summary=form.summary.data or "",
        needs=needs,
        optional=bool(form.optional.data),
    )


@texts.get("/roadmaps/<slug>/draft/text", endpoint="edit")
def edit_text(slug: str, form: DraftTextForm | None = None, problems: tuple[OutlineProblem, ...] = ()) -> str:
    """The text, as an export writes it."""
    view = find_view(slug)
    saved = write_outline(view.outline).decode()
    if form:
        show_conflict(form, saved)
    return render_template(
        "roadmaps/authoring/text.html",
        draft=view,
        form=form or DraftTextForm(version=view.version, text=saved),
        problems=problems,
    )


@texts.post("/roadmaps/<slug>/draft/text", endpoint="update")
def update_text(slug: str) -> ResponseReturnValue:
    """Save the text; what is wrong is named with its line and its field."""
    form = DraftTextForm()
    with form.shows_refusals():
        form.check()
        try:
            outline = read_draft_text(form.text.data or "", slug=slug)
            save(slug, form, lambda _: outline, "Edited as text")
        except OutlineProblems as error:
            return edit_text(slug, form, problems=error.problems), 422
        return redirect_to("draft_texts.edit", "Saved.", slug=slug)
    return edit_text(slug, form), form.status_code

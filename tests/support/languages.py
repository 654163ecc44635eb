"""Roadmaps in other languages, and the texts of a page with the language that is said of them."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import html

from roadmap.domain.roadmaps.outlines import AreaOutline, MilestoneOutline, Outline, SkillOutline
from roadmap.domain.roadmaps.pathway_groups import GroupChoice, GroupOutline

WORDS = {"de": "Bienenstock", "ar": "خلية"}
READ_ALOUD = ("title", "aria-label", "alt", "placeholder")
SCRIPTS = {"script", "style"}


def translated(outline: Outline, language: str) -> Outline:
    """The outline with the word of a language in each of its texts."""
    word = WORDS[language]

    def said(text: str) -> str:
        return f"{word} {text}"

    def milestone(old: MilestoneOutline) -> MilestoneOutline:
        criteria = tuple(map(said, old.done_when))
        return replace(
            old, title=said(old.title), summary=said(old.summary), done_when=criteria, topics=(said("topic"),)
        )

    def skill(old: SkillOutline) -> SkillOutline:
        inner = tuple(map(milestone, old.milestones))
        return replace(old, title=said(old.title), summary=said(old.summary), milestones=inner)

    def area(old: AreaOutline) -> AreaOutline:
        inner = tuple(map(skill, old.skills))
        return replace(old, title=said(old.title), summary=said(old.summary), skills=inner)

    groups = (GroupOutline("way", said("way"), said("Which way?"), GroupChoice.ANY),)
    return replace(
        outline,
        language=language,
        title=said(outline.title),
        summary=said(outline.summary),
        description=said("For everyone."),
        source=said("A book"),
        areas=tuple(map(area, outline.areas)),
        groups=groups,
        pathways=tuple(
            replace(old, group="way", title=said(old.title), summary=said(old.summary))
            for old in outline.pathways
        ),
    )


def wrong_texts(page: str, language: str) -> Iterator[str]:
    """Yield each text and attribute of a page with a word of this language that says another one.

    The attribute `lang` of the nearest element that has one counts; `dir` may be `auto`, and code runs from
    the left in any language. Left out are the title of the page, a sentence in English, and code to copy.
    """
    word, direction = WORDS[language], "rtl" if language == "ar" else "ltr"
    for element in html.fromstring(page).iter():
        is_title = element.tag == "title" and element.getparent().tag == "head"
        if not isinstance(element.tag, str) or element.tag in SCRIPTS or is_title:
            continue
        texts = [(name, element, element.get(name) or "") for name in READ_ALOUD]
        if element.tag in {"input", "button"} and "readonly" not in element.attrib:
            texts.append(("value", element, element.get("value") or ""))
        texts.append(("text", element, element.text or ""))
        parent = element.getparent()
        if parent is not None:
            texts.append(("text", parent, element.tail or ""))
        for kind, holder, text in texts:
            if word in text:
                found = _nearest(holder, "lang"), _nearest(holder, "dir")
                is_drawn = any(each.tag == "svg" for each in (holder, *holder.iterancestors()))
                if found[0] != language or not (
                    is_drawn or found[1] in {direction, "auto"} or _is_code(holder)
                ):
                    yield f"<{holder.tag}> {kind} “{' '.join(text.split())[:60]}” in {found}"


def _is_code(element: html.HtmlElement) -> bool:
    return "code" in (element.get("class") or "").split()


def _nearest(element: html.HtmlElement, name: str) -> str | None:
    for each in (element, *element.iterancestors()):
        if (value := each.get(name)) is not None:
            return str(value)
    return None

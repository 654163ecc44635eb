"""The headings above each section of a Markdown file, of which areas and skills are made."""

from collections.abc import Callable, Sequence

from roadmap.imports.markdown_lists import Section

Path = tuple[Section, ...]


def find_paths(
    sections: Sequence[Section], top: Section | None, holds_rows: Callable[[Section], bool]
) -> dict[int, Path]:
    """Return the headings above what each section holds, by the number of the section.

    Headings that everything is below say nothing and are left out, as the title is.
    """
    open_headings: list[Section] = []
    paths: dict[int, Path] = {}
    for number, section in enumerate(sections):
        if section.level:
            open_headings = [heading for heading in open_headings if heading.level < section.level]
            open_headings.append(section)
        if holds_rows(section):
            paths[number] = tuple(heading for heading in open_headings if heading is not top)
    while all(len(path) > 1 for path in paths.values()) and any(len(path) > 2 for path in paths.values()):
        if len({id(path[0]) for path in paths.values()}) > 1:
            break
        paths = {number: path[1:] for number, path in paths.items()}
    return paths

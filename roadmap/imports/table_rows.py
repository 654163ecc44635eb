"""Which column of a table is what, by its name in four languages, and what a row says of a milestone."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from roadmap.domain.characters import plain
from roadmap.domain.imports.import_rows import Certainty, make_resource
from roadmap.domain.roadmaps.outlines import ResourceOutline
from roadmap.domain.table_cells import strip_bullet, unescape_formula
from roadmap.imports.written_hours import read_hours

NAMES = {
    "parent": "parent id number, parent id, parent",
    "done_when": (
        "done when, definition of done, criteria, criterion, erledigt wenn, kriterien, criteres, criterios"
    ),
    "prerequisites": (
        "prerequisites, prerequisite, prereqs, depends on, comes after, after, "
        "voraussetzungen, voraussetzung, prerequis, prerrequisitos, requisitos previos"
    ),
    "area": (
        "area, areas, theme, module, section, category, bereich, thema, modul, abschnitt, "
        "kategorie, domaine, rubrique, categorie, tema, modulo, seccion, categoria"
    ),
    "skill": (
        "skill, topic, subject, competency, competence, fahigkeit, kompetenz, fach, sujet, "
        "matiere, habilidad, competencia, materia, asignatura"
    ),
    "milestone": (
        "milestone, task, item, step, course, courses, title, short name, name, aufgabe, "
        "schritt, kurs, titel, etape, tache, cours, titre, nom, hito, paso, tarea, curso, "
        "titulo, nombre"
    ),
    "key": "key, id number, id, schlussel, cle, clave",
    "summary": "description, summary, notes, note, beschreibung, notiz, resume, descripcion, resumen",
    "hours": (
        "hours, effort, duration, time, stunden, aufwand, dauer, zeit, heures, duree, temps, horas, duracion"
    ),
    "link": (
        "link, links, url, resource, resources, ressource, quelle, lien, ressources, enlace, "
        "recurso, recursos"
    ),
    "optional": "optional, wahlfrei, facultatif, opcional",
    "required": "required, mandatory, pflicht, obligatoire, obligatorio",
    "done": (
        "done, status, complete, completed, ✓, ✔, %, erledigt, fertig, stand, fait, statut, hecho, estado"
    ),
}
_NAMES = {field: [name.strip() for name in names.split(",")] for field, names in NAMES.items()}
_WORD = re.compile(r"[^\W_]+|[✓✔%]")
_YES = frozenset(
    {
        *("x", "1", "y", "yes", "true", "done", "complete", "completed", "optional", "100", "100%"),
        *("✓", "✔", "✅", "☑", "ja", "erledigt", "fertig", "oui", "fait", "si", "hecho"),
    }
)
_NO = frozenset({"0", "n", "no", "false", "nein", "non", "-", "–"})

Columns = dict[str, list[int]]


def name_columns(header: Sequence[str]) -> Columns:
    """Return the numbers of the columns by field; a whole name goes before one among other words.

    Only hours and links may have several columns.
    """
    names = [" ".join(_WORD.findall(plain(cell))) for cell in header]
    columns: Columns = {}
    taken: set[int] = set()
    for is_whole in (True, False):
        for field, words in _NAMES.items():
            for number, name in enumerate(names):
                fits = name in words if is_whole else any(f" {word} " in f" {name} " for word in words)
                if fits and number not in taken and (field not in columns or field in {"hours", "link"}):
                    columns.setdefault(field, []).append(number)
                    taken.add(number)
    # Where two columns before the milestone could name the area, the second names the skill.
    before = names[: columns.get("milestone", [len(names)])[0]]
    second = [number for number, name in enumerate(before) if name in _NAMES["area"] and number not in taken]
    if "area" in columns and "skill" not in columns and second:
        columns["skill"] = second[:1]
    return columns


def is_header(cells: Sequence[str]) -> bool:
    """Return whether a row names columns: two of them, or the only one."""
    named = sum(len(numbers) for numbers in name_columns(cells).values())
    filled = [cell for cell in cells if cell.strip()]
    return named >= min(2, len(filled)) > 0 and all(len(cell) <= 60 for cell in filled)


def says_yes(cell: str) -> bool:
    """Return whether a cell says that something is done or so."""
    return plain(cell).strip() in _YES


def says_no(cell: str) -> bool:
    """Return whether a cell says no."""
    return plain(cell).strip() in _NO


_SPLIT = re.compile(r"[\n;]|<br\s*/?>")
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")

Cell = Callable[[str], str]


def milestone_fields(columns: Columns, row: Sequence[str]) -> dict[str, Any]:
    """Return what the other cells of a row say about its milestone."""
    cell = cell_reader(columns, row)
    written = [row[number] for number in columns.get("hours", ()) if number < len(row)]
    hours = read_hours(written)
    linked = [
        unescape_formula(row[number].strip()) for number in columns.get("link", ()) if number < len(row)
    ]
    resources = [resource for text in linked for line in text.splitlines() for resource in _resources(line)]
    fields: dict[str, Any] = {
        "key": cell("key"),
        "summary": _TAG.sub("", cell("summary")),
        "hours": hours,
        "criteria": tuple(strip_bullet(part) for part in _SPLIT.split(cell("done_when"))),
        "resources": tuple(resources),
        "prerequisites": tuple(part.strip() for part in _SPLIT.split(cell("prerequisites")) if part.strip()),
        "is_optional": says_yes(cell("optional")) or says_no(cell("required")),
        "is_ticked": says_yes(cell("done")),
    }
    if hours:
        cells = " × ".join(text.strip() for text in written if text.strip())
        fields |= {"certainty": Certainty.LIKELY, "reason": f"the hours come from “{cells[:60]}”"}
    return fields


def cell_reader(columns: Columns, row: Sequence[str]) -> Cell:
    def cell(name: str) -> str:
        number = columns.get(name, [len(row)])[0]
        return unescape_formula(row[number].strip()) if number < len(row) else ""

    return cell


def _resources(line: str) -> Iterator[ResourceOutline]:
    """Yield the links of a line, each with the words before it, as in `A film (https://…)`."""
    addresses = _ADDRESS.findall(line)
    start = 0
    for address in addresses:
        url = address.rstrip(".,;")
        while url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1].rstrip(".,;")
        words = line[start : line.index(address, start)].strip(" (:")
        start = line.index(address, start) + len(address)
        # Among several links, the words belong to the one after them.
        title = words if len(addresses) == 1 else re.split(r"[,;)]\s*", words)[-1].strip(" (:")
        if resource := make_resource(strip_bullet(title) or url, url):
            yield resource

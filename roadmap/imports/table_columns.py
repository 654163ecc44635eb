"""Which column of a table is what, by its name in English, German, French or Spanish."""

import re
from collections.abc import Sequence

from roadmap.domain.characters import plain

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
    found: Columns = {}
    taken: set[int] = set()
    for is_whole in (True, False):
        for field, words in _NAMES.items():
            for number, name in enumerate(names):
                fits = name in words if is_whole else any(f" {word} " in f" {name} " for word in words)
                if fits and number not in taken and (field not in found or field in {"hours", "link"}):
                    found.setdefault(field, []).append(number)
                    taken.add(number)
    return found


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

"""Files in the shapes that other people's curricula have, with texts of our own."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

CASE = {
    "CFDocument": {"title": "Beekeeping, first year", "creator": "Village school", "description": "For all."},
    "CFItems": [
        {"identifier": "i2", "humanCodingScheme": "B.1", "fullStatement": "Look after a hive"},
        {"identifier": "i3", "humanCodingScheme": "B.1.1", "fullStatement": "Opens a hive without haste"},
        {"identifier": "i4", "fullStatement": "Finds the queen", "notes": "Under supervision"},
    ],
    "CFAssociations": [
        {
            "associationType": "isChildOf",
            "originNodeURI": {"identifier": "i3"},
            "destinationNodeURI": {"identifier": "i2"},
            "sequenceNumber": 2,
        },
        {
            "associationType": "isChildOf",
            "originNodeURI": {"identifier": "i4"},
            "destinationNodeURI": {"identifier": "i2"},
            "sequenceNumber": 1,
        },
        {
            "associationType": "precedes",
            "originNodeURI": {"identifier": "i4"},
            "destinationNodeURI": {"identifier": "i3"},
        },
        {
            "associationType": "isRelatedTo",
            "originNodeURI": {"identifier": "i4"},
            "destinationNodeURI": {"identifier": "i3"},
        },
    ],
}

MOODLE = """\ufeffParent ID number,ID number,Short name,Description,Scale values,Is framework
,BEES,Beekeeping,"<p>First year</p>","Not yet,Yes",1
BEES,B1,"Look after a hive",,,
B1,B1.1,"Open a hive","<p>Without haste</p>",,
"""

NESTED = """Beekeeper:
  The hive:
    - Frames
    - Smoke
  Seasons:
    Spring:
      - Swarms
    Winter:
      - Feed
  Basic first aid: |
      Stings
      Shade
"""

CHAPTERS = """version: 1
modules:
  - id: "00"
    name: Getting near
    goal: Stand by a hive without fear.
    chapters:
      - {id: "00-01", title: "Start here: veil", level: core, minutes: 90, prereqs: [], status: planned}
      - {id: "00-02", title: "What a bee is", level: core, minutes: 45, prereqs: ["00-01"], status: complete}
  - id: "01"
    name: Carpentry
    chapters:
      - {id: "01-01", title: "Can you skip this?", level: optional, minutes: 25, prereqs: [], status: planned}
"""

COURSES = """Subject,Course,Session,Description,Primary Resources,Effort,Duration
Bees,Hive I,Session 1,"Frames, smoke","Library (https://library.example.org/bees)",6-10 hours/week,13 weeks
,Hive II,Session 2,"Swarms; winter","To be determined",2 h,
"""


def graph_node(name: str, kind: str, x: int, y: int, label: str = "", **data: Any) -> dict[str, Any]:
    """A node of a roadmap.sh map, 160 × 50 pixels."""
    return {
        "id": name,
        "type": kind,
        "position": {"x": x, "y": y},
        "data": {"label": label or name, **data},
        "width": 160,
        "height": 50,
    }


def graph() -> dict[str, Any]:
    """A map with a step by an edge, one that touches, one that is only near, and a topic without steps."""
    return {
        "nodes": [
            graph_node("title", "title", 0, 0, "Beekeeper"),
            graph_node("hive", "topic", 0, 100, "The hive"),
            graph_node("open", "subtopic", 300, 100, legend={"label": "Recommended by our club"}),
            graph_node("queen", "subtopic", 300, 156, legend={"label": "Learn any time"}),
            graph_node("far", "subtopic", 900, 300),
            graph_node("seasons", "topic", 0, 1000, "The seasons", links=[{"url": "https://x.example.org"}]),
            graph_node("line", "vertical", 0, 150),
        ],
        "edges": [
            {"source": "hive", "target": "open", "data": {"edgeStyle": "dashed"}},
            {"source": "hive", "target": "seasons", "data": {"edgeStyle": "solid"}},
        ],
    }


def long_list() -> str:
    """A long list: 37 skills, 208 milestones, of which 71 have criteria and 119 are only links."""
    lines = ["# Everything about bees", "", "Fork it and tick.", ""]
    number = 0
    for skill in range(37):
        if skill % 9 == 0:
            lines += [f"## Part {skill // 9 + 1}", ""]
        lines.append(f"- ### Skill {skill + 1}")
        for _ in range(6 if skill < 23 else 5):
            is_link = number < 119
            words = (
                f"[Film {number}](https://films.example.org/{number})" if is_link else f"Do the step {number}"
            )
            lines.append(f"    - [{'x' if number % 50 == 7 else ' '}] {words}")
            if number >= 208 - 71:
                lines += [
                    f"        - [ ] It works, {number}",
                    f"        - [Hint](https://x.example.org/{number})",
                ]
            number += 1
    return "\n".join(lines) + "\n"


def tables_of_courses() -> str:
    """Tables without bars at their ends below headings: 63 courses in 15 skills, 54 with only a link."""
    lines = ["# Summary", "", "- Be open", "", "# Curriculum", "", "- [Part 1](#part-1)", ""]
    number = 0
    for skill in range(15):
        if skill % 5 == 0:
            lines += [f"## Part {skill // 5 + 1}", ""]
        lines += [f"### Subject {skill + 1}", "About it.", "", "Courses | Duration | Effort | Prerequisites"]
        lines.append(":-- | :--: | :--: | :--:")
        for _ in range(5 if skill < 3 else 4):
            link = f"[Course {number}](https://c.example.org/{number})" if number < 54 else f"Course {number}"
            before = f"Course {number - 1}" if number else "none"
            lines.append(f"{link} | 13 weeks | 6-10 hours/week | {before}")
            number += 1
        lines.append("")
    return "\n".join(lines)


def as_json(value: Any) -> bytes:
    """The bytes of a JSON file."""
    return json.dumps(value).encode()


def zipped(files: dict[str, bytes | str]) -> bytes:
    """The bytes of a ZIP with these files."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()

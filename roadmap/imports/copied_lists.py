"""Lists copied from a web page or a document, with the markers of Markdown instead of their own."""

import re

_BOX = re.compile(r"(\s*)(?:[-*+•]\s+)?([☐☑☒])\s*")
_BULLET = re.compile(r"(\s*)(?:[•‣◦▪▫●○–]|[a-z]\))\s+")
_SUBNUMBER = re.compile(r"(\s*)(\d{1,3})((?:\.\d{1,3})+)\.?\s+")
_ITEM = re.compile(r"\s*(?:[-*+]|(\d{1,3})[.)])\s")


def use_markdown_markers(text: str) -> str:
    """Return the text with `-` for bullets and letters, `- [ ]` for boxes, and `1.1` as an item inside `1.`.

    Each line stays where it is.
    """
    lines: list[str] = []
    number: str | None = None
    for line in text.split("\n"):
        changed = _change_line(line, number)
        item = _ITEM.match(changed)
        if item:
            number = item[1] or number
        elif line.strip():
            number = None
        lines.append(changed)
    return "\n".join(lines)


def _change_line(line: str, number: str | None) -> str:
    """Return a line; `number` is that of the item before it, None when there is none right before."""
    if box := _BOX.match(line):
        return f"{box[1]}- [{' ' if box[2] == '☐' else 'x'}] {line[box.end() :]}"
    if bullet := _BULLET.match(line):
        return f"{bullet[1]}- {line[bullet.end() :]}"
    inner = _SUBNUMBER.match(line)
    if inner and inner[2] == number:
        return f"{max(inner[1], '    ' * inner[3].count('.'), key=len)}- {line[inner.end() :]}"
    return line

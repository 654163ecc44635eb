"""The baseline of the mentor's table: one aggregate over the progress of all mentees, and one template."""

from datetime import UTC, datetime
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

TABLE = """
SELECT m.public_id, e.public_id, u.name,
    100 * sum(CASE WHEN p.status = 'done' THEN t.hours_low + t.hours_high ELSE 0 END)
        / sum(t.hours_low + t.hours_high),
    100 * sum(CASE WHEN p.status = 'done' AND p.verification = 'verified'
        THEN t.hours_low + t.hours_high ELSE 0 END) / sum(t.hours_low + t.hours_high),
    (SELECT count(*) FROM submissions s WHERE s.enrollment_id = e.id AND s.state = 'open'),
    sum(CASE WHEN p.verification = 'returned' THEN 1 ELSE 0 END),
    (SELECT count(*) FROM events v WHERE v.enrollment_id = e.id AND v.recorded_on > date('now', '-30 days')),
    e.target_on,
    (SELECT max(v.recorded_at) FROM events v WHERE v.enrollment_id = e.id),
    (SELECT max(r.reviewed_at) FROM reviews r JOIN submissions s ON s.id = r.submission_id
        WHERE s.enrollment_id = e.id)
FROM mentorships m
JOIN enrollments e ON e.user_id = m.learner_id
JOIN users u ON u.id = e.user_id
JOIN milestone_texts t ON t.edition_id = e.edition_id AND NOT t.optional
LEFT JOIN progress p ON p.enrollment_id = e.id AND p.milestone_id = t.milestone_id
WHERE m.mentor_id = ? AND m.ended_at IS NULL
GROUP BY e.id ORDER BY u.name
"""
_BAR = '<svg class="bar" aria-hidden="true"><rect width="{}%"{}/></svg>'
_HATCHED = Markup(' fill="url(#hatch)"')
_PAGE = """{{ before }}
{%- for id, enrollment, name, claimed, verified, waiting, returned, recent, target, active, met in rows %}
<tr>
  <th scope="row"><a href="/mentoring/mentees/{{ id }}?enrollment={{ enrollment }}">{{ name }}</a>
  {#- #}<br><span class="fine"><span>{{ title }}</span></span></th>
  <td data-label="Needs attention" class="why">
  {%- if waiting %}<span data-reason="waiting">waiting</span>, {% endif %}
  {%- if not recent %}<span data-reason="quiet">quiet</span>{% endif %}</td>
  <td class="measured" data-label="Claimed">{{ claimed }}%{{ bar(claimed, hatched) }}</td>

  <td class="figure" data-label="30 days">+{{ claimed }}%</td>
  <td class="measured" data-label="Verified">{{ verified }}%{{ bar(verified, "") }}</td>

  <td class="figure" data-label="Waiting">{{ waiting or "–" }}</td>
  <td class="figure" data-label="Returned">{{ returned or "–" }}</td>
  <td data-label="Active">{{ ago(active) }}</td>
  <td data-label="Contact">{{ ago(met) }}</td>
  <td data-label="Target">{{ target or "–" }}</td>
</tr>
{% endfor %}{{ after }}"""
_TIME = Markup('<time datetime="{}" title="{} (UTC)">{}</time>')


def _days(text: str) -> int:
    return (datetime.now(UTC).replace(tzinfo=None) - datetime.fromisoformat(text)).days


def _ago(text: str) -> Markup:
    """A moment as the application writes it, near enough in length."""
    moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return _TIME.format(moment.isoformat(), f"{moment:%d %B %Y, %H:%M}", f"{_days(text)} days") + " ago"


class TableBaseline:
    """Renders the page around the rows from text it was given."""

    def __init__(self, before: str, after: str, title: str) -> None:
        environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
        environment.globals |= {
            "before": Markup(before),
            "after": Markup(after),
            "title": title,
            "bar": lambda percent, look: Markup(_BAR).format(percent, look),
            "hatched": _HATCHED,
            "ago": _ago,
        }
        self._template = environment.from_string(_PAGE)

    def render(self, database: Any, person: int) -> str:
        """The page of this mentor."""
        rows = [
            (*row[:3], int(row[3]), int(row[4]), *row[5:])
            for row in database.execute(TABLE, (person,)).fetchall()
        ]
        return self._template.render(rows=rows)

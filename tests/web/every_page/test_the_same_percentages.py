"""Both numbers are the same wherever they are shown, in a thousand random states.

Half of them on SQLite, half on PostgreSQL. Every state is compared in all read models and in JSON, CSV and
Markdown; every twentieth also in all pages as browsers get them, in HTML and XLSX, and every hundredth in
print, which takes a tenth of a second.
"""

from contextlib import suppress
from itertools import count

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from roadmap.domain.errors import RuleError
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.progress import Status
from roadmap.domain.mentoring.submissions import Outcome
from roadmap.domain.reports.reports import ProgressReport, ReportQuery
from roadmap.exports.report_formats import FORMATS
from roadmap.queries.reports.reports import find_report
from tests.support import simulations
from tests.support.browsing import Browser, browser_of
from tests.support.outlines import sample
from tests.support.pages.percentages import FILES, NUMBER, READ_MODELS, found, in_hooks, percents
from tests.support.sharing import share_url
from tests.support.simulations import Simulation, new_simulation

STATES = 15
WORLDS = settings.default.max_examples // 5
keys = st.sampled_from([*sample().milestones, "third"])
marks = st.builds(simulations.mark, keys, st.sampled_from(Status), st.none(), st.none())
done = st.builds(simulations.mark, keys, st.just(Status.DONE), st.none(), st.none())
chosen = st.sets(st.sampled_from(["seer", "reader"]))
steps = st.one_of(
    *(done, done, marks),
    st.builds(simulations.know, st.lists(keys, max_size=4)),
    st.builds(simulations.choose, chosen, st.just(EnrollmentState.ACTIVE)),
    st.builds(simulations.submit, keys),
    st.builds(simulations.answer, st.sampled_from(Outcome)),
    st.builds(simulations.pass_days, st.integers(0, 3)),
    st.sampled_from([simulations.publish, simulations.accept]),
    st.builds(simulations.undo, st.integers(0, 4)),
)
worlds_seen = count(1)


@pytest.mark.slow
@settings(
    max_examples=WORLDS,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(steps, min_size=STATES, max_size=STATES))
def test_the_percentages_are_the_same_everywhere(
    app: Flask, session: Session, taken: list[simulations.Step]
) -> None:
    simulation = new_simulation(session)
    for step in taken:
        with suppress(RuleError), session.begin_nested():
            step(simulation)
        session.flush()
        session.expire(simulation.enrollment)
        report = compare(simulation)
    compare_pages(app, simulation, report)
    compare_files(report, {"html", "xlsx"} | ({"pdf"} if next(worlds_seen) % 5 == 0 else set()))


def compare(simulation: Simulation) -> ProgressReport:
    """Every state: the read models and the formats that take no time."""
    name = simulation.enrollment.public_id
    report = find_report(simulation.session, name, ReportQuery(), seen_by=simulation.person, at=simulation.at)
    for where, read in READ_MODELS.items():
        assert read(simulation) == percents(report), where
    compare_files(report, {"json", "csv", "md"})
    last = report.series[-1]
    assert (last.claimed, last.verified) == percents(report)
    return report


def compare_files(report: ProgressReport, names: set[str]) -> None:
    for name in names:
        assert FILES[name](FORMATS[name].make(report)) == percents(report), name


def compare_pages(app: Flask, simulation: Simulation, report: ProgressReport) -> None:
    """What browsers get."""
    with time_machine.travel(simulation.at, tick=False):
        lena, milo = (
            browser_of(app, simulation.session, each) for each in (simulation.person, simulation.milo)
        )
        base = f"/enrollments/{simulation.enrollment.public_id}"
        for path in ("/today", base, f"{base}/report"):
            assert in_hooks(lena.get(path).text) == percents(report), path
        assert in_hooks(Browser(app).get(share_url(simulation)).text) == percents(report)
        table = milo.get("/mentoring?also=complete&also=archived").text
    cell = rf'<td class="measured" data-label="[^"]+">{NUMBER}'
    assert found(f"{cell}.*?{cell}", table) == percents(report)

"""The map of a report, which is a page of its own and is printed as one."""

from tests.support.learning import Learner


def test_the_report_links_to_the_map_of_its_day_and_the_map_back(learner: Learner) -> None:
    report, drawn = (
        learner.page("/report?as_of=2026-03-02"),
        learner.page("/report?view=map&as_of=2026-03-02"),
    )
    assert 'class="map' not in report
    assert f'href="{learner.base}/report?view=map&amp;as_of=2026-03-02"' in report
    assert 'class="map-page map-alone"' in drawn
    assert f'href="{learner.base}/report?as_of=2026-03-02"' in drawn


def test_a_day_that_does_not_fit_is_refused_on_the_report(learner: Learner) -> None:
    answer = learner.get("/report?view=map&as_of=2020-01-01")
    assert (answer.status_code, 'name="as_of"' in answer.text) == (422, True)

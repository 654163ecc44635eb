"""What a printed report leaves out."""

from tests.support.learning import Learner


def test_the_map_shows_all_states_and_is_printed_only_with_all_milestones(learner: Learner) -> None:
    assert 'class="map-page map-sheet no-print"' in learner.page("/report")
    assert 'class="map-page map-sheet"' in learner.page("/report?only=all")

"""Maps are cut between skills, best between areas, into parts that fit on a page."""

from itertools import pairwise

import pytest

from roadmap.domain.maps.layout import MapLayout, lay_out_map
from roadmap.domain.maps.page_breaks import FIRST, LATER, PAPER, page_breaks_of
from tests.support.map_outlines import woven
from tests.support.outlines import sample


def laid_out(count: int) -> MapLayout:
    outline = woven(count) if count else sample()
    return lay_out_map(outline, frozenset(outline.skills))


def test_a_small_map_is_one_part() -> None:
    assert page_breaks_of(laid_out(0)) == (0,)


@pytest.mark.parametrize("count", [60, 300])
def test_each_part_fits_on_its_page(count: int) -> None:
    layout = laid_out(count)
    heights = [after - before for before, after in pairwise((*page_breaks_of(layout), layout.height))]
    width = max(PAPER, layout.width)
    assert len(heights) > 1
    assert heights[0] <= FIRST * width
    assert max(heights[1:]) <= LATER * width


@pytest.mark.parametrize("count", [60, 300])
def test_no_row_of_stations_is_cut(count: int) -> None:
    layout = laid_out(count)
    cuts = page_breaks_of(layout)
    assert cuts
    for top in cuts:
        assert all(not station.top < top <= station.y + 11 for station in layout.stations.values())


def test_a_cut_is_where_an_area_begins_when_the_page_is_well_filled_then() -> None:
    layout = laid_out(300)
    assert {band.top for band in layout.bands} & set(page_breaks_of(layout)[1:])

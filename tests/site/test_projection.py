from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import partnership
from partnership.site.projection import HEIGHT, WIDTH, project

LAND = Path(partnership.__file__).parent / "static" / "partnership" / "land.svg"


# Computed with d3-geo 3.1: geoEqualEarth().rotate([-154, 0]).scale(184).translate([500, 242]).
@pytest.mark.parametrize(
    ("lon", "lat", "x", "y"),
    [
        pytest.param(139.69, 35.69, 464.01, 113.59, id="Tokyo"),
        pytest.param(105.85, 21.03, 371.04, 164.54, id="Hanoi"),
        pytest.param(-77.04, -12.05, 853.04, 286.74, id="Lima"),
        pytest.param(-0.19, 5.60, 74.36, 221.14, id="Accra"),
        pytest.param(7.45, 46.95, 157.44, 77.78, id="Bern"),
        pytest.param(178.44, -18.14, 566.01, 309.02, id="Suva"),
        pytest.param(-21.94, 64.15, 148.52, 31.94, id="Reykjavik"),
        pytest.param(147.18, -9.44, 481.25, 277.10, id="Port Moresby"),
    ],
)
def test_a_place_stands_where_the_drawing_of_the_land_has_it(lon, lat, x, y):
    assert project(lon, lat) == pytest.approx((x, y), abs=0.5)


def test_the_picture_has_the_size_of_the_projection():
    assert f'viewBox="0 0 {WIDTH:g} {HEIGHT:g}"' in LAND.read_text()


@given(st.floats(-180, 180), st.floats(-60, 85))
def test_every_place_between_60_south_and_85_north_is_inside_the_picture(lon, lat):
    x, y = project(lon, lat)

    assert 0 <= x <= WIDTH
    assert 0 <= y <= HEIGHT


@given(st.floats(-60, 85))
def test_going_east_from_the_cut_goes_right_all_the_way_round(lat):
    eastward = [project(lon, lat)[0] for lon in (*range(-25, 180), *range(-180, -26))]

    assert all(west < east for west, east in pairwise(eastward))


@given(st.floats(-180, 180), st.floats(-60, 84))
def test_going_north_goes_up(lon, lat):
    assert project(lon, lat + 1)[1] < project(lon, lat)[1]


def test_the_map_is_cut_at_26_degrees_west():
    just_east, _ = project(-25.99, 0)
    just_west, _ = project(-26.01, 0)

    assert just_east == pytest.approx(2, abs=0.1)
    assert just_west == pytest.approx(WIDTH - 2, abs=0.1)


def test_the_date_line_is_one_line():
    assert project(180, -17) == pytest.approx(project(-180, -17))

"""Many officials at the same moment, on a server that dies."""

from __future__ import annotations

import pytest

from tests.journeys.crowd import check, gather, hand_in_while_killed
from tests.journeys.whole import WholeSite, until

pytestmark = [pytest.mark.whole, pytest.mark.redis, pytest.mark.xdist_group("learning")]


@pytest.mark.audit
def test_no_hand_in_is_lost_or_doubled_when_the_web_server_is_killed(site: WholeSite):
    crowd, seen = gather(site, 30)

    faults = hand_in_while_killed(site, crowd)

    assert faults == []
    assert len(seen.handed_in) == len(crowd)
    assert seen.answers["broken line"] > 0, "nobody noticed: the test has shown nothing"
    check(site, seen)
    # Whoever comes next to this site finds it as it was.
    until(site.answers, seconds=60)

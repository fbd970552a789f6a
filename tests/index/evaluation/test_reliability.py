from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from index.evaluation.reliability import diagram, expected_error, groups

NAMESPACE = "{http://www.w3.org/2000/svg}"


def test_questions_are_grouped_by_tenths_of_confidence() -> None:
    found = groups([0.05, 0.09, 0.95, 1.0], [False, True, True, True])
    assert [(g.count, round(g.confidence, 3), g.share) for g in found] == [
        (2, 0.07, 0.5),
        (2, 0.975, 1.0),
    ]


def test_the_error_is_the_mean_distance_from_the_diagonal() -> None:
    assert expected_error(groups([0.5, 0.5], [True, False])) == 0
    assert expected_error(groups([0.9, 0.9], [False, False])) == pytest.approx(0.9)
    assert expected_error([]) == 0


def test_the_diagram_is_well_formed_with_a_point_a_group_and_its_title_escaped() -> None:
    found = groups([0.1, 0.9], [False, True])
    root = ET.fromstring(diagram(found, "a < b & c"))
    circles = root.findall(f"{NAMESPACE}circle")
    assert len(circles) == len(found) == 2
    low, high = circles
    assert float(low.get("cx", 0)) < float(high.get("cx", 0))
    assert float(low.get("cy", 0)) > float(high.get("cy", 0))
    assert root.findtext(f"{NAMESPACE}title") == "a < b & c"


def test_no_questions_give_an_empty_diagram() -> None:
    assert "n = 0" in diagram([], "nothing")

"""What the rules of a file, or of a group in it, have in common is written once."""

from __future__ import annotations

import pytest

from clusterform.errors import DataError
from clusterform.forms.rule import rules_in


def test_a_rule_takes_what_its_groups_say_for_all() -> None:
    one, two = rules_in(
        {
            "common": {"severity": "error", "needs": ["CF1"], "variants": {"far": "a", "near": "b"}},
            "rules": [{"code": "CF901", "severity": "info", "needs": ["CF2"], "variants": {"near": "c"}}],
            "groups": [{"common": {"why": "so"}, "rules": [{"code": "CF902"}]}],
        }
    )
    assert one == {
        "code": "CF901",
        "severity": "info",
        "needs": ["CF1", "CF2"],
        "variants": {"far": "a", "near": "c"},
    }
    assert (two["severity"], two["needs"], two["why"]) == ("error", ["CF1"], "so")


def test_what_each_check_has_is_given_to_it_unless_it_says_otherwise() -> None:
    (rule,) = rules_in(
        {
            "common": {"check": {"certain": 10, "kind": "a"}},
            "rules": [{"code": "CF901", "checks": [{"row": "x"}, {"certain": 5}]}],
        }
    )
    assert rule["checks"] == [
        {"kind": "a", "certain": 10, "row": "x"},
        {"kind": "a", "certain": 5},
    ]
    assert "check" not in rule


def test_a_misspelt_key_of_a_group_is_told() -> None:
    with pytest.raises(DataError, match="comon"):
        list(rules_in({"comon": {}, "rules": []}))

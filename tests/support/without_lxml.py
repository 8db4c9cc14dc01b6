"""A pytest plugin: the program is loaded as it is where lxml is not installed; the tests' own writers keep theirs."""

from __future__ import annotations

import sys

assert "clusterform.parsers.container.xml_tree" not in sys.modules, (
    "the program was loaded before this plugin"
)
sys.modules["lxml"] = None  # what import takes for "there is none"

import clusterform.parsers.container.xml_tree  # noqa: F401  (as it reads without)

del sys.modules["lxml"]

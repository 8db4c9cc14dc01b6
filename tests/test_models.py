"""The base of definitions and answers: a plain class until pydantic is needed, then a dataclass of pydantic's."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, is_dataclass
from typing import ClassVar

import pytest
from pydantic import BaseModel, TypeAdapter
from pydantic import Field as ModelField

from clusterform.messages import Text
from clusterform.models import Model, json_of, json_schema_of, parts_of
from clusterform.validation import MisfitError, made_from


class Leaf(Model):
    name: str
    size: int = 1


class Tree(Model):
    shared: ClassVar[str] = "of the class"
    leaves: tuple[Leaf, ...] = ()
    about: Mapping[str, str] = ModelField(default_factory=dict)


class Grown(Tree):
    height: int

    def __post_init__(self) -> None:
        if self.height < 0:
            raise MisfitError.of(Text("misfit.int"))


class Holder(BaseModel):
    held: object = None


def test_made_takes_values_as_they_are_beside_the_defaults() -> None:
    class Twig(Leaf):
        green: bool = True

    twig = Twig.made(name="a")
    assert (twig.name, twig.size, twig.green) == ("a", 1, True)
    assert twig.but(size=2) == Twig.made(name="a", size=2)
    assert not is_dataclass(Twig)  # nothing of it was validated
    assert "size" not in vars(Twig)  # what stands in the class as well is read more slowly


def test_what_is_validated_is_built_with_what_it_stands_on() -> None:
    grown = made_from(Grown, {"leaves": [{"name": "a"}], "height": 3})
    assert grown == Grown.made(leaves=(Leaf.made(name="a"),), height=3)
    assert hash(Leaf.made(name="a")) == hash(Leaf(name="a"))
    assert list(parts_of(Grown)) == list(Grown.attributes) == ["leaves", "about", "height"]
    assert grown.shared == "of the class"


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({"height": 1, "wide": 2}, ("wide",)),
        ({"height": -1}, ()),
        ({"height": 1, "leaves": [{"name": 2}]}, ("leaves", 0, "name")),
        ({"leaves": [{}], "height": 1}, ("leaves", 0, "name")),
    ],
)
def test_a_mistake_is_told_at_its_place(data: dict[str, object], place: tuple[object, ...]) -> None:
    with pytest.raises(MisfitError) as caught:
        made_from(Grown, data)
    assert [wrong.place for wrong in caught.value.wrong] == [place]


def test_a_class_on_one_that_is_built_already_is_its_own() -> None:
    parts_of(Leaf)

    class Bud(Leaf):
        closed: bool = False

    assert TypeAdapter(Holder).dump_python(Holder(held=Bud.made(name="a")), mode="json") == {
        "held": {"name": "a", "size": 1, "closed": False}
    }

    class Thorn(Leaf):
        sharp: bool = True

    assert Thorn(name="a", sharp=False) == Thorn.made(name="a", sharp=False)
    assert json_of(Thorn.made(name="b")) == {"name": "b", "size": 1, "sharp": True}


def test_nothing_is_changed_and_nothing_else_is_equal() -> None:
    leaf = Leaf.made(name="a")
    with pytest.raises(FrozenInstanceError):
        leaf.size = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del leaf.size  # type: ignore[misc]
    assert leaf != Leaf.made(name="b")
    assert leaf != Tree.made()
    assert repr(leaf) == "Leaf(name='a', size=1)"
    assert pickle.loads(pickle.dumps(leaf)) == leaf  # noqa: S301  (its own)


def test_its_schema_names_what_is_asked() -> None:
    schema = json_schema_of(Grown)
    assert schema["required"] == ["height"]
    assert schema["additionalProperties"] is False
    assert set(schema["$defs"]) == {"Leaf"}

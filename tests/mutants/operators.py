"""Which single operators of a module can be changed, and that module with changes in it, each behind a switch.

A change is an expression in the place of another, or a statement in the place of another. All that are wanted of a module
stand in it at once: `_mutated("7")` there is true where the seventh is tried.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import NamedTuple

ORDER = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE)
OTHERS = {
    **{kind: tuple(other for other in ORDER if other is not kind) for kind in ORDER},
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
}
NOT_RUN = ("annotation", "returns", "decorator_list", "pattern")
"""Fields of a node that make no verdict: types, what a function is wrapped in; and patterns hold no expressions."""


class Place(NamedTuple):
    """A node that can be changed, and what may stand there instead."""

    node: ast.expr | ast.stmt
    changes: list[ast.AST]


def places(node: ast.AST, as_a_whole: tuple[ast.AST, ...] = ()) -> Iterator[Place]:
    """Those in a tree."""
    changes = [*_changed(node), *as_a_whole]
    if changes and isinstance(node, ast.expr | ast.stmt):
        yield Place(node, changes)
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and name not in NOT_RUN:
                yield from places(child, _as_a_whole(node, name, child))


def _as_a_whole(parent: ast.AST, name: str, node: ast.AST) -> tuple[ast.AST, ...]:
    """What a condition, or what is gone through, is changed to, whatever it is."""
    if name in {"test", "ifs", "guard"} and ast.unparse(node) != "TYPE_CHECKING":
        return (ast.UnaryOp(ast.Not(), deepcopy(node)),)
    return (ast.Tuple([], ast.Load()),) if isinstance(parent, ast.For) and name == "iter" else ()


def _changed(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left, ops, compared):
            for at, operator in enumerate(ops):
                for other in OTHERS[type(operator)]:
                    yield ast.Compare(left, [*ops[:at], other(), *ops[at + 1 :]], compared)
        case ast.BinOp(left, operator, right):
            for other in OTHERS.get(type(operator), ()):
                yield ast.BinOp(left, other(), right)
        case ast.BoolOp(operator, values):
            for at in range(1, len(values)):
                yield _other_word(operator, values, at)
        case _:
            yield from _other_atom(node)


def _other_atom(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Constant(bool() | int() | float() as value):
            others = [not value] if isinstance(value, bool) else [value + 1, value - 1]
            yield from map(ast.Constant, others)
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()


def _other_word(operator: ast.boolop, values: list[ast.expr], at: int) -> ast.expr:
    """What `a and b and c` or `a or b or c` says with one of these words changed: `and` binds closer."""
    if isinstance(operator, ast.And):
        return _joined(ast.Or(), [_joined(operator, values[:at]), _joined(operator, values[at:])])
    return _joined(
        operator, [*values[: at - 1], _joined(ast.And(), values[at - 1 : at + 1]), *values[at + 1 :]]
    )


def _joined(operator: ast.boolop, values: list[ast.expr]) -> ast.expr:
    return values[0] if len(values) == 1 else ast.BoolOp(operator, values)


def lines_changed(source: str, node: ast.expr | ast.stmt, change: ast.AST) -> tuple[str, str]:
    """The lines that a node stands in, and the same with the change in its place."""
    lines = [line.encode() for line in source.splitlines()[node.lineno - 1 : node.end_lineno]]
    before, after = lines[0][: node.col_offset], lines[-1][node.end_col_offset :]
    changed = before + ast.unparse(change).encode() + after
    return b"\n".join(lines).decode().strip(), changed.decode().strip()


Chosen = Mapping[ast.AST, Sequence[tuple[str, ast.AST]]]
"""The changes that are wanted of a node, by their numbers."""


class _Switched(ast.NodeTransformer):
    def __init__(self, name: str, chosen: Chosen) -> None:
        self.name = name
        self.chosen = chosen

    def visit(self, node: ast.AST) -> ast.AST:
        changes = deepcopy(self.chosen.get(node, ()))
        node = self.generic_visit(node)
        if isinstance(node, ast.FunctionDef):
            node.body.insert(int(ast.get_docstring(node) is not None), ast.Expr(_mutated(self.name)))
        for number, change in changes:
            if isinstance(node, ast.stmt):
                node = ast.If(_mutated(number), [change], [node])
            else:
                node = ast.IfExp(_mutated(number), change, node)
        return node


def _mutated(number: str) -> ast.expr:
    return ast.Call(ast.Name("_mutated", ast.Load()), [ast.Constant(number)], [])


def switched(name: str, tree: ast.Module, chosen: Chosen) -> ast.Module:
    """The tree with switches before the nodes chosen; each function asks for one of the module's name as well, which tells
    who goes through the module.
    """
    return ast.fix_missing_locations(_Switched(name, chosen).visit(tree))

"""
Exact posteriors of a noisy-OR piece whose findings are all present.

Heckerman's Quickscore (UAI 1989, 174-181) sums over the subsets of present findings with alternating signs:
its cost is 2 ** findings, and it cancels badly once the findings are unlikely. The same sum can be had
without a minus sign. Take the muscles one after the other and keep, for every set U of findings, the chance
T(U) that the muscles so far have switched on exactly U. An active point with a link of strength q moves the
share q of T(U) to T(U + finding). A finding that no later muscle can reach must be on by now, through a
muscle or its leak, and leaves the table; so the table holds only the findings at the front of the sweep,
and the body, being long and thin, keeps that front short: 2 ** 8 numbers at most for a dozen neighbouring
places.

The same sweep backwards gives B(U), the chance that all findings end up on when U is on so far. Then

    P(point active, findings) = p * sum over U of T_before(U) * B_after(U, had the point acted)

and the posterior sets this beside the same with the point inactive. All terms are positive: nothing cancels.
Muscles that reach only one finding of the piece are folded into its leak; their posteriors follow in closed
form. Checked against plain enumeration in ``tests/reasoning/test_inference.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

import numpy as np
import numpy.typing as npt

from unknot.reasoning.pieces import Group, Piece, PointIn, Posterior
from unknot.reasoning.sweep import Apply, Leave, Sweep

Table = npt.NDArray[np.float64]
"""Shape (2 ** width,): a number for each set of findings that are on; the finding in slot s is bit s."""

Slots = Mapping[int, int]
"""Finding → slot."""

Chances = tuple[tuple[float, ...], float]
"""Of a group: the posterior of each of its causes, and of at least one."""


def solve(piece: Piece, order: Sweep) -> Posterior:
    """The exact posterior of every cause and group; ``order`` is a sweep over this very piece."""
    lone = _lone_groups(piece)
    leaks = tuple(
        1 - (1 - leak) * prod(_silence(piece.groups[g]) for g in lone.get(finding, ()))
        for finding, leak in enumerate(piece.leaks)
    )
    tables = _forward(piece, order, leaks)
    after = np.ones(1 << order.width)
    found: dict[int, Chances] = {}
    for step, before in zip(reversed(order.steps), reversed(tables), strict=True):
        if isinstance(step, Apply):
            found[step.group], after = _look_back(piece.groups[step.group], step.slots, before, after)
        else:
            on, off = _on_and_off(before[0], after, step.slot)
            for g in lone.get(step.finding, ()):
                found[g] = _lone_chances(piece.groups[g], on, off, leaks[step.finding])
            after = _must_be_on(after, step.slot, leaks[step.finding])
        after /= after.max()
    chances = [found[g] for g in range(len(piece.groups))]
    return Posterior(tuple(points for points, _ in chances), tuple(any_of for _, any_of in chances))


# ---- the sweep forwards


def _forward(piece: Piece, order: Sweep, leaks: tuple[float, ...]) -> list[list[Table]]:
    """For each step the tables before it; before a group one for each of its points."""
    table = np.zeros(1 << order.width)
    table[0] = 1.0
    tables = []
    for step in order.steps:
        before = []
        if isinstance(step, Apply):
            for point in piece.groups[step.group]:
                before.append(table)
                table = _mixed(table, _acted(table, point, step.slots), point.prior)
        else:
            before.append(table)
            table = _taken_out(table, step, leaks[step.finding])
            table /= table.sum()
        tables.append(before)
    return tables


def _acted(table: Table, point: PointIn, slots: Slots) -> Table:
    """T once the point has acted: each link switches its finding on with its own chance."""
    acted = table.copy()
    for finding, chance in point.links:
        pair = acted.reshape(-1, 2, 1 << slots[finding])
        pair[:, 1] += chance * pair[:, 0]
        pair[:, 0] *= 1 - chance
    return acted


def _taken_out(table: Table, leave: Leave, leak: float) -> Table:
    """T without the finding, which must be on: through a muscle, or else through its leak."""
    pair = table.reshape(-1, 2, 1 << leave.slot)
    out = np.zeros_like(pair)
    out[:, 0] = pair[:, 1] + leak * pair[:, 0]
    return out.reshape(-1)


# ---- and backwards


def _look_back(group: Group, slots: Slots, before: list[Table], after: Table) -> tuple[Chances, Table]:
    """The posteriors of a group between the tables before its points and B after it; and B before it."""
    silent = prod(1 - point.prior for point in group) * float(before[0] @ after)
    points = []
    for point, table in zip(reversed(group), reversed(before), strict=True):
        had_acted = _had_acted(after, point, slots)
        active = point.prior * float(table @ had_acted)
        points.append(active / (active + (1 - point.prior) * float(table @ after)))
        after = _mixed(after, had_acted, point.prior)
    return (tuple(reversed(points)), 1 - silent / float(before[0] @ after)), after


def _had_acted(after: Table, point: PointIn, slots: Slots) -> Table:
    """B as it stands for a point that is about to act."""
    acted = after.copy()
    for finding, chance in point.links:
        pair = acted.reshape(-1, 2, 1 << slots[finding])
        pair[:, 0] *= 1 - chance
        pair[:, 0] += chance * pair[:, 1]
    return acted


def _must_be_on(after: Table, slot: int, leak: float) -> Table:
    """B with the finding back in its slot: on already, or on through its leak."""
    pair = after.reshape(-1, 2, 1 << slot)
    out = np.empty_like(pair)
    out[:, 1] = pair[:, 0]
    out[:, 0] = leak * pair[:, 0]
    return out.reshape(-1)


def _on_and_off(table: Table, after: Table, slot: int) -> tuple[float, float]:
    """How likely the other findings are with this one switched on in the sweep, and with it not."""
    pair = table.reshape(-1, 2, 1 << slot)
    rest = after.reshape(-1, 2, 1 << slot)[:, 0]
    return float((pair[:, 1] * rest).sum()), float((pair[:, 0] * rest).sum())


def _mixed(idle: Table, acted: Table, prior: float) -> Table:
    mixed: Table = (1 - prior) * idle + prior * acted
    return mixed


# ---- groups that reach one finding only


def _lone_groups(piece: Piece) -> dict[int, list[int]]:
    lone: dict[int, list[int]] = {}
    for g, reach in enumerate(piece.reaches):
        if reach.bit_count() == 1:
            lone.setdefault(reach.bit_length() - 1, []).append(g)
    return lone


def _silence(group: Group) -> float:
    """The chance that a lone group does not switch its finding on."""
    return prod(_silence_of(point) for point in group)


def _silence_of(point: PointIn) -> float:
    return 1 - point.prior * sum(chance for _, chance in point.links)


def _lone_chances(group: Group, on: float, off: float, leak: float) -> Chances:
    """
    Posteriors of a group that reaches one finding, of which ``leak`` holds this group too.

    The findings' likelihood is ``on + leak * off``; without the point's own part the leak is smaller.
    """
    total = on + leak * off
    points = []
    for point in group:
        others_silent = (1 - leak) / _silence_of(point)
        own = 1 - sum(chance for _, chance in point.links)
        points.append(point.prior * (on + (1 - others_silent * own) * off) / total)
    rest_silent = (1 - leak) / _silence(group)
    idle = prod(1 - point.prior for point in group) * (on + (1 - rest_silent) * off)
    return tuple(points), 1 - idle / total

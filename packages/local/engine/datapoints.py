"""Datapoints of metrics, written straight to where they belong.

Equal values of one second share a datapoint with a count, so that a busy API costs a look-up and an addition per
request. A series keeps its newest datapoints.
"""

import time

KEPT = 5_000

# (account, region, metric) -> the second and, by value, its datapoints.
_current = {}


def metric_key(namespace, name, dimensions):
    """A metric as the engine's store knows it."""
    return namespace, name, "|".join(f"{key}={value}" for key, value in sorted(dimensions.items()))


def record(place, value, unit, dimensions):
    """``place`` is (account, region, metric key)."""
    from ministack.services import cloudwatch

    now = time.time()
    second, points = _current.get(place, (0, None))
    if second != int(now):
        points = {}
        _current[place] = (int(now), points)
    point = points.get(value)
    if point is not None:
        point["Count"] += 1.0
        return
    point = {"Timestamp": now, "Value": float(value), "Count": 1.0, "Unit": unit, "Dimensions": dimensions}
    points[value] = point
    series = cloudwatch._metrics._data.setdefault(place, [])
    series.append(point)
    if len(series) > KEPT:
        del series[: KEPT // 2]

"""What scores refer to: items that can be scored, other scores, and bands that cover every score there can be."""

from matrikel_declared import hint

from .form import Form, Item, Scoring
from .node import Node


def check_scores(form: Form, places: dict[str, Node]) -> None:
    """Note every scoring that cannot be worked out."""
    known = {score.id: score for score in form.scores}
    for score in form.scores:
        node = places[f"score.{score.id}"]
        for place, name in enumerate(score.items):
            _check_item(form, score, name, node, place)
        for place, name in enumerate(score.scores):
            if name not in known:
                node.fault("score_unknown", "scores", place, value=name, hint=hint(name, known))
        options = {option.id for name in score.items if name in form.items for option in form.items[name].options}
        for name in score.excluded:
            if name not in options:
                node.fault("option_unknown", "excluded", item=score.id, value=name, hint=hint(name, options))
        if loop := _loop(known, score.id, ()):
            node.fault("score_loop", "scores", path=" → ".join(loop))
    if not any(node.source.problems for node in places.values()):
        for score in form.scores:
            _check_cover(form, score, places[f"score.{score.id}"])
            unbounded = [name for name in score.scores if not _differ(score_range(form, form.score(name)))]
            if score.method == "index" and unbounded:
                places[f"score.{score.id}"].fault("index_bounds", "scores", value=unbounded[0])


def _check_item(form: Form, score: Scoring, name: str, node: Node, place: int) -> None:
    item = form.items.get(name)
    if item is None:
        node.fault("item_unknown", "items", place, value=name, hint=hint(name, form.items))
        return
    if item.type not in ("choice", "scale", "number") or any(group.rows for group in form.above(name)):
        node.fault("score_type", "items", place, value=name, type=item.type)
        return
    unscored = [option.id for option in item.options if option.value is None and option.id not in score.excluded]
    if unscored:
        node.fault("option_unscored", "items", place, value=name, options=", ".join(unscored))
    elif score.method == "index":
        bounds = value_range(item, score.excluded)
        if not _differ(bounds):
            node.fault("index_bounds", "items", place, value=name)
        elif bounds and score.not_shown is not None and not bounds[0] <= score.not_shown <= bounds[1]:
            node.fault("not_shown_range", "not_shown", value=name, least=f"{bounds[0]:g}", most=f"{bounds[1]:g}")


def _differ(bounds: tuple[float, float] | None) -> bool:
    return bounds is not None and bounds[0] < bounds[1]


def _loop(known: dict[str, Scoring], name: str, path: tuple[str, ...]) -> tuple[str, ...]:
    if name in path:
        return (*path[path.index(name) :], name)
    for other in known[name].scores if name in known else ():
        if found := _loop(known, other, (*path, name)):
            return found
    return ()


def value_range(item: Item, excluded: tuple[str, ...] = ()) -> tuple[float, float] | None:
    """Return the lowest and highest value an item can score, None when it has no bounds."""
    if item.type == "choice":
        values = [each.value for each in item.options if each.value is not None and each.id not in excluded]
        return (min(values), max(values)) if values else None
    return (item.least, item.most) if item.least is not None and item.most is not None else None


def score_range(form: Form, score: Scoring) -> tuple[float, float] | None:
    """Return the lowest and highest score possible, None when an item has no bounds."""
    if score.method == "index":
        return 0.0, 100.0
    ranges = [value_range(form.items[name], score.excluded) for name in score.items]
    ranges += [score_range(form, form.score(name)) for name in score.scores]
    known = [each for each in ranges if each is not None]
    if len(known) < len(ranges):
        return None
    if score.not_shown is not None:
        known = [(min(low, score.not_shown), max(high, score.not_shown)) for low, high in known]
    if score.method == "sum":
        return sum(low for low, _ in known), sum(high for _, high in known)
    return min(low for low, _ in known), max(high for _, high in known)


def _check_cover(form: Form, score: Scoring, node: Node) -> None:
    bounds = score_range(form, score)
    for place, limits in enumerate(score.limits):
        starts = list(limits.starts.values())
        if bounds and starts and (starts[0] > bounds[0] or starts[-1] > bounds[1]):
            node.fault(
                "bands_cover", "limits", place,
                least=f"{bounds[0]:g}", most=f"{bounds[1]:g}", first=f"{starts[0]:g}", last=f"{starts[-1]:g}",
            )  # fmt: skip

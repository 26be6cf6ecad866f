"""After what is held back nobody can put a small number between limits, however the tables are laid together."""

from hypothesis import given, settings
from hypothesis import strategies as st

from matrikel.domain.figures.attacked import held_back
from matrikel.domain.figures.rules import TOTAL, Key, concealed
from matrikel_stats.disclosure.attack import Shown, narrowed

Fine = dict[tuple[str, str, str], tuple[int, int, int]]
Numbers = dict[Key, tuple[int, ...]]
SIGHTS = ((0, ""), (0, "sex"), (0, "category"), (1, ""), (1, "sex"), (1, "category"))


@st.composite
def publications(draw: st.DrawFn) -> tuple[Numbers, set[Key]]:
    """The sums that pages show of a few places, with women, men and categories; one place may stand open."""
    places = [f"p{number}" for number in range(draw(st.integers(2, 4)))]
    categories = [f"c{number}" for number in range(draw(st.integers(2, 3)))]
    fine: Fine = {}
    for place in places:
        most = draw(st.sampled_from((3, 9, 25)))
        for sex in ("female", "male"):
            for category in categories:
                n = draw(st.integers(0, most))
                k = draw(st.integers(0, n))
                fine[place, sex, category] = (n, k, n - k)
    splits = [("", ""), *(("sex", sex) for sex in ("female", "male")), *(("category", each) for each in categories)]
    numbers = {(place, *split): _sum(fine, place, *split) for place in ("", *places) for split in splits}
    return numbers, {key for key in numbers if key[0] == "p0"} if draw(st.booleans()) else set()


def _sum(fine: Fine, place: str, dimension: str, value: str) -> tuple[int, ...]:
    rows = [
        each
        for (p, sex, category), each in fine.items()
        if place in ("", p) and value in ("", sex if dimension == "sex" else category)
    ]
    return tuple(map(sum, zip(*rows, strict=True)))


def as_a_reader_sees(numbers: Numbers, hidden: set[Key]) -> list[Shown]:
    tables = []
    for with_place, dimension in SIGHTS:
        dims = ("place",) * with_place + ((dimension,) if dimension else ())
        of = {key: each for key, each in numbers.items() if bool(key[0]) == bool(with_place) and key[1] == dimension}
        cells = {
            tuple(name for name in (key[0], key[2]) if name): (each[1], each[2]) for key, each in of.items()
        }  # fmt: skip
        shut = frozenset(tuple(name for name in (key[0], key[2]) if name) for key in of if key in hidden)
        if of:
            tables.append(Shown(dims, cells, shut))
    return tables


@settings(max_examples=60, deadline=None)
@given(publications())
def test_no_small_number_can_be_narrowed(made: tuple[Numbers, set[Key]]) -> None:
    numbers, open_ = made
    rule = concealed(numbers, 5, open_=open_, keep_totals=True)
    why = held_back(numbers, rule, 5, open_=open_)
    assert rule.items() <= why.items()
    assert TOTAL not in why or TOTAL in rule
    assert not open_ & why.keys()
    left = numbers.keys() - why.keys() - open_ - {TOTAL}
    assert not left or not narrowed(as_a_reader_sees(numbers, set(why)), 5)


def test_what_one_sum_leaves_open_and_several_together_settle_is_held_back() -> None:
    """The rule of sums looks at one sum at a time. In this publication that is not enough."""
    fine: Fine = {
        ("a", "female", "c0"): (2, 1, 1), ("a", "female", "c1"): (1, 0, 1), ("a", "male", "c0"): (0, 0, 0),
        ("a", "male", "c1"): (1, 0, 1), ("b", "female", "c0"): (6, 3, 3), ("b", "female", "c1"): (20, 0, 20),
        ("b", "male", "c0"): (14, 7, 7), ("b", "male", "c1"): (14, 6, 8),
    }  # fmt: skip
    splits = [("", ""), ("sex", "female"), ("sex", "male"), ("category", "c0"), ("category", "c1")]
    numbers: Numbers = {(place, *split): _sum(fine, place, *split) for place in ("", "a", "b") for split in splits}
    rule = concealed(numbers, 5, keep_totals=True)
    assert narrowed(as_a_reader_sees(numbers, set(rule)), 5)
    assert not narrowed(as_a_reader_sees(numbers, set(held_back(numbers, rule, 5))), 5)


def test_nothing_hidden_costs_nothing() -> None:
    assert held_back({TOTAL: (40, 20, 20), ("a", "", ""): (40, 20, 20)}, {}, 5) == {}

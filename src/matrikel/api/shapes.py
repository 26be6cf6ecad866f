"""What the answers hold. Names follow Kolada's where it has one: kpi, municipality, period, gender, status."""

from typing import Literal

from ninja import Field, Schema


class Target(Schema):
    value: float = Field(description="A share 0-1, days for a waiting time, or a number")
    at_least: bool = Field(
        description="True when the value should reach the target, false when it should stay under it"
    )


class Indicator(Schema):
    id: str = Field(description="The same as `kpi` of a figure")
    version: int
    kind: str = Field(description="What is counted: reached, duration, flow, stock …")
    name: str
    question: str
    numerator: str = Field(description="Who counts as reached, in words")
    denominator: str = Field(description="Who is counted, in words")
    reading: str = Field(description="How a loosely worded goal has been read")
    owner: str
    source: str
    law: str
    target: Target | None
    threshold: int = Field(description="Numbers under this are hidden from those without access to the persons")
    logic_hash: str = Field(description="Figures with the same are comparable")
    text_hash: str = Field(description="Changes when a wording does; changes no figure")
    language: Literal["sv", "en"] = Field(description="The language of the texts: that of the account")


class Indicators(Schema):
    count: int
    values: list[Indicator]


class Value(Schema):
    gender: Literal["T", "K", "M"] = Field(description="T everybody, K women, M men")
    category: str | None = Field(description="Reception category, or null for all")
    count: int | None = Field(description="How many the figure rests on (n); null when hidden")
    reached: int | None = Field(description="How many of them reached the goal (k); null when hidden or not asked")
    value: float | None = Field(
        description="A share 0-1, mean days, or a number; null when hidden or nobody is counted"
    )
    low: float | None = Field(description="Lower 95 per cent limit")
    high: float | None = Field(description="Upper 95 per cent limit")
    status: Literal["", "small", "withheld", "empty"] = Field(
        description="Empty when shown. `small`: fewer than the threshold in the group, who reached or who did not. "
        "`withheld`: a small number could be worked out from it. `empty`: nobody to count"
    )


class AreaOut(Schema):
    id: str = Field(description="`lan`, `kommun` (the own board), a board's id, or `unit:` and a unit's id")
    kind: Literal["county", "board", "unit"]
    code: str = Field(description="SCB's code of the municipality or county; empty for a unit")
    name: str


class Figure(Schema):
    kpi: str
    version: int
    logic_hash: str
    freeze: str = Field(description="The last day the figure knows of")
    area: AreaOut
    municipality: str = Field(description="As in Kolada: four digits, a county as `00` and its code; empty for a unit")
    period: str = Field(description="A year, or a month as 2026-03")
    values: list[Value]


class Figures(Schema):
    count: int = Field(description="Figures in all for this question")
    next: str | None = Field(description="Where the rest is, null when this is all")
    values: list[Figure]


class Problem(Schema):
    type: str
    title: str
    status: int
    detail: str

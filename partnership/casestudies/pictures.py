"""From a chart's rows to its shapes."""

from __future__ import annotations

from typing import Any

from partnership.casestudies import charts
from partnership.casestudies.models import CaseChart, CaseFigure, CaseStudy
from partnership.lib.numbers import shown


def drawn(chart: CaseChart, figures: list[CaseFigure]) -> dict[str, Any]:
    """A chart's shapes and its rows: drawn from the same figures."""
    return {"chart": chart, "figures": figures, "drawn": _draw(chart.kind, figures)}


def story(case: CaseStudy, figures: list[CaseFigure]) -> dict[str, Any]:
    """A case in short: its large figures and its first picture."""
    chart = next((figure.chart for figure in figures if figure.chart), None)
    rows = [figure for figure in figures if chart and figure.chart_id == chart.pk]
    return {
        "case": case,
        "figures": [figure for figure in figures if figure.is_headline],
        "picture": drawn(chart, rows) if chart else None,
    }


def _draw(kind: str, figures: list[CaseFigure]) -> Any:
    if kind == CaseChart.Kind.MONTHS:
        return charts.ring_of_months([(str(f.label)[:3], f.value_text) for f in figures])
    values = [(f.label, float(f.value_number or 0), shown(f.value_number)) for f in figures]
    if kind == CaseChart.Kind.BARS:
        return charts.bars(values)
    *measured, (_, target, text) = values
    return charts.against_target(measured, (target, text))

"""The plan as the spreadsheet people use instead: one row a task, due days by WORKDAY."""

from __future__ import annotations

import datetime as dt
from xml.sax.saxutils import escape

from muutosturva.playbooks.plan import Plan

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>
<table:table table:name="plan">"""
_FOOT = "</table:table></office:spreadsheet></office:body></office:document>"


def workday_sheet(plan: Plan) -> str:
    """Return a flat OpenDocument sheet with as many tasks and formulas as the plan has."""
    begin = _row(_date(dt.date(2027, 3, 1)))
    rows = [
        _row(_text(task.code) + _text(task.title["fi"]) + _text(task.raci.accountable) + _formula(number))
        for number, task in enumerate(plan.tasks, 1)
    ]
    return _HEAD + begin + "".join(rows) + _FOOT


def _row(cells: str) -> str:
    return f"<table:table-row>{cells}</table:table-row>\n"


def _text(words: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{escape(words)}</text:p></table:table-cell>'


def _date(day: dt.date) -> str:
    return f'<table:table-cell office:value-type="date" office:date-value="{day.isoformat()}"/>'


def _formula(days: int) -> str:
    return f'<table:table-cell table:formula="of:=WORKDAY([.$A$1];{days})" office:value-type="float"/>'

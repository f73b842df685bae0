"""European Globalisation Adjustment Fund: criteria over dated counts, windows and deadlines.

The regulation in force on the application date decides (2021/691; before it 1309/2013 and
1927/2006). A reference period runs from a day number to the same day number, both included.
"""

from __future__ import annotations

from muutosturva.rules.case import Case, after
from muutosturva.rules.results import RuleResult


def egf_apply_by(case: Case) -> RuleResult:
    """Return the last day for the state's application: 12 weeks from meeting the criterion.

    2021/691 art. 8(1). The regulation is that of the planned application; while none is planned,
    that of the day the criterion was met, and no later than its own last day.
    """
    met = case.day("egf_met")
    planned = case.day_or_none("application")
    within = case.law("egf.apply_within", planned or met)
    last = after(met, within)
    if planned is None and within.valid_to is not None and case.book.row(within.key, last) is None:
        return case.yes(case.dates(within.valid_to, within), reason="egf.regulation_ends")
    return case.yes(case.dates(last, within))

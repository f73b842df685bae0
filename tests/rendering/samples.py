"""A small document with everything Markdown of ours may hold, and text that means harm."""

from __future__ import annotations

import datetime as dt
from typing import Final

from muutosturva.i18n import Texts
from muutosturva.rendering.charts import Bar, Picture, bar_chart
from muutosturva.rendering.meta import DocumentMeta

EVERYTHING: Final = """\
# Tilannekuva 1: Mallikaluste Oy

Leipää **lihavana**, *kursiivina* ja `tunnuksena`, [linkki](https://tyollisyysalue.example/a?b=1&c=2).
Rivi jatkuu.\\
Uusi rivi.

## 1 Luvut

| Kunta | Arvio | Laki |
| --- | --: | :-: |
| Lahti | 198 | 1333/2021 19 § |
| **Yhteensä** | **198** | – |

![Pylväskaavio: Lahti 198, Heinola ei tiedossa.](kunnat)

### Luettelot

- yksi
- kaksi
    - kolme

1. ensin
2. sitten

Väliin tekstiä.

5. viides

> Lainaus.

    koodia

---

Loppu.
"""

HOSTILE: Final = (
    "a|b",
    "rivi\n\n# toinen\r\n| x | y |",
    "<b>lihava</b><script>alert(1)</script>",
    "![](/etc/passwd)",
    "![x](https://paha.example/x.png)",
    "[paina](javascript:alert(1))",
    '#read("/etc/passwd")',
    '"+read("/etc/passwd")+"',
    '\\" ) #panic() ("',
    "$x^2$ @viite <merkki> *tähti* _ala_ `koodi` ~~veto~~",
    "1. kohta",
    "- kohta",
    "    koodi",
    "&lt;&amp;&#x41;",
    "={{ 7*7 }}{% raw %}",
    '=HYPERLINK("http://paha.example")',
    "\u202e1202.3.1\u202c",
    "nolla\x00ja\x07kello\x1b[31m",
    "\ud800",
    "\ue000\uffff",
    "Työ 🏭 pois 漢字 عمر",
    "e\u0301\u200b\u00ad",
    "x" * 5000,
    "sana " * 1000,
    "]]> --> ''' \"\"\" %s {} \\",
    "---",
    "===",
    ":--",
    "+",
    ">",
)


def meta(mark: str = "") -> DocumentMeta:
    """Return what a document says about itself."""
    return DocumentMeta(
        title="Tilannekuva 1: Mallikaluste Oy",
        language="fi",
        author="Maija Malli",
        subject="Tilannekuva, Mallikaluste Oy, LAHTI-2027-03",
        mark=mark,
        footer="LAHTI-2027-03 · tilannekuva 1",
        date=dt.datetime(2027, 3, 2, 12, 10, tzinfo=dt.UTC),
    )


def pictures() -> dict[str, Picture]:
    """Return the picture the document names: a range, an unknown and a long name."""
    bars = [
        Bar("Lahti", 198, 180, 215),
        Bar("Heinola", None),
        Bar("Pitkäniminen & <kaukainen> kunta Suomessa", 0),
    ]
    return {"kunnat": bar_chart(bars, Texts("fi"))}

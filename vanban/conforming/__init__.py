"""How a Word file keeps to the layout of NĐ 30/2020: `check_layout` measures each component and compares it.

The components are found by their words and places, never by the names of styles, so that a paper that somebody
went on with in Word is measured as well. The rules are those of vanban/data/nd30_2020.json.
"""

from vanban.conforming.comparing import check_layout
from vanban.conforming.departure import Departure

__all__ = ["Departure", "check_layout"]

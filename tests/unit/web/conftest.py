"""The pages are tried over the same house as the work itself."""

from tests.unit.workflow.conftest import house, make_house

__all__ = ["house", "make_house"]

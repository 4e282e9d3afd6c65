"""All fixes, those first that a person should see first."""

from typing import Final

from padguard.fixes import drop_default, mark, mark_path, unmark
from padguard.fixes.fix import Recipe

RECIPES: Final[tuple[Recipe, ...]] = (
    drop_default.RECIPE,
    mark.RECIPE,
    mark_path.RECIPE,
    unmark.RECIPE,
)

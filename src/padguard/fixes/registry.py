"""All fixes, those first that a person should see first."""

from typing import Final

from padguard.fixes import (
    clear_form_field,
    delete_row,
    disable_row,
    drop_default,
    drop_from_text,
    guides_governance,
    guides_outside,
    guides_sturdy,
    guides_visible,
    mark,
    mark_path,
    pass_error_on,
    redact,
    replace_input,
    replace_secret,
    screenshot_off,
    secure_caller,
    secure_transport,
    share_component,
    turn_on_auditing,
    unmark,
    use_property,
)
from padguard.fixes.fix import Recipe
from padguard.fixes.guided import recipe_of

RECIPES: Final[tuple[Recipe, ...]] = (
    replace_secret.RECIPE,
    drop_default.RECIPE,
    replace_input.RECIPE,
    use_property.RECIPE,
    mark.RECIPE,
    mark_path.RECIPE,
    unmark.RECIPE,
    redact.RECIPE,
    delete_row.RECIPE,
    drop_from_text.RECIPE,
    disable_row.RECIPE,
    secure_transport.RECIPE,
    secure_caller.RECIPE,
    screenshot_off.RECIPE,
    pass_error_on.RECIPE,
    clear_form_field.RECIPE,
    share_component.RECIPE,
    turn_on_auditing.RECIPE,
    *map(recipe_of, guides_outside.GUIDES),
    *map(recipe_of, guides_visible.GUIDES),
    *map(recipe_of, guides_governance.GUIDES),
    *map(recipe_of, guides_sturdy.GUIDES),
)

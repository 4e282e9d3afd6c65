"""The rules, one line each; the order is that of their ids."""

from padguard.rules import (
    pg101_hardcoded_secret_argument,
    pg102_hardcoded_secret_value,
    pg103_secret_in_text,
    pg104_secret_typed_as_keys,
    pg105_sensitive_input_default,
    pg106_secret_in_comment,
    pg108_machine_bound_password,
    pg201_unmarked_secret_variable,
    pg202_sensitivity_lost,
    pg203_sensitive_output_unmarked,
    pg204_secret_as_input,
    pg205_sensitivity_lost_between_flows,
    pg207_credential_copied,
    pg208_needlessly_marked,
    pg301_shown_to_user,
    pg302_written_to_log,
    pg303_written_to_file_or_clipboard,
    pg304_sent_out,
    pg305_on_a_command_line,
)
from padguard.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    pg101_hardcoded_secret_argument.RULE,
    pg102_hardcoded_secret_value.RULE,
    pg103_secret_in_text.RULE,
    pg104_secret_typed_as_keys.RULE,
    pg105_sensitive_input_default.RULE,
    pg106_secret_in_comment.RULE,
    pg108_machine_bound_password.RULE,
    pg201_unmarked_secret_variable.RULE,
    pg202_sensitivity_lost.RULE,
    pg203_sensitive_output_unmarked.RULE,
    pg204_secret_as_input.RULE,
    pg205_sensitivity_lost_between_flows.RULE,
    pg207_credential_copied.RULE,
    pg208_needlessly_marked.RULE,
    pg301_shown_to_user.RULE,
    pg302_written_to_log.RULE,
    pg303_written_to_file_or_clipboard.RULE,
    pg304_sent_out.RULE,
    pg305_on_a_command_line.RULE,
)


def rule(rule_id: str) -> Rule | None:
    """Return the rule of an id or slug, whatever the case, or None."""
    folded = rule_id.casefold()
    return next((one for one in RULES if folded in (one.id.casefold(), one.slug)), None)

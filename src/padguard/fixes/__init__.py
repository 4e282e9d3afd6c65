"""From findings to changes: plans of edits that are made whole or not at all."""

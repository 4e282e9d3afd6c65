"""Findings as files and pages: one module a format, and what the formats share."""

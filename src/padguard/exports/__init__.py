"""Containers of desktop flows, read and written."""

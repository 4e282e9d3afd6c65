"""What a person does by hand instead of taking the patched export: clicks, and rows to paste."""

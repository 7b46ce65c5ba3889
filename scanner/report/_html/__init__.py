"""The HTML report's parts: its data in a compact form, its texts, and the page that shows it."""

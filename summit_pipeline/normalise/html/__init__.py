"""The article in an HTML page. Start at `html_page`."""

"""Commands about the page: page."""

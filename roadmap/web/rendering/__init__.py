"""What templates use to show values: filters, Markdown, and the languages of texts."""

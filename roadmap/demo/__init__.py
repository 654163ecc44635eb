"""The made-up team of `roadmap demo`: people, days and texts as data, and what plays them."""

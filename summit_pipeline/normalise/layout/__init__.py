"""Lines that are not the article's body: furniture, captions, posts, repeats. Start at `debris`."""

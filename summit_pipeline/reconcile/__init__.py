"""Stage 4: from the claims of all documents to stories, origins, relations and facts.

Start at `pipeline`. Every verdict names its rule and the words it rests on, and `undecided` comes
before a guess.
"""

"""Peers side by side with ours, on the same data and by the same scorers.

The peers live in an environment of their own (`requirements.txt`), which nothing else needs:
`python -m benchmarks.peers` makes it, lets each peer predict in it, scores all and writes the table
of docs/benchmarks.md. Belongs here: adapters, each as kind to its peer as its interface allows.
Does not belong here: how anything is scored (that lies with the evaluation data).
"""

"""Where Dagster meets the stages: assets, checks, resources, jobs, schedules, sensors.

Everything here is thin: it opens a transaction, calls a stage, and tells Dagster what was made. No
rule about texts lives here, and no regular expression.
"""

"""Which value holds, from claims of many sources of unequal worth. Start in `discovery`."""

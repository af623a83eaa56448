"""Questions as files: what is read becomes one neutral form, which every writer takes.

No database, clock or request. Each reader gives a Report, whatever it is given.
"""

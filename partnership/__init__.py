import gc

# By default the collector looks around after every 700 new objects: an eighth of all that starting
# takes, and as often while a page is made, for cycles that there are hardly any of.
gc.set_threshold(50_000, 20, 50)

"""Where a place stands on the picture of the world's land, `partnership/land.svg`.

The Equal Earth projection of Šavrič, Patterson and Jenny, written from the published
formula, with the Pacific in the middle. The land was drawn with the same constants, so they
change together or not at all.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

# The viewBox of land.svg.
WIDTH = 1000.0
HEIGHT = 444.0

# Coefficients from B. Šavrič, T. Patterson and B. Jenny, "The Equal Earth map projection",
# International Journal of Geographical Information Science 33(3), 2019.
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796

# Ours. The map is cut at 26°W, in the Atlantic, where only the east of Greenland is divided.
CENTRAL_MERIDIAN = 154.0
# Ours. 184 units to the radius of the globe leave two units free at either end of the equator;
# the equator at 242 keeps 85°N and 60°S just inside the picture.
SCALE = 184.0
CENTRE_X, EQUATOR_Y = WIDTH / 2, 242.0


def project(lon: float, lat: float) -> tuple[float, float]:
    """The point of land.svg, x to the right and y down, for a place in decimal degrees."""
    eastward = radians((lon - CENTRAL_MERIDIAN + 180) % 360 - 180)
    theta = asin(sqrt(3) / 2 * sin(radians(lat)))
    square = theta * theta
    sixth = square**3
    slope = A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)
    x = 2 * sqrt(3) / 3 * eastward * cos(theta) / slope
    y = theta * (A1 + A2 * square + sixth * (A3 + A4 * square))
    return CENTRE_X + SCALE * x, EQUATOR_Y - SCALE * y

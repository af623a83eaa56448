"""Words of the field that mean the same. Each text that holds one of a line is found by all.

Words are compared by their stems, so plurals stand here only where a stemmer leaves them alone.
"""

from __future__ import annotations

SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("ITMO", "internationally transferred mitigation outcome"),
    ("CA", "corresponding adjustment"),
    ("LoA", "letter of authorization", "authorization letter"),
    ("MO", "mitigation outcome"),
    ("BTR", "biennial transparency report", "BTRs"),
    ("PACM", "6.4ERM", "A6.4", "Paris Agreement Crediting Mechanism", "Article 6.4 mechanism"),
    ("Article 6.4", "Article 6, paragraph 4", "Art 6.4", "A6.4"),
    ("Article 6.2", "Article 6, paragraph 2", "Art 6.2", "A6.2"),
    ("Article 6.8", "Article 6, paragraph 8", "Art 6.8", "A6.8"),
    ("A6.4ER", "A6.4ERs", "6.4ER", "6.4ERs", "Article 6.4 emission reduction"),
    ("NDC", "NDCs", "nationally determined contribution"),
    ("LT-LEDS", "long-term low-emission development strategy"),
    ("JCM", "Joint Crediting Mechanism"),
    ("AEF", "agreed electronic format"),
    ("MoU", "memorandum of understanding", "memoranda of understanding"),
    ("DNA", "DNAs", "designated national authority"),
    ("DOE", "designated operational entity"),
    ("TPE", "third-party entity"),
    ("LDC", "LDCs", "least developed country"),
    ("SIDS", "small island developing state"),
    (
        "MRV",
        "measurement, reporting and verification",
        "monitoring, reporting and verification",
    ),
    ("CDM", "Clean Development Mechanism"),
    ("CORSIA", "Carbon Offsetting and Reduction Scheme for International Aviation"),
    ("ICAO", "International Civil Aviation Organization"),
    ("CARP", "centralized accounting and reporting platform"),
    ("NIR", "national inventory report"),
    ("OIMP", "other international mitigation purposes"),
    ("OMGE", "overall mitigation in global emissions"),
    ("SOP", "share of proceeds"),
    ("GHG", "greenhouse gas"),
    ("CO2e", "CO2eq", "CO2-eq", "tCO2e", "tCO2eq", "tCO2-eq", "carbon dioxide equivalent"),
    ("CO2", "carbon dioxide"),
    (
        "CMA",
        "Conference of the Parties serving as the meeting of the Parties to the Paris Agreement",
    ),
    ("UNFCCC", "United Nations Framework Convention on Climate Change"),
    ("Viet Nam", "Vietnam"),
    ("Lao PDR", "Laos", "Lao People's Democratic Republic"),
    ("Côte d'Ivoire", "Ivory Coast"),
    ("Türkiye", "Turkey"),
    ("Cabo Verde", "Cape Verde"),
    ("Eswatini", "Swaziland"),
    ("Czechia", "Czech Republic"),
    ("Timor-Leste", "East Timor"),
    ("Myanmar", "Burma"),
    ("Republic of Korea", "South Korea"),
    ("UK", "United Kingdom"),
    ("UAE", "United Arab Emirates"),
)

# Found when the words are written out, never the other way: Canada and Macao have these codes, and
# the stem of `does` is `doe`.
ALSO_SOMETHING_ELSE = frozenset({"CA", "MO", "DOE"})

ACRONYMS = frozenset(
    form
    for group in SYNONYMS
    for form in group
    if form.isalpha() and sum(letter.isupper() for letter in form) > 1
)

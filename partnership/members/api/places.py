"""Countries and institutions through the API."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers

from partnership.lib.api import Number
from partnership.lib.lists import ListViewSet
from partnership.members import queries
from partnership.members.forms import CountryFilter, InstitutionFilter
from partnership.members.models import Country, Institution


class CountrySerializer(serializers.ModelSerializer[Country]):
    """A Party with its names, labels and groups."""

    longitude = Number(read_only=True)
    latitude = Number(read_only=True)
    names = serializers.SerializerMethodField()
    labels = serializers.SerializerMethodField()
    groups = serializers.SerializerMethodField()

    class Meta:
        model = Country
        fields = [
            "iso3",
            "iso2",
            "name",
            "names",
            "labels",
            "region",
            "subregion",
            "groups",
            "longitude",
            "latitude",
            "place",
            "party_note",
        ]

    def get_names(self, country: Country) -> dict[str, str]:
        return {name.language: name.name for name in country.names.all()}

    def get_labels(self, country: Country) -> list[str]:
        return [alias.label for alias in country.aliases.all() if alias.is_shown]

    def get_groups(self, country: Country) -> list[str]:
        return [group.group for group in country.groups.all()]


class CountryViewSet(ListViewSet):
    """Parties to the Paris Agreement. `lookup` is the three-letter code in either case."""

    serializer_class = CountrySerializer
    is_dataset = True
    lookup_value_regex = "[A-Za-z]{3}"
    filter_form = CountryFilter
    queryset = Country.objects.none()

    def get_queryset(self) -> QuerySet[Country]:
        wanted = self.wanted()
        rows = queries.directory(asked=wanted["q"], region=wanted["region"], group=wanted["group"])
        return rows.prefetch_related("names", "aliases")

    def get_object(self) -> Country:
        self.kwargs["pk"] = self.kwargs["pk"].upper()
        return super().get_object()


class InstitutionSerializer(serializers.ModelSerializer[Institution]):
    """An institution, with the role and source in which it is named."""

    source = serializers.SlugRelatedField(read_only=True, slug_field="slug")
    is_member = serializers.SerializerMethodField()

    class Meta:
        model = Institution
        fields = [
            "slug",
            "name",
            "acronym",
            "kind",
            "seat",
            "website",
            "role",
            "is_member",
            "source",
        ]

    def get_is_member(self, institution: Institution) -> bool | None:
        """Null is "not known": no list of members has been entered for it."""
        today = timezone.now().date()
        rows = list(institution.participations.all())
        if not rows:
            return None
        return any(
            row.begins_on <= today and (not row.ends_on or row.ends_on >= today) for row in rows
        )


class InstitutionViewSet(ListViewSet):
    """Organisations named in the sources or entered by the secretariat."""

    serializer_class = InstitutionSerializer
    is_dataset = True
    lookup_field = "slug"
    filter_form = InstitutionFilter
    queryset = Institution.objects.none()

    def get_queryset(self) -> QuerySet[Institution]:
        rows = Institution.objects.select_related("source").prefetch_related("participations")
        if kind := self.wanted()["kind"]:
            rows = rows.filter(kind=kind)
        return rows.order_by("sort_key")

"""The schema, the file of it in the repository, and the page that explains it."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from courses.learning.forms import CatalogueFilter
from partnership.agreements.forms import RegisterFilter
from partnership.casestudies.forms import CaseFilter
from partnership.information.forms import GlossaryFilter
from partnership.members.forms import CountryFilter, InstitutionFilter
from partnership.members.models import Country
from partnership.site import apidocs
from partnership.site.api import router
from partnership.site.figures.forms import SnapshotFilter
from partnership.site.forms import SearchForm
from partnership.sources.forms import FactFilter, SourceFilter
from tests.agreements.cooperation import routes as cooperation
from tests.factories.feeds import ItemFactory
from tests.factories.figures import SnapshotFactory

FILE = Path(__file__).parents[2] / "docs" / "api.yaml"
PAGING = {"cursor", "page_size", "format"}
# Lists of one person's own rows, and what is done to one of them.
OWN = {"enrolments", "attempts", "certificates", "jobs"}
# Lists of those who keep the site.
KEEPERS = {"links"}
# What is named in code, and comes in one page.
NAMED = {"figures"}
# Lists of the delegations that somebody runs.
DELEGATIONS = {"people", "delegations", "invitations", "requests"}
OF_A_ROW = r"\{\w+\}/(?:(?:leave|move|answers|submit|result|approve|refuse)/)?$"


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return SchemaGenerator().get_schema(public=True)


def parameters(schema: dict[str, Any], path: str) -> set[str]:
    return {row["name"] for row in schema["paths"][path]["get"]["parameters"]}


def test_the_file_of_the_schema_is_the_schema(tmp_path):
    """If this fails, `make schema` writes the file anew: read what changed for callers."""
    fresh = tmp_path / "api.yaml"

    call_command("spectacular", "--file", str(fresh), "--validate", "--fail-on-warn")

    assert FILE.read_text() == fresh.read_text()


def test_the_schema_is_served_as_it_stands_in_the_file(client):
    served = client.get("/api/schema/")

    assert yaml.load(served.content, yaml.CSafeLoader) == yaml.load(
        FILE.read_text(), yaml.CSafeLoader
    )


def test_the_schema_names_every_list_and_its_rows(schema):
    lists = {f"/api/v1/{prefix}/" for prefix, _, _ in router.registry}
    rows = {re.sub(OF_A_ROW, "", path) for path in schema["paths"] if "{" in path}

    assert rows == lists
    assert {path for path in schema["paths"] if "{" not in path} == {
        *lists,
        *("/api/v1/search/", "/api/v1/documents/facets/"),
    }


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("agreements", RegisterFilter),
        ("case-studies", CaseFilter),
        ("countries", CountryFilter),
        ("courses", CatalogueFilter),
        ("facts", FactFilter),
        ("sources", SourceFilter),
        ("snapshots", SnapshotFilter),
        ("glossary", GlossaryFilter),
        ("institutions", InstitutionFilter),
    ],
)
def test_the_schema_names_every_filter_of_a_list(schema, name, form):
    assert parameters(schema, f"/api/v1/{name}/") == PAGING | set(form.base_fields)


def test_the_schema_names_the_parameters_of_search_and_of_own_lists(schema):
    assert parameters(schema, "/api/v1/search/") == set(SearchForm.base_fields)
    assert {name for name in OWN if parameters(schema, f"/api/v1/{name}/") == PAGING} == OWN


def test_the_schema_says_that_only_what_is_ones_own_needs_a_sign_in(schema):
    closed = {
        path
        for path, methods in schema["paths"].items()
        for operation in methods.values()
        if {} not in operation["security"]
    }

    own = {path for path in schema["paths"] if path.split("/")[3] in OWN | DELEGATIONS | KEEPERS}
    assert closed == own - {"/api/v1/certificates/{code}/"}


def test_the_schema_names_the_key_of_every_change_but_a_save_which_has_its_own(schema):
    changes = {
        path: methods["post"] for path, methods in schema["paths"].items() if "post" in methods
    }

    without = {
        path
        for path, change in changes.items()
        if "Idempotency-Key" not in {row["name"] for row in change["parameters"]}
    }

    assert without == {"/api/v1/attempts/{uuid}/answers/"}
    assert "key" in schema["components"]["schemas"]["SaveBody"]["required"]


def test_the_schema_names_the_fields_that_rows_have(client, content, schema):
    cooperation.make_rows(entry__host=Country.objects.get(iso3="GHA"))
    SnapshotFactory()
    ItemFactory(decided=True)
    for prefix, _, _ in router.registry:
        if prefix.partition("/")[0] in OWN | DELEGATIONS | KEEPERS | NAMED:
            continue
        row = client.get(f"/api/v1/{prefix}/?page_size=1").json()["results"][0]
        answer = schema["paths"][f"/api/v1/{prefix}/"]["get"]["responses"]["200"]
        page = answer["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        parts = schema["components"]["schemas"]
        item = parts[page]["properties"]["results"]["items"]["$ref"].rpartition("/")[2]
        assert set(parts[item]["properties"]) == set(row)


@pytest.mark.usefixtures("db")
def test_the_page_explains_every_operation_with_its_parameters_and_fields(client: Client, schema):
    page = html.unescape(client.get("/api/docs/").content.decode())

    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            assert f"<code><b>{method.upper()}</b> {path}</code>" in page
            assert operation["description"] in page
            for parameter in operation.get("parameters", []):
                assert f"<code>{parameter['name']}</code>" in page
    told = {name.rpartition(".")[2] for name in re.findall(r"<code>([\w.]+)</code>", page)}
    for part in schema["components"]["schemas"].values():
        assert set(part.get("properties", {})) <= told | {"next", "previous", "results"}


@pytest.mark.parametrize("query", ["?lang=../../etc", "?lang=xx", "?version=9", "?format=exe"])
def test_odd_questions_for_the_schema_get_a_plain_answer(client, db, query):
    assert client.get(f"/api/schema/{query}").status_code in (200, 400, 404)


def test_the_schema_is_made_once_for_each_of_our_languages_and_kept_for_no_other(client, db):
    apidocs.kept.cache_clear()

    for query in ("?lang=fr", "?lang=fr", "", "?lang=xx", "?lang=xy"):
        client.get(f"/api/schema/{query}")

    assert apidocs.kept.cache_info().misses == 2

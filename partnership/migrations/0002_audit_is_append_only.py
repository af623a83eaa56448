"""The audit log refuses to be changed or shortened, whoever asks."""

from __future__ import annotations

from django.db import migrations

from partnership.lib.sql import OnlyOn

TABLE = "partnership_auditentry"
WORDS = "the audit log is append-only"


class Migration(migrations.Migration):
    dependencies = [("partnership", "0001_the_house")]
    operations = [
        OnlyOn(
            "sqlite",
            [
                f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
                f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
                for verb in ("UPDATE", "DELETE")
            ],
            [f"DROP TRIGGER audit_no_{verb}" for verb in ("update", "delete")],
        ),
        OnlyOn(
            "postgresql",
            [
                "CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'check_violation'; END $$",
                f"CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON {TABLE} "
                "FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()",
            ],
            [
                f"DROP TRIGGER audit_append_only ON {TABLE}",
                "DROP FUNCTION audit_is_append_only()",
            ],
        ),
    ]

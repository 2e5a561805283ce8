"""Acts and checkpoints are never changed: a trigger refuses it, whoever asks.

Deleting stays possible in the database, because retention deletes; an act that is gone otherwise
breaks the chain, and ``verify`` says which.
"""

from django.db import migrations

TABLES = ("journal_act", "journal_checkpoint")

_FUNCTION = """
CREATE FUNCTION journal_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the log is only added to' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
MAKE = {
    "postgresql": (
        _FUNCTION,
        *(
            f"CREATE TRIGGER {table}_only_added BEFORE UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION journal_only_added()"
            for table in TABLES
        ),
    ),
    "sqlite": tuple(
        f"CREATE TRIGGER {table}_only_added BEFORE UPDATE ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END"
        for table in TABLES
    ),
}
TAKE_AWAY = {
    "postgresql": (
        *(f"DROP TRIGGER {table}_only_added ON {table}" for table in TABLES),
        "DROP FUNCTION journal_only_added()",
    ),
    "sqlite": tuple(f"DROP TRIGGER {table}_only_added" for table in TABLES),
}


def make(_, schema_editor):
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def take_away(_, schema_editor):
    for statement in TAKE_AWAY[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(make, take_away)]

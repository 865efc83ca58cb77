"""The tables of a database of Taguette 1.x, which newer versions bring up to date when they open it."""

from __future__ import annotations

_SERIAL = "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT"
_PROJECT = "project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE"
_LOGIN = "VARCHAR(30) NOT NULL REFERENCES users (login)"
_TABLES = {
    "alembic_version": "version_num VARCHAR(32) NOT NULL PRIMARY KEY",
    "users": "login VARCHAR(30) NOT NULL PRIMARY KEY, created DATETIME NOT NULL, hashed_password VARCHAR(192),"
    " disabled BOOLEAN NOT NULL, password_set_date DATETIME, language VARCHAR(10), email VARCHAR(256),"
    " email_sent DATETIME",
    "projects": f"id {_SERIAL}, name VARCHAR(200) NOT NULL, description TEXT NOT NULL, created DATETIME NOT NULL",
    "project_members": f"{_PROJECT}, user_login {_LOGIN} ON DELETE CASCADE ON UPDATE CASCADE,"
    " privileges VARCHAR(11) NOT NULL, PRIMARY KEY (project_id, user_login)",
    "documents": f"id {_SERIAL}, name VARCHAR(200) NOT NULL, description TEXT NOT NULL,"
    f" filename VARCHAR(200) NOT NULL, created DATETIME NOT NULL, {_PROJECT}, text_direction VARCHAR(13) NOT NULL,"
    " contents TEXT NOT NULL",
    "commands": f"id {_SERIAL}, date DATETIME NOT NULL, user_login {_LOGIN} ON UPDATE CASCADE, {_PROJECT},"
    " document_id INTEGER, payload TEXT NOT NULL",
    "highlights": f"id {_SERIAL}, document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,"
    " start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, snippet TEXT NOT NULL",
    "tags": f"id {_SERIAL}, {_PROJECT}, path VARCHAR(200) NOT NULL, description TEXT NOT NULL,"
    " CONSTRAINT uq_tags_project_id UNIQUE (project_id, path)",
    "highlight_tags": "highlight_id INTEGER NOT NULL REFERENCES highlights (id) ON DELETE CASCADE,"
    " tag_id INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE, PRIMARY KEY (highlight_id, tag_id)",
}
_INDEXES = {
    "project_members": ("project_id", "user_login"),
    "documents": ("project_id",),
    "commands": ("date", "user_login", "project_id", "document_id"),
    "highlights": ("document_id",),
    "tags": ("project_id", "path"),
    "highlight_tags": ("highlight_id", "tag_id"),
}
VERSION = "db5e31a0233d"
"""The version of these tables, as Taguette knows it."""
STATEMENTS = (
    "PRAGMA auto_vacuum = 1",
    "PRAGMA application_id = 1416066164",  # "Tgtt"
    *(f"CREATE TABLE {name} ({columns})" for name, columns in _TABLES.items()),
    "CREATE UNIQUE INDEX ix_users_email ON users (email)",
    "CREATE INDEX idx_project_document ON commands (project_id, document_id)",
    "CREATE INDEX idx_project_id ON commands (project_id, id)",
    *(
        f"CREATE INDEX ix_{table}_{column} ON {table} ({column})"
        for table, columns in _INDEXES.items()
        for column in columns
    ),
)
"""What makes the empty tables."""

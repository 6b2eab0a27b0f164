-- +goose Up

-- Who may do alone what the name says, and until when. fence counts the
-- holders. The row stays when the lease ends, so that fence never falls.
CREATE TABLE leases (
    name     TEXT    NOT NULL PRIMARY KEY CHECK (name <> ''),
    holder   TEXT    NOT NULL CHECK (holder <> ''),
    fence    INTEGER NOT NULL CHECK (fence > 0),
    until_at TEXT    NOT NULL CHECK (until_at LIKE '____-__-__T__:__:__.______Z')
)
STRICT -- sqlite
;

-- How each source is read: one row a source. Points in time are empty for never.
CREATE TABLE source_health (
    source         TEXT    NOT NULL PRIMARY KEY CHECK (source <> ''), -- sqlite
    source         TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (source <> ''), -- postgres
    looked_at      TEXT    NOT NULL CHECK (looked_at = '' OR looked_at LIKE '____-__-__T__:__:__.______Z'),
    answered_at    TEXT    NOT NULL CHECK (answered_at = '' OR answered_at LIKE '____-__-__T__:__:__.______Z'),
    changed_at     TEXT    NOT NULL CHECK (changed_at = '' OR changed_at LIKE '____-__-__T__:__:__.______Z'),
    edition        TEXT    NOT NULL,
    refused_at     TEXT    NOT NULL CHECK (refused_at = '' OR refused_at LIKE '____-__-__T__:__:__.______Z'),
    refused_url    TEXT    NOT NULL,
    refused_reason TEXT    NOT NULL,
    failures       INTEGER NOT NULL CHECK (failures >= 0),
    outage         TEXT    NOT NULL,
    next_at        TEXT    NOT NULL CHECK (next_at = '' OR next_at LIKE '____-__-__T__:__:__.______Z')
)
STRICT -- sqlite
;

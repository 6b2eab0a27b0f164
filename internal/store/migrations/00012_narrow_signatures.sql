-- +goose Up

-- Signatures take less space, counts of letters a third of it: what every row
-- has is a small number (codes.go says which). Numbers stand first, so that
-- PostgreSQL pads nothing between them; what only grows fills its pages. day
-- counts from 2026-01-01.
CREATE TABLE signatures_narrow (
    id            INTEGER NOT NULL PRIMARY KEY, -- sqlite
    campaign      INTEGER NOT NULL, -- sqlite
    version       INTEGER NOT NULL, -- sqlite
    consent       INTEGER NOT NULL, -- sqlite
    id            BIGINT   NOT NULL PRIMARY KEY WITH (fillfactor = 100), -- postgres
    campaign      SMALLINT NOT NULL, -- postgres
    version       SMALLINT NOT NULL, -- postgres
    consent       SMALLINT NOT NULL, -- postgres
    level         INTEGER  NOT NULL CHECK (level BETWEEN 1 AND 2), -- sqlite
    standing      INTEGER  NOT NULL CHECK (standing BETWEEN 1 AND 3), -- sqlite
    day           INTEGER  NOT NULL, -- sqlite
    level         SMALLINT NOT NULL CHECK (level BETWEEN 1 AND 2), -- postgres
    standing      SMALLINT NOT NULL CHECK (standing BETWEEN 1 AND 3), -- postgres
    day           SMALLINT NOT NULL, -- postgres
    region        TEXT    NOT NULL,
    lang          TEXT    NOT NULL CHECK (lang IN ('kk', 'ru', 'en')),
    duplicate_key BLOB  CHECK (length(duplicate_key) = 16), -- sqlite
    confirm_hash  BLOB  CHECK (length(confirm_hash) = 16), -- sqlite
    manage_hash   BLOB  CHECK (length(manage_hash) = 16), -- sqlite
    box           BLOB  NOT NULL, -- sqlite
    shown         BLOB, -- sqlite
    updates_to    BLOB -- sqlite
    duplicate_key BYTEA CHECK (length(duplicate_key) = 16), -- postgres
    confirm_hash  BYTEA CHECK (length(confirm_hash) = 16), -- postgres
    manage_hash   BYTEA CHECK (length(manage_hash) = 16), -- postgres
    box           BYTEA NOT NULL, -- postgres
    shown         BYTEA, -- postgres
    updates_to    BYTEA -- postgres
)
STRICT -- sqlite
;

INSERT INTO signatures_narrow (id, campaign, version, consent, level, standing, day, region, lang,
    duplicate_key, confirm_hash, manage_hash, box, shown, updates_to)
SELECT id, campaign, version, consent,
    CASE level WHEN 'email' THEN 1 WHEN 'paper' THEN 2 END,
    CASE standing WHEN 'stands' THEN 1 WHEN 'bounced' THEN 2 WHEN 'invalid' THEN 3 END,
    CAST(julianday(day) - julianday('2026-01-01') AS INTEGER), -- sqlite
    CAST(day AS DATE) - DATE '2026-01-01', -- postgres
    region, lang, duplicate_key, confirm_hash, manage_hash, box, shown, updates_to
FROM signatures ORDER BY id;

DROP TABLE signatures;
ALTER TABLE signatures_narrow RENAME TO signatures;
CREATE UNIQUE INDEX signatures_once ON signatures (duplicate_key) WHERE duplicate_key IS NOT NULL;
CREATE INDEX signatures_shown ON signatures (campaign, id)
    WITH (fillfactor = 100) -- postgres
    WHERE shown IS NOT NULL;

CREATE TABLE uncounted_narrow (
    signature INTEGER NOT NULL, -- sqlite
    signature BIGINT  NOT NULL, -- postgres
    version   INTEGER NOT NULL,
    campaign  INTEGER NOT NULL,
    delta     INTEGER  NOT NULL CHECK (delta IN (-1, 1)), -- sqlite
    level     INTEGER  NOT NULL, -- sqlite
    day       INTEGER  NOT NULL, -- sqlite
    delta     SMALLINT NOT NULL CHECK (delta IN (-1, 1)), -- postgres
    level     SMALLINT NOT NULL, -- postgres
    day       SMALLINT NOT NULL, -- postgres
    region    TEXT    NOT NULL,
    lang      TEXT    NOT NULL,
    PRIMARY KEY (signature, version, delta)
)
STRICT -- sqlite
;

INSERT INTO uncounted_narrow (signature, version, campaign, delta, level, day, region, lang)
SELECT signature, version, campaign, delta, CASE level WHEN 'email' THEN 1 WHEN 'paper' THEN 2 END,
    CAST(julianday(day) - julianday('2026-01-01') AS INTEGER), -- sqlite
    CAST(day AS DATE) - DATE '2026-01-01', -- postgres
    region, lang FROM uncounted;

DROP TABLE uncounted;
ALTER TABLE uncounted_narrow RENAME TO uncounted;

CREATE TABLE tallies_narrow (
    campaign INTEGER NOT NULL REFERENCES campaigns (id),
    version  INTEGER NOT NULL,
    level    INTEGER NOT NULL, -- sqlite
    day      INTEGER NOT NULL, -- sqlite
    region   TEXT NOT NULL, -- sqlite
    lang     TEXT NOT NULL, -- sqlite
    n        INTEGER NOT NULL, -- sqlite
    level    SMALLINT NOT NULL, -- postgres
    day      SMALLINT NOT NULL, -- postgres
    region   TEXT COLLATE "C" NOT NULL, -- postgres
    lang     TEXT COLLATE "C" NOT NULL, -- postgres
    n        BIGINT  NOT NULL, -- postgres
    PRIMARY KEY (campaign, version, level, region, day, lang)
)
STRICT -- sqlite
;

INSERT INTO tallies_narrow (campaign, version, level, day, region, lang, n)
SELECT campaign, version, CASE level WHEN 'email' THEN 1 WHEN 'paper' THEN 2 END,
    CAST(julianday(day) - julianday('2026-01-01') AS INTEGER), -- sqlite
    CAST(day AS DATE) - DATE '2026-01-01', -- postgres
    region, lang, n FROM tallies;

DROP TABLE tallies;
ALTER TABLE tallies_narrow RENAME TO tallies;

-- 64 bits tell the addresses of a day apart. The counts of today begin anew:
-- their keys were of another width.
DROP TABLE letters;
CREATE TABLE letters (
    address INTEGER NOT NULL PRIMARY KEY, -- sqlite
    day     INTEGER NOT NULL, -- sqlite
    n       INTEGER NOT NULL CHECK (n > 0) -- sqlite
    address BIGINT   NOT NULL PRIMARY KEY, -- postgres
    day     SMALLINT NOT NULL, -- postgres
    n       SMALLINT NOT NULL CHECK (n > 0) -- postgres
)
STRICT -- sqlite
;

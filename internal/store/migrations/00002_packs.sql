-- +goose Up

-- Editions no longer hold their texts whole: each names where its bytes lie in
-- packs (see pieces.go). The next migration, written in Go, carries the rows
-- over and drops editions_whole.
DROP TRIGGER editions_refuse_update; -- sqlite
DROP TRIGGER editions_refuse_delete; -- sqlite
DROP TRIGGER editions_refuse_replace; -- sqlite
DROP TRIGGER editions_refuse_change ON editions; -- postgres
ALTER INDEX editions_pkey RENAME TO editions_whole_pkey; -- postgres
ALTER TABLE editions RENAME TO editions_whole;

-- Bytes that one edition was the first to bring, gzipped; sha256 is of the
-- bytes. Every edition that has them cuts them from here.
CREATE TABLE packs (
    sha256 TEXT             NOT NULL PRIMARY KEY CHECK (length(sha256) = 64), -- sqlite
    sha256 TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(sha256) = 64), -- postgres
    body   BLOB  NOT NULL -- sqlite
    body   BYTEA NOT NULL -- postgres
)
STRICT -- sqlite
;

CREATE TABLE editions (
    act_id      TEXT              NOT NULL REFERENCES acts (id), -- sqlite
    act_id      TEXT COLLATE "C"  NOT NULL REFERENCES acts (id), -- postgres
    lang        TEXT    NOT NULL CHECK (lang IN ('kk', 'ru', 'en')),
    status      TEXT    NOT NULL CHECK (status IN ('enacted', 'proposed', 'bill')),
    date        TEXT    NOT NULL CHECK (date LIKE '____-__-__'),
    revision    INTEGER NOT NULL CHECK (revision BETWEEN 0 AND 9999),
    title       TEXT    NOT NULL,
    source_url  TEXT    NOT NULL,
    fetched_at  TEXT    NOT NULL CHECK (fetched_at LIKE '____-__-__T__:__:__.______Z'),
    cause       TEXT    NOT NULL,
    cause_href  TEXT    NOT NULL,
    sha256      TEXT    NOT NULL CHECK (length(sha256) = 64),
    text_sha256 TEXT    NOT NULL CHECK (length(text_sha256) = 64),
    media_type  TEXT    NOT NULL,
    -- Where the lines and the raw bytes lie: gzipped JSON.
    lines       BLOB    NOT NULL, -- sqlite
    raw         BLOB    NOT NULL, -- sqlite
    lines       BYTEA   NOT NULL, -- postgres
    raw         BYTEA   NOT NULL, -- postgres
    PRIMARY KEY (act_id, lang, status, date, revision)
)
STRICT -- sqlite
;

-- INSERT OR REPLACE would delete a row without asking the DELETE trigger. A pack
-- that is there already is not stored again, which is no error.
-- +goose StatementBegin
CREATE TRIGGER editions_refuse_update BEFORE UPDATE ON editions -- sqlite
BEGIN SELECT RAISE(ABORT, 'editions are never changed'); END; -- sqlite
CREATE TRIGGER editions_refuse_delete BEFORE DELETE ON editions -- sqlite
BEGIN SELECT RAISE(ABORT, 'editions are never changed'); END; -- sqlite
CREATE TRIGGER editions_refuse_replace BEFORE INSERT ON editions -- sqlite
WHEN EXISTS (SELECT 1 FROM editions e WHERE e.act_id = new.act_id AND e.lang = new.lang -- sqlite
    AND e.status = new.status AND e.date = new.date AND e.revision = new.revision) -- sqlite
BEGIN SELECT RAISE(ABORT, 'editions are never changed'); END; -- sqlite
CREATE TRIGGER packs_refuse_update BEFORE UPDATE ON packs -- sqlite
BEGIN SELECT RAISE(ABORT, 'packs are never changed'); END; -- sqlite
CREATE TRIGGER packs_refuse_delete BEFORE DELETE ON packs -- sqlite
BEGIN SELECT RAISE(ABORT, 'packs are never changed'); END; -- sqlite
CREATE TRIGGER packs_keep BEFORE INSERT ON packs -- sqlite
WHEN EXISTS (SELECT 1 FROM packs p WHERE p.sha256 = new.sha256) -- sqlite
BEGIN SELECT RAISE(IGNORE); END; -- sqlite
CREATE TRIGGER editions_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON editions -- postgres
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change(); -- postgres
CREATE TRIGGER packs_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON packs -- postgres
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change(); -- postgres
-- +goose StatementEnd

-- A backup lists rows by their keys, in one order on both databases.
ALTER TABLE act_names ALTER COLUMN act_id TYPE TEXT COLLATE "C"; -- postgres
ALTER TABLE visits ALTER COLUMN url TYPE TEXT COLLATE "C"; -- postgres
ALTER TABLE refusals ALTER COLUMN url TYPE TEXT COLLATE "C"; -- postgres

-- +goose Up

-- What is known of an act as a work. An act may be known by its id alone.
CREATE TABLE acts (
    id        TEXT              NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 6 AND 25), -- sqlite
    id        TEXT COLLATE "C"  NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 6 AND 25), -- postgres
    adopted   TEXT    NOT NULL DEFAULT '' CHECK (adopted = '' OR adopted LIKE '____-__-__'),
    published TEXT    NOT NULL DEFAULT '' CHECK (published = '' OR published LIKE '____-__-__'),
    sample    INTEGER NOT NULL DEFAULT 0 CHECK (sample IN (0, 1))
)
STRICT -- sqlite
;

CREATE TABLE act_names (
    act_id     TEXT NOT NULL REFERENCES acts (id),
    lang       TEXT NOT NULL CHECK (lang IN ('kk', 'ru', 'en')),
    title      TEXT NOT NULL,
    requisites TEXT NOT NULL,
    PRIMARY KEY (act_id, lang)
)
STRICT -- sqlite
;

-- Editions are never changed and never deleted. The large columns stand last,
-- so that listing heads does not read them.
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
    lines       TEXT    NOT NULL,
    raw         BLOB    NOT NULL, -- sqlite
    raw         BYTEA   NOT NULL, -- postgres
    PRIMARY KEY (act_id, lang, status, date, revision)
)
STRICT -- sqlite
;

-- INSERT OR REPLACE would delete a row without asking the DELETE trigger.
-- +goose StatementBegin
CREATE TRIGGER editions_refuse_update BEFORE UPDATE ON editions -- sqlite
BEGIN SELECT RAISE(ABORT, 'editions are never changed'); END; -- sqlite
CREATE TRIGGER editions_refuse_delete BEFORE DELETE ON editions -- sqlite
BEGIN SELECT RAISE(ABORT, 'editions are never changed'); END; -- sqlite
CREATE TRIGGER editions_refuse_replace BEFORE INSERT ON editions -- sqlite
WHEN EXISTS (SELECT 1 FROM editions e WHERE e.act_id = new.act_id AND e.lang = new.lang -- sqlite
    AND e.status = new.status AND e.date = new.date AND e.revision = new.revision) -- sqlite
BEGIN SELECT RAISE(ABORT, 'editions are never changed'); END; -- sqlite
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ -- postgres
BEGIN RAISE EXCEPTION '% are never changed', TG_TABLE_NAME; END $$; -- postgres
CREATE TRIGGER editions_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON editions -- postgres
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change(); -- postgres
-- +goose StatementEnd

CREATE TABLE visits (
    url           TEXT    NOT NULL PRIMARY KEY CHECK (length(url) BETWEEN 1 AND 2000),
    etag          TEXT    NOT NULL,
    last_modified TEXT    NOT NULL,
    sha256        TEXT    NOT NULL CHECK (length(sha256) IN (0, 64)),
    status        INTEGER NOT NULL CHECK (status BETWEEN 100 AND 599),
    at            TEXT    NOT NULL CHECK (at LIKE '____-__-__T__:__:__.______Z')
)
STRICT -- sqlite
;

-- One row a refused page; the same page met again moves the row's time.
CREATE TABLE refusals (
    url    TEXT  NOT NULL CHECK (length(url) BETWEEN 1 AND 2000),
    sha256 TEXT  NOT NULL CHECK (length(sha256) = 64),
    source TEXT  NOT NULL,
    act_id TEXT  NOT NULL,
    lang   TEXT  NOT NULL CHECK (lang IN ('', 'kk', 'ru', 'en')),
    at     TEXT  NOT NULL CHECK (at LIKE '____-__-__T__:__:__.______Z'),
    reason TEXT  NOT NULL CHECK (reason <> ''),
    raw    BLOB  NOT NULL, -- sqlite
    raw    BYTEA NOT NULL, -- postgres
    PRIMARY KEY (url, sha256)
)
STRICT -- sqlite
;

CREATE INDEX refusals_at ON refusals (at);

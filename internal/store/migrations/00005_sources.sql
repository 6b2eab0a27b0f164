-- +goose Up

-- Whose text the enacted edition of a day is. The first source to bring one has
-- it for good; what others have under that day goes to witnesses.
CREATE TABLE edition_sources (
    act_id TEXT              NOT NULL REFERENCES acts (id), -- sqlite
    act_id TEXT COLLATE "C"  NOT NULL REFERENCES acts (id), -- postgres
    lang   TEXT NOT NULL CHECK (lang IN ('kk', 'ru', 'en')),
    date   TEXT NOT NULL CHECK (date LIKE '____-__-__'),
    source TEXT NOT NULL CHECK (source <> ''),
    PRIMARY KEY (act_id, lang, date)
)
STRICT -- sqlite
;

-- Until now a source was known by the addresses of its texts alone.
INSERT INTO edition_sources (act_id, lang, date, source)
SELECT act_id, lang, date, CASE WHEN source_url LIKE '%/api/documents/%' THEN 'zan' ELSE 'adilet' END
FROM editions e WHERE status = 'enacted' AND source_url <> '' AND NOT EXISTS (
    SELECT 1 FROM editions b WHERE b.act_id = e.act_id AND b.lang = e.lang AND b.status = e.status
    AND b.date = e.date AND b.revision < e.revision AND b.source_url <> '');

-- The text of an enacted edition as another source has it. revision counts the
-- texts of that source under that day.
CREATE TABLE witnesses (
    act_id      TEXT              NOT NULL REFERENCES acts (id), -- sqlite
    act_id      TEXT COLLATE "C"  NOT NULL REFERENCES acts (id), -- postgres
    lang        TEXT    NOT NULL CHECK (lang IN ('kk', 'ru', 'en')),
    date        TEXT    NOT NULL CHECK (date LIKE '____-__-__'),
    source      TEXT              NOT NULL CHECK (source <> ''), -- sqlite
    source      TEXT COLLATE "C"  NOT NULL CHECK (source <> ''), -- postgres
    revision    INTEGER NOT NULL CHECK (revision BETWEEN 0 AND 9999),
    title       TEXT    NOT NULL,
    source_url  TEXT    NOT NULL,
    fetched_at  TEXT    NOT NULL CHECK (fetched_at LIKE '____-__-__T__:__:__.______Z'),
    cause       TEXT    NOT NULL,
    cause_href  TEXT    NOT NULL,
    sha256      TEXT    NOT NULL CHECK (length(sha256) = 64),
    text_sha256 TEXT    NOT NULL CHECK (length(text_sha256) = 64),
    media_type  TEXT    NOT NULL,
    lines       BLOB    NOT NULL, -- sqlite
    raw         BLOB    NOT NULL, -- sqlite
    lines       BYTEA   NOT NULL, -- postgres
    raw         BYTEA   NOT NULL, -- postgres
    PRIMARY KEY (act_id, lang, date, source, revision)
)
STRICT -- sqlite
;

-- +goose StatementBegin
CREATE TRIGGER witnesses_refuse_update BEFORE UPDATE ON witnesses -- sqlite
BEGIN SELECT RAISE(ABORT, 'witnesses are never changed'); END; -- sqlite
CREATE TRIGGER witnesses_refuse_delete BEFORE DELETE ON witnesses -- sqlite
BEGIN SELECT RAISE(ABORT, 'witnesses are never changed'); END; -- sqlite
CREATE TRIGGER witnesses_refuse_replace BEFORE INSERT ON witnesses -- sqlite
WHEN EXISTS (SELECT 1 FROM witnesses w WHERE w.act_id = new.act_id AND w.lang = new.lang -- sqlite
    AND w.date = new.date AND w.source = new.source AND w.revision = new.revision) -- sqlite
BEGIN SELECT RAISE(ABORT, 'witnesses are never changed'); END; -- sqlite
CREATE TRIGGER edition_sources_refuse_update BEFORE UPDATE ON edition_sources -- sqlite
BEGIN SELECT RAISE(ABORT, 'edition_sources are never changed'); END; -- sqlite
CREATE TRIGGER edition_sources_refuse_delete BEFORE DELETE ON edition_sources -- sqlite
BEGIN SELECT RAISE(ABORT, 'edition_sources are never changed'); END; -- sqlite
CREATE TRIGGER edition_sources_keep BEFORE INSERT ON edition_sources -- sqlite
WHEN EXISTS (SELECT 1 FROM edition_sources s WHERE s.act_id = new.act_id AND s.lang = new.lang AND s.date = new.date) -- sqlite
BEGIN SELECT RAISE(IGNORE); END; -- sqlite
CREATE TRIGGER witnesses_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON witnesses -- postgres
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change(); -- postgres
CREATE TRIGGER edition_sources_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON edition_sources -- postgres
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change(); -- postgres
-- +goose StatementEnd

-- How a source that has codes of its own calls an act.
CREATE TABLE act_aliases (
    source TEXT              NOT NULL CHECK (source <> ''), -- sqlite
    source TEXT COLLATE "C"  NOT NULL CHECK (source <> ''), -- postgres
    act_id TEXT              NOT NULL REFERENCES acts (id), -- sqlite
    act_id TEXT COLLATE "C"  NOT NULL REFERENCES acts (id), -- postgres
    code   TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 100),
    PRIMARY KEY (source, act_id)
)
STRICT -- sqlite
;

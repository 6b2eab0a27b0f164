-- +goose Up

-- What is asked for and what became of it: docs/dossiers.md. What a page shows and
-- nothing is looked up by stands as JSON in about and body.
CREATE TABLE dossiers (
    id           INTEGER NOT NULL PRIMARY KEY CHECK (id > 0),
    organisation TEXT    NOT NULL REFERENCES organisations (id), -- sqlite
    organisation TEXT COLLATE "C" NOT NULL REFERENCES organisations (id), -- postgres
    slug         TEXT    NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 80),
    public       INTEGER NOT NULL CHECK (public IN (0, 1)),
    history      INTEGER NOT NULL CHECK (history IN (0, 1)),
    about        TEXT    NOT NULL
)
STRICT -- sqlite
;

CREATE INDEX dossiers_organisation ON dossiers (organisation, id);

-- Stages count within a dossier.
CREATE TABLE dossier_stages (
    dossier INTEGER NOT NULL REFERENCES dossiers (id),
    number  INTEGER NOT NULL CHECK (number > 0),
    body    TEXT    NOT NULL,
    PRIMARY KEY (dossier, number)
)
STRICT -- sqlite
;

-- Files as they came, by their sum.
CREATE TABLE dossier_files (
    sha256 TEXT    NOT NULL PRIMARY KEY CHECK (length(sha256) = 64), -- sqlite
    sha256 TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(sha256) = 64), -- postgres
    body   BLOB    NOT NULL -- sqlite
    body   BYTEA   NOT NULL -- postgres
)
STRICT -- sqlite
;

-- A text names its editions, by language, and its place among the versions of the
-- bill; a file its sum.
CREATE TABLE dossier_documents (
    dossier  INTEGER NOT NULL REFERENCES dossiers (id),
    number   INTEGER NOT NULL CHECK (number > 0),
    bill     INTEGER NOT NULL CHECK (bill >= 0),
    editions TEXT    NOT NULL,
    sha256   TEXT    NOT NULL CHECK (length(sha256) IN (0, 64) AND (sha256 = '') = (editions <> '{}')),
    name     TEXT    NOT NULL,
    media    TEXT    NOT NULL,
    size     INTEGER NOT NULL, -- sqlite
    size     BIGINT  NOT NULL, -- postgres
    body     TEXT    NOT NULL,
    PRIMARY KEY (dossier, number)
)
STRICT -- sqlite
;

CREATE UNIQUE INDEX dossier_bills ON dossier_documents (dossier, bill) WHERE bill > 0;

-- Deadlines of a dossier.
CREATE TABLE dossier_deadlines (
    dossier INTEGER NOT NULL REFERENCES dossiers (id),
    number  INTEGER NOT NULL CHECK (number > 0),
    body    TEXT    NOT NULL,
    PRIMARY KEY (dossier, number)
)
STRICT -- sqlite
;

-- base is empty for what is recorded and has no text here; newest is the number of
-- the newest version: it moves by one, from what its author saw.
CREATE TABLE proposals (
    id           INTEGER NOT NULL PRIMARY KEY CHECK (id > 0),
    organisation TEXT    NOT NULL REFERENCES organisations (id), -- sqlite
    organisation TEXT COLLATE "C" NOT NULL REFERENCES organisations (id), -- postgres
    dossier      INTEGER NOT NULL REFERENCES dossiers (id),
    base         TEXT    NOT NULL,
    progressive  INTEGER NOT NULL CHECK (progressive IN (0, 1)),
    about        TEXT    NOT NULL,
    by_whom      TEXT    NOT NULL,
    at           TEXT    NOT NULL CHECK (at LIKE '____-__-__T__:__:__.______Z'),
    newest       INTEGER NOT NULL CHECK (newest >= 0 AND (newest = 0 OR base <> ''))
)
STRICT -- sqlite
;

CREATE INDEX proposals_dossier ON proposals (dossier, id);
CREATE INDEX proposals_organisation ON proposals (organisation, id);

-- Texts and reasons, gzipped JSON. Never changed.
CREATE TABLE proposal_versions (
    proposal INTEGER NOT NULL REFERENCES proposals (id),
    number   INTEGER NOT NULL CHECK (number > 0),
    parent   INTEGER NOT NULL CHECK (parent = number - 1),
    by_whom  TEXT    NOT NULL,
    at       TEXT    NOT NULL CHECK (at LIKE '____-__-__T__:__:__.______Z'),
    note     TEXT    NOT NULL,
    sha256   TEXT    NOT NULL CHECK (length(sha256) = 64),
    content  BLOB    NOT NULL, -- sqlite
    content  BYTEA   NOT NULL, -- postgres
    PRIMARY KEY (proposal, number)
)
STRICT -- sqlite
;

-- What members have typed and not saved yet. saved counts, so that two pages of one
-- member do not overwrite each other.
CREATE TABLE proposal_drafts (
    proposal INTEGER NOT NULL REFERENCES proposals (id),
    person   TEXT    NOT NULL CHECK (person <> ''), -- sqlite
    person   TEXT COLLATE "C" NOT NULL CHECK (person <> ''), -- postgres
    parent   INTEGER NOT NULL CHECK (parent >= 0),
    saved    INTEGER NOT NULL CHECK (saved > 0),
    at       TEXT    NOT NULL CHECK (at LIKE '____-__-__T__:__:__.______Z'),
    content  BLOB    NOT NULL, -- sqlite
    content  BYTEA   NOT NULL, -- postgres
    PRIMARY KEY (proposal, person)
)
STRICT -- sqlite
;

-- What the team says to each other, never public.
CREATE TABLE team_comments (
    id       INTEGER NOT NULL PRIMARY KEY CHECK (id > 0),
    proposal INTEGER NOT NULL REFERENCES proposals (id),
    version  INTEGER NOT NULL CHECK (version >= 0),
    address  TEXT    NOT NULL,
    added    INTEGER NOT NULL CHECK (added IN (0, 1)),
    body     TEXT    NOT NULL CHECK (body <> ''),
    by_whom  TEXT    NOT NULL CHECK (by_whom <> ''),
    at       TEXT    NOT NULL CHECK (at LIKE '____-__-__T__:__:__.______Z'),
    done_by  TEXT    NOT NULL,
    done_at  TEXT    NOT NULL CHECK (done_at = '' OR done_at LIKE '____-__-__T__:__:__.______Z'),
    CHECK ((done_by = '') = (done_at = ''))
)
STRICT -- sqlite
;

CREATE INDEX team_comments_proposal ON team_comments (proposal, id);

-- Versions that were made public, with the edition each became. The last number
-- is the one that counts. Never changed.
CREATE TABLE publications (
    proposal INTEGER NOT NULL REFERENCES proposals (id),
    number   INTEGER NOT NULL CHECK (number > 0),
    version  INTEGER NOT NULL CHECK (version > 0),
    lang     TEXT    NOT NULL CHECK (lang IN ('kk', 'ru', 'en')),
    edition  TEXT    NOT NULL CHECK (edition LIKE 'proposal:%@%:%'),
    by_whom  TEXT    NOT NULL,
    at       TEXT    NOT NULL CHECK (at LIKE '____-__-__T__:__:__.______Z'),
    PRIMARY KEY (proposal, number, lang)
)
STRICT -- sqlite
;

CREATE INDEX publications_edition ON publications (edition);

-- What a comparison found of a version in an edition, once. Never changed.
CREATE TABLE suggestions (
    proposal INTEGER NOT NULL REFERENCES proposals (id),
    version  INTEGER NOT NULL CHECK (version > 0),
    edition  TEXT    NOT NULL CHECK (edition LIKE '%@%:%'), -- sqlite
    edition  TEXT COLLATE "C" NOT NULL CHECK (edition LIKE '%@%:%'), -- postgres
    status   TEXT    NOT NULL CHECK (status <> ''),
    at       TEXT    NOT NULL CHECK (at LIKE '____-__-__T__:__:__.______Z'),
    verdict  BLOB    NOT NULL, -- sqlite
    verdict  BYTEA   NOT NULL, -- postgres
    PRIMARY KEY (proposal, version, edition)
)
STRICT -- sqlite
;

-- What people found to have become of a proposal. The last number counts. Never
-- changed.
CREATE TABLE confirmations (
    proposal  INTEGER NOT NULL REFERENCES proposals (id),
    number    INTEGER NOT NULL CHECK (number > 0),
    status    TEXT    NOT NULL CHECK (status <> ''),
    suggested TEXT    NOT NULL CHECK ((suggested = '') = (edition = '')),
    edition   TEXT    NOT NULL,
    on_day    TEXT    NOT NULL CHECK (on_day = '' OR on_day LIKE '____-__-__'),
    by_whom   TEXT    NOT NULL,
    at        TEXT    NOT NULL CHECK (at LIKE '____-__-__T__:__:__.______Z'),
    body      TEXT    NOT NULL,
    PRIMARY KEY (proposal, number)
)
STRICT -- sqlite
;

-- Numbers entered for the targets. A correction replaces an entry. Never changed.
CREATE TABLE indicator_entries (
    organisation TEXT    NOT NULL REFERENCES organisations (id), -- sqlite
    organisation TEXT COLLATE "C" NOT NULL REFERENCES organisations (id), -- postgres
    number       INTEGER NOT NULL CHECK (number > 0),
    indicator    TEXT    NOT NULL CHECK (indicator <> ''),
    value        INTEGER NOT NULL CHECK (value >= 0),
    on_day       TEXT    NOT NULL CHECK (on_day LIKE '____-__-__'),
    replaces     INTEGER NOT NULL CHECK (replaces >= 0 AND replaces < number),
    by_whom      TEXT    NOT NULL,
    at           TEXT    NOT NULL CHECK (at LIKE '____-__-__T__:__:__.______Z'),
    body         TEXT    NOT NULL,
    PRIMARY KEY (organisation, number)
)
STRICT -- sqlite
;

-- What the team has to do. There is one task of a kind about a subject.
CREATE TABLE tasks (
    id           INTEGER NOT NULL PRIMARY KEY CHECK (id > 0),
    organisation TEXT    NOT NULL REFERENCES organisations (id), -- sqlite
    organisation TEXT COLLATE "C" NOT NULL REFERENCES organisations (id), -- postgres
    kind         TEXT    NOT NULL CHECK (kind <> ''),
    subject      TEXT    NOT NULL, -- sqlite
    subject      TEXT COLLATE "C" NOT NULL, -- postgres
    body         TEXT    NOT NULL,
    due          TEXT    NOT NULL CHECK (due = '' OR due LIKE '____-__-__'),
    at           TEXT    NOT NULL CHECK (at LIKE '____-__-__T__:__:__.______Z'),
    done_by      TEXT    NOT NULL,
    done_at      TEXT    NOT NULL CHECK (done_at = '' OR done_at LIKE '____-__-__T__:__:__.______Z'),
    CHECK ((done_by = '') = (done_at = ''))
)
STRICT -- sqlite
;

CREATE UNIQUE INDEX tasks_subject ON tasks (organisation, kind, subject) WHERE subject <> '';
CREATE INDEX tasks_open ON tasks (organisation, done_at, id);

-- +goose StatementBegin
CREATE TRIGGER proposal_versions_refuse_update BEFORE UPDATE ON proposal_versions -- sqlite
BEGIN SELECT RAISE(ABORT, 'versions are never changed'); END; -- sqlite
CREATE TRIGGER proposal_versions_refuse_delete BEFORE DELETE ON proposal_versions -- sqlite
BEGIN SELECT RAISE(ABORT, 'versions are never changed'); END; -- sqlite
CREATE TRIGGER proposal_versions_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON proposal_versions -- postgres
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change(); -- postgres
CREATE TRIGGER publications_refuse_update BEFORE UPDATE ON publications -- sqlite
BEGIN SELECT RAISE(ABORT, 'publications are never changed'); END; -- sqlite
CREATE TRIGGER publications_refuse_delete BEFORE DELETE ON publications -- sqlite
BEGIN SELECT RAISE(ABORT, 'publications are never changed'); END; -- sqlite
CREATE TRIGGER publications_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON publications -- postgres
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change(); -- postgres
CREATE TRIGGER suggestions_refuse_update BEFORE UPDATE ON suggestions -- sqlite
BEGIN SELECT RAISE(ABORT, 'suggestions are never changed'); END; -- sqlite
CREATE TRIGGER suggestions_refuse_delete BEFORE DELETE ON suggestions -- sqlite
BEGIN SELECT RAISE(ABORT, 'suggestions are never changed'); END; -- sqlite
CREATE TRIGGER suggestions_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON suggestions -- postgres
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change(); -- postgres
CREATE TRIGGER confirmations_refuse_update BEFORE UPDATE ON confirmations -- sqlite
BEGIN SELECT RAISE(ABORT, 'confirmations are never changed'); END; -- sqlite
CREATE TRIGGER confirmations_refuse_delete BEFORE DELETE ON confirmations -- sqlite
BEGIN SELECT RAISE(ABORT, 'confirmations are never changed'); END; -- sqlite
CREATE TRIGGER confirmations_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON confirmations -- postgres
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change(); -- postgres
CREATE TRIGGER indicator_entries_refuse_update BEFORE UPDATE ON indicator_entries -- sqlite
BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END; -- sqlite
CREATE TRIGGER indicator_entries_refuse_delete BEFORE DELETE ON indicator_entries -- sqlite
BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END; -- sqlite
CREATE TRIGGER indicator_entries_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON indicator_entries -- postgres
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change(); -- postgres
-- +goose StatementEnd

-- +goose Up

CREATE TABLE organisations (
    id       TEXT NOT NULL PRIMARY KEY CHECK (id <> ''), -- sqlite
    id       TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (id <> ''), -- postgres
    name_kk  TEXT NOT NULL CHECK (name_kk <> ''),
    name_ru  TEXT NOT NULL CHECK (name_ru <> ''),
    name_en  TEXT NOT NULL CHECK (name_en <> ''),
    bin      TEXT NOT NULL CHECK (length(bin) IN (0, 12)),
    since_at TEXT NOT NULL CHECK (since_at LIKE '____-__-__T__:__:__.______Z')
)
STRICT -- sqlite
;

-- email is what tells two people apart, mail where letters go. The secret of the
-- authenticator is encrypted under a key that is not in the database.
CREATE TABLE persons (
    id           TEXT    NOT NULL PRIMARY KEY CHECK (id <> ''), -- sqlite
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (id <> ''), -- postgres
    email        TEXT    NOT NULL UNIQUE CHECK (email LIKE '%@%'), -- sqlite
    email        TEXT COLLATE "C" NOT NULL UNIQUE CHECK (email LIKE '%@%'), -- postgres
    mail         TEXT    NOT NULL CHECK (mail LIKE '%@%'),
    name         TEXT    NOT NULL,
    lang         TEXT    NOT NULL CHECK (lang IN ('kk', 'ru', 'en')),
    password     TEXT    NOT NULL CHECK (password = '' OR password LIKE '$argon2id$%'),
    totp         BLOB    NOT NULL, -- sqlite
    totp         BYTEA   NOT NULL, -- postgres
    totp_counter INTEGER NOT NULL CHECK (totp_counter >= 0), -- sqlite
    totp_counter BIGINT  NOT NULL CHECK (totp_counter >= 0), -- postgres
    recovery     BLOB    NOT NULL CHECK (length(recovery) % 32 = 0), -- sqlite
    recovery     BYTEA   NOT NULL CHECK (length(recovery) % 32 = 0), -- postgres
    since_at     TEXT    NOT NULL CHECK (since_at LIKE '____-__-__T__:__:__.______Z')
)
STRICT -- sqlite
;

CREATE TABLE passkeys (
    id         BLOB NOT NULL PRIMARY KEY CHECK (length(id) > 0), -- sqlite
    id         BYTEA NOT NULL PRIMARY KEY CHECK (length(id) > 0), -- postgres
    person     TEXT NOT NULL REFERENCES persons (id), -- sqlite
    person     TEXT COLLATE "C" NOT NULL REFERENCES persons (id), -- postgres
    name       TEXT NOT NULL,
    credential BLOB NOT NULL, -- sqlite
    credential BYTEA NOT NULL, -- postgres
    added_at   TEXT NOT NULL CHECK (added_at LIKE '____-__-__T__:__:__.______Z')
)
STRICT -- sqlite
;

CREATE INDEX passkeys_person ON passkeys (person);

CREATE TABLE members (
    organisation TEXT NOT NULL REFERENCES organisations (id), -- sqlite
    organisation TEXT COLLATE "C" NOT NULL REFERENCES organisations (id), -- postgres
    person       TEXT NOT NULL REFERENCES persons (id), -- sqlite
    person       TEXT COLLATE "C" NOT NULL REFERENCES persons (id), -- postgres
    role         TEXT NOT NULL CHECK (role IN ('owner', 'editor', 'moderator', 'analyst', 'viewer')),
    since_at     TEXT NOT NULL CHECK (since_at LIKE '____-__-__T__:__:__.______Z'),
    PRIMARY KEY (organisation, person)
)
STRICT -- sqlite
;

CREATE INDEX members_person ON members (person);

-- hash is of the token in the letter; an accepted or withdrawn one is deleted.
CREATE TABLE invitations (
    id           TEXT NOT NULL PRIMARY KEY CHECK (id <> ''), -- sqlite
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (id <> ''), -- postgres
    hash         BLOB NOT NULL UNIQUE CHECK (length(hash) = 32), -- sqlite
    hash         BYTEA NOT NULL UNIQUE CHECK (length(hash) = 32), -- postgres
    organisation TEXT NOT NULL REFERENCES organisations (id), -- sqlite
    organisation TEXT COLLATE "C" NOT NULL REFERENCES organisations (id), -- postgres
    email        TEXT NOT NULL CHECK (email LIKE '%@%'),
    mail         TEXT NOT NULL CHECK (mail LIKE '%@%'),
    role         TEXT NOT NULL CHECK (role IN ('owner', 'editor', 'moderator', 'analyst', 'viewer')),
    lang         TEXT NOT NULL CHECK (lang IN ('kk', 'ru', 'en')),
    invited_by   TEXT NOT NULL,
    until_at     TEXT NOT NULL CHECK (until_at LIKE '____-__-__T__:__:__.______Z'), -- sqlite
    until_at     TEXT COLLATE "C" NOT NULL CHECK (until_at LIKE '____-__-__T__:__:__.______Z'), -- postgres
    UNIQUE (organisation, email)
)
STRICT -- sqlite
;

-- A browser signed in. before is the hash that was turned last: requests under
-- way when the secret is changed still count.
CREATE TABLE sessions (
    id        TEXT    NOT NULL PRIMARY KEY CHECK (id <> ''), -- sqlite
    id        TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (id <> ''), -- postgres
    hash      BLOB    NOT NULL UNIQUE CHECK (length(hash) = 32), -- sqlite
    hash      BYTEA   NOT NULL UNIQUE CHECK (length(hash) = 32), -- postgres
    before    BLOB    NOT NULL CHECK (length(before) IN (0, 32)), -- sqlite
    before    BYTEA   NOT NULL CHECK (length(before) IN (0, 32)), -- postgres
    person    TEXT    NOT NULL REFERENCES persons (id), -- sqlite
    person    TEXT COLLATE "C" NOT NULL REFERENCES persons (id), -- postgres
    began_at  TEXT    NOT NULL CHECK (began_at LIKE '____-__-__T__:__:__.______Z'), -- sqlite
    began_at  TEXT COLLATE "C" NOT NULL CHECK (began_at LIKE '____-__-__T__:__:__.______Z'), -- postgres
    used_at   TEXT    NOT NULL CHECK (used_at LIKE '____-__-__T__:__:__.______Z'), -- sqlite
    used_at   TEXT COLLATE "C" NOT NULL CHECK (used_at LIKE '____-__-__T__:__:__.______Z'), -- postgres
    proved_at TEXT    NOT NULL CHECK (proved_at LIKE '____-__-__T__:__:__.______Z'),
    turned_at TEXT    NOT NULL CHECK (turned_at LIKE '____-__-__T__:__:__.______Z'), -- sqlite
    turned_at TEXT COLLATE "C" NOT NULL CHECK (turned_at LIKE '____-__-__T__:__:__.______Z'), -- postgres
    second    INTEGER NOT NULL CHECK (second IN (0, 1)),
    agent     TEXT    NOT NULL
)
STRICT -- sqlite
;

CREATE INDEX sessions_person ON sessions (person);
CREATE INDEX sessions_before ON sessions (before) WHERE length(before) = 32;

-- Secrets that are good once: between password and second factor, to choose a
-- new password, a challenge that was answered.
CREATE TABLE account_secrets (
    hash     BLOB    NOT NULL PRIMARY KEY CHECK (length(hash) = 32), -- sqlite
    hash     BYTEA   NOT NULL PRIMARY KEY CHECK (length(hash) = 32), -- postgres
    purpose  TEXT    NOT NULL CHECK (purpose IN ('sign_in', 'reset', 'answered')),
    person   TEXT    NOT NULL,
    tries    INTEGER NOT NULL CHECK (tries >= 0),
    until_at TEXT    NOT NULL CHECK (until_at LIKE '____-__-__T__:__:__.______Z') -- sqlite
    until_at TEXT COLLATE "C" NOT NULL CHECK (until_at LIKE '____-__-__T__:__:__.______Z') -- postgres
)
STRICT -- sqlite
;

-- What was done by whom. Rows are written and never changed; before is the hash
-- of the row before, so that a change made around this program shows.
CREATE TABLE audit (
    organisation TEXT    NOT NULL REFERENCES organisations (id), -- sqlite
    organisation TEXT COLLATE "C" NOT NULL REFERENCES organisations (id), -- postgres
    number       INTEGER NOT NULL CHECK (number > 0), -- sqlite
    number       BIGINT  NOT NULL CHECK (number > 0), -- postgres
    at           TEXT    NOT NULL CHECK (at LIKE '____-__-__T__:__:__.______Z'),
    person       TEXT    NOT NULL,
    did          TEXT    NOT NULL CHECK (did <> ''),
    object       TEXT    NOT NULL,
    before       BLOB    NOT NULL CHECK (length(before) = 32), -- sqlite
    before       BYTEA   NOT NULL CHECK (length(before) = 32), -- postgres
    hash         BLOB    NOT NULL CHECK (length(hash) = 32), -- sqlite
    hash         BYTEA   NOT NULL CHECK (length(hash) = 32), -- postgres
    PRIMARY KEY (organisation, number)
)
STRICT -- sqlite
;

-- +goose StatementBegin
CREATE TRIGGER audit_refuse_update BEFORE UPDATE ON audit -- sqlite
BEGIN SELECT RAISE(ABORT, 'entries of the audit log are never changed'); END; -- sqlite
CREATE TRIGGER audit_refuse_delete BEFORE DELETE ON audit -- sqlite
BEGIN SELECT RAISE(ABORT, 'entries of the audit log are never changed'); END; -- sqlite
CREATE TRIGGER audit_refuse_replace BEFORE INSERT ON audit -- sqlite
WHEN EXISTS (SELECT 1 FROM audit a WHERE a.organisation = new.organisation AND a.number = new.number) -- sqlite
BEGIN SELECT RAISE(ABORT, 'entries of the audit log are never changed'); END; -- sqlite
CREATE TRIGGER audit_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit -- postgres
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change(); -- postgres
-- +goose StatementEnd

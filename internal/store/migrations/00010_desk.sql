-- +goose Up

-- Public keys of an organisation: new campaigns are sealed to those that are not
-- retired. A campaign keeps the keys it was given, see campaign_recipients.
CREATE TABLE organisation_keys (
    organisation TEXT NOT NULL REFERENCES organisations (id), -- sqlite
    organisation TEXT COLLATE "C" NOT NULL REFERENCES organisations (id), -- postgres
    public_key   BLOB  NOT NULL CHECK (length(public_key) = 32), -- sqlite
    public_key   BYTEA NOT NULL CHECK (length(public_key) = 32), -- postgres
    name         TEXT NOT NULL CHECK (name <> ''),
    added_at     TEXT NOT NULL CHECK (added_at LIKE '____-__-__T__:__:__.______Z'), -- sqlite
    added_at     TEXT COLLATE "C" NOT NULL CHECK (added_at LIKE '____-__-__T__:__:__.______Z'), -- postgres
    added_by     TEXT NOT NULL,
    retired_at   TEXT NOT NULL CHECK (retired_at = '' OR retired_at LIKE '____-__-__T__:__:__.______Z'),
    PRIMARY KEY (organisation, public_key)
)
STRICT -- sqlite
;

-- Pictures of campaigns, made anew from what was uploaded: nothing is in them
-- but what one sees. A campaign names its own by the sum.
CREATE TABLE files (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64), -- sqlite
    sha256 TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(sha256) = 64), -- postgres
    media  TEXT NOT NULL CHECK (media IN ('image/jpeg', 'image/png')),
    width  INTEGER NOT NULL CHECK (width > 0),
    height INTEGER NOT NULL CHECK (height > 0),
    body   BLOB  NOT NULL -- sqlite
    body   BYTEA NOT NULL -- postgres
)
STRICT -- sqlite
;

-- Sheets of paper that staff typed in. form is the page they typed it into: sent
-- twice, it counts once.
CREATE TABLE paper_sheets (
    campaign   INTEGER NOT NULL REFERENCES campaigns (id),
    number     INTEGER NOT NULL CHECK (number > 0),
    form       TEXT    NOT NULL CHECK (form <> ''),
    lines      INTEGER NOT NULL CHECK (lines > 0),
    entered_at TEXT    NOT NULL CHECK (entered_at LIKE '____-__-__T__:__:__.______Z'),
    entered_by TEXT    NOT NULL,
    PRIMARY KEY (campaign, number),
    UNIQUE (campaign, form)
)
STRICT -- sqlite
;

-- +goose Up

-- Campaigns and what is signed. See docs/campaigns.md.
CREATE TABLE campaigns (
    id         INTEGER NOT NULL PRIMARY KEY CHECK (id > 0),
    slug       TEXT    NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 80),
    org        TEXT    NOT NULL CHECK (org <> ''),
    state      TEXT    NOT NULL CHECK (state IN ('draft', 'review', 'live', 'paused', 'delivered', 'answered', 'closed')),
    version    INTEGER NOT NULL CHECK (version >= 0),
    closes_on  TEXT    NOT NULL CHECK (closes_on = '' OR closes_on LIKE '____-__-__'),
    about      TEXT    NOT NULL
)
STRICT -- sqlite
;

-- The texts that are signed, in their canonical form.
CREATE TABLE campaign_texts (
    campaign INTEGER NOT NULL REFERENCES campaigns (id),
    version  INTEGER NOT NULL CHECK (version > 0),
    sha256   TEXT    NOT NULL CHECK (length(sha256) = 64),
    body     TEXT    NOT NULL,
    PRIMARY KEY (campaign, version)
)
STRICT -- sqlite
;

CREATE TABLE campaign_recipients (
    campaign   INTEGER NOT NULL REFERENCES campaigns (id),
    public_key BLOB  NOT NULL CHECK (length(public_key) = 32), -- sqlite
    public_key BYTEA NOT NULL CHECK (length(public_key) = 32), -- postgres
    name       TEXT  NOT NULL CHECK (name <> ''),
    PRIMARY KEY (campaign, public_key)
)
STRICT -- sqlite
;

CREATE TABLE campaign_updates (
    campaign INTEGER NOT NULL REFERENCES campaigns (id),
    at       TEXT             NOT NULL CHECK (at LIKE '____-__-__T__:__:__.______Z'), -- sqlite
    at       TEXT COLLATE "C" NOT NULL CHECK (at LIKE '____-__-__T__:__:__.______Z'), -- postgres
    body     TEXT NOT NULL,
    PRIMARY KEY (campaign, at)
)
STRICT -- sqlite
;

-- The very words people agreed to.
CREATE TABLE consents (
    id     INTEGER NOT NULL PRIMARY KEY CHECK (id > 0),
    sha256 TEXT    NOT NULL UNIQUE CHECK (length(sha256) = 64),
    form   INTEGER NOT NULL CHECK (form > 0),
    lang   TEXT    NOT NULL CHECK (lang IN ('kk', 'ru', 'en')),
    body   TEXT    NOT NULL
)
STRICT -- sqlite
;

-- Signatures stored together: a batch has the id of its first place, a signature
-- that of its place, both grow with time. seal opens their boxes together with an organisation's key.
CREATE TABLE batches (
    id       INTEGER NOT NULL PRIMARY KEY CHECK (id > 0 AND id % 256 = 0), -- sqlite
    id       BIGINT  NOT NULL PRIMARY KEY CHECK (id > 0 AND id % 256 = 0), -- postgres
    campaign INTEGER NOT NULL REFERENCES campaigns (id),
    seal     BLOB    NOT NULL -- sqlite
    seal     BYTEA   NOT NULL -- postgres
)
STRICT -- sqlite
;

-- Not yet confirmed. A row moves to signatures or is erased, so that what stays
-- is written once and lies densely.
CREATE TABLE pending (
    id            INTEGER NOT NULL PRIMARY KEY, -- sqlite
    id            BIGINT  NOT NULL PRIMARY KEY, -- postgres
    campaign      INTEGER NOT NULL,
    version       INTEGER NOT NULL,
    consent       INTEGER NOT NULL,
    region        TEXT    NOT NULL,
    lang          TEXT    NOT NULL CHECK (lang IN ('kk', 'ru', 'en')),
    duplicate_key BLOB  NOT NULL CHECK (length(duplicate_key) = 16), -- sqlite
    confirm_hash  BLOB  NOT NULL CHECK (length(confirm_hash) = 16), -- sqlite
    manage_hash   BLOB  NOT NULL CHECK (length(manage_hash) = 16), -- sqlite
    box           BLOB  NOT NULL, -- sqlite
    shown         BLOB, -- sqlite
    updates_to    BLOB -- sqlite
    duplicate_key BYTEA NOT NULL CHECK (length(duplicate_key) = 16), -- postgres
    confirm_hash  BYTEA NOT NULL CHECK (length(confirm_hash) = 16), -- postgres
    manage_hash   BYTEA NOT NULL CHECK (length(manage_hash) = 16), -- postgres
    box           BYTEA NOT NULL, -- postgres
    shown         BYTEA, -- postgres
    updates_to    BYTEA -- postgres
)
STRICT -- sqlite
;

CREATE INDEX pending_duplicates ON pending (duplicate_key);

-- Signatures that count, or counted until their address bounced or they were
-- found invalid. Withdrawn ones are erased.
CREATE TABLE signatures (
    id            INTEGER NOT NULL PRIMARY KEY, -- sqlite
    id            BIGINT  NOT NULL PRIMARY KEY, -- postgres
    campaign      INTEGER NOT NULL,
    version       INTEGER NOT NULL,
    consent       INTEGER NOT NULL,
    level         TEXT    NOT NULL CHECK (level IN ('email', 'paper')),
    standing      TEXT    NOT NULL CHECK (standing IN ('stands', 'bounced', 'invalid')),
    region        TEXT    NOT NULL,
    lang          TEXT    NOT NULL CHECK (lang IN ('kk', 'ru', 'en')),
    day           TEXT    NOT NULL CHECK (day LIKE '____-__-__'),
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

-- One address counts once. The keys of two campaigns never meet.
CREATE UNIQUE INDEX signatures_once ON signatures (duplicate_key) WHERE duplicate_key IS NOT NULL;
CREATE INDEX signatures_shown ON signatures (campaign, id) WHERE shown IS NOT NULL;

-- What has no count yet: +1 for a signature, -1 for one that no longer stands.
CREATE TABLE uncounted (
    signature INTEGER NOT NULL, -- sqlite
    signature BIGINT  NOT NULL, -- postgres
    version   INTEGER NOT NULL,
    delta     INTEGER NOT NULL CHECK (delta IN (-1, 1)),
    campaign  INTEGER NOT NULL,
    level     TEXT    NOT NULL,
    region    TEXT    NOT NULL,
    day       TEXT    NOT NULL,
    lang      TEXT    NOT NULL,
    PRIMARY KEY (signature, version, delta)
)
STRICT -- sqlite
;

CREATE TABLE tallies (
    campaign INTEGER NOT NULL REFERENCES campaigns (id),
    version  INTEGER NOT NULL,
    level    TEXT NOT NULL, -- sqlite
    region   TEXT NOT NULL, -- sqlite
    day      TEXT NOT NULL, -- sqlite
    lang     TEXT NOT NULL, -- sqlite
    level    TEXT COLLATE "C" NOT NULL, -- postgres
    region   TEXT COLLATE "C" NOT NULL, -- postgres
    day      TEXT COLLATE "C" NOT NULL, -- postgres
    lang     TEXT COLLATE "C" NOT NULL, -- postgres
    n        INTEGER NOT NULL, -- sqlite
    n        BIGINT  NOT NULL, -- postgres
    PRIMARY KEY (campaign, version, level, region, day, lang)
)
STRICT -- sqlite
;

-- The sum of a text's tallies, and what of it strangers see.
CREATE TABLE numbers (
    campaign INTEGER NOT NULL REFERENCES campaigns (id),
    version  INTEGER NOT NULL,
    exact    INTEGER NOT NULL, -- sqlite
    exact    BIGINT  NOT NULL, -- postgres
    shown    INTEGER NOT NULL, -- sqlite
    shown    BIGINT  NOT NULL, -- postgres
    shown_at TEXT    NOT NULL CHECK (shown_at = '' OR shown_at LIKE '____-__-__T__:__:__.______Z'),
    PRIMARY KEY (campaign, version)
)
STRICT -- sqlite
;

-- What is to be done later; body is encrypted where it names a person.
CREATE TABLE jobs (
    id         TEXT    NOT NULL PRIMARY KEY,
    kind       TEXT    NOT NULL CHECK (kind <> ''),
    subject    INTEGER NOT NULL, -- sqlite
    subject    BIGINT  NOT NULL, -- postgres
    due_at     TEXT    NOT NULL CHECK (due_at LIKE '____-__-__T__:__:__.______Z'), -- sqlite
    due_at     TEXT COLLATE "C" NOT NULL CHECK (due_at LIKE '____-__-__T__:__:__.______Z'), -- postgres
    expires_at TEXT    NOT NULL CHECK (expires_at LIKE '____-__-__T__:__:__.______Z'), -- sqlite
    expires_at TEXT COLLATE "C" NOT NULL CHECK (expires_at LIKE '____-__-__T__:__:__.______Z'), -- postgres
    begun      INTEGER NOT NULL CHECK (begun IN (0, 1)),
    tries      INTEGER NOT NULL CHECK (tries >= 0),
    body       BLOB    NOT NULL -- sqlite
    body       BYTEA   NOT NULL -- postgres
)
STRICT -- sqlite
;

CREATE INDEX jobs_due ON jobs (due_at) WHERE begun = 0;
CREATE INDEX jobs_subject ON jobs (subject) WHERE subject <> 0;

-- How many letters an address has had on a day, over all campaigns. The key is
-- an HMAC that is another one every day.
CREATE TABLE letters (
    address BLOB  NOT NULL PRIMARY KEY CHECK (length(address) = 16), -- sqlite
    address BYTEA NOT NULL PRIMARY KEY CHECK (length(address) = 16), -- postgres
    day     TEXT    NOT NULL CHECK (day LIKE '____-__-__'),
    n       INTEGER NOT NULL CHECK (n > 0)
)
STRICT -- sqlite
;

-- Requests that were held back: answering them takes a transaction like all
-- others do.
CREATE TABLE held_back (
    campaign INTEGER NOT NULL,
    day      TEXT NOT NULL CHECK (day LIKE '____-__-__'), -- sqlite
    day      TEXT COLLATE "C" NOT NULL CHECK (day LIKE '____-__-__'), -- postgres
    n        INTEGER NOT NULL CHECK (n > 0),
    PRIMARY KEY (campaign, day)
)
STRICT -- sqlite
;

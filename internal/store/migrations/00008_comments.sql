-- +goose Up

-- Comments on provisions. What they say is meant for the public; who wrote them
-- lies in box, which opens with an organisation's key and seal. See
-- docs/campaigns.md.
CREATE TABLE comments (
    id            INTEGER NOT NULL PRIMARY KEY, -- sqlite
    id            BIGINT  NOT NULL PRIMARY KEY, -- postgres
    campaign      INTEGER NOT NULL REFERENCES campaigns (id),
    parent        INTEGER NOT NULL, -- sqlite
    parent        BIGINT  NOT NULL, -- postgres
    edition       TEXT    NOT NULL CHECK (edition LIKE '%@%:%'), -- sqlite
    edition       TEXT COLLATE "C" NOT NULL CHECK (edition LIKE '%@%:%'), -- postgres
    address       TEXT    NOT NULL CHECK (address <> ''),
    start_at      INTEGER NOT NULL CHECK (start_at >= 0),
    quote         TEXT    NOT NULL CHECK (quote <> ''),
    sha256        TEXT    NOT NULL CHECK (length(sha256) = 64),
    stance        TEXT    NOT NULL CHECK (stance IN ('support', 'object', 'suggest', 'reply')),
    body          TEXT    NOT NULL,
    wording       TEXT    NOT NULL,
    lang          TEXT    NOT NULL CHECK (lang IN ('kk', 'ru', 'en')),
    consent       INTEGER NOT NULL,
    state         TEXT    NOT NULL CHECK (state IN ('unconfirmed', 'waiting', 'published', 'rejected')),
    duplicate_key BLOB  NOT NULL CHECK (length(duplicate_key) = 16), -- sqlite
    confirm_hash  BLOB  NOT NULL CHECK (length(confirm_hash) = 16), -- sqlite
    manage_hash   BLOB  NOT NULL CHECK (length(manage_hash) = 16), -- sqlite
    seal          BLOB  NOT NULL, -- sqlite
    box           BLOB  NOT NULL, -- sqlite
    shown         BLOB, -- sqlite
    duplicate_key BYTEA NOT NULL CHECK (length(duplicate_key) = 16), -- postgres
    confirm_hash  BYTEA NOT NULL CHECK (length(confirm_hash) = 16), -- postgres
    manage_hash   BYTEA NOT NULL CHECK (length(manage_hash) = 16), -- postgres
    seal          BYTEA NOT NULL, -- postgres
    box           BYTEA NOT NULL, -- postgres
    shown         BYTEA, -- postgres
    CHECK ((parent = 0) = (stance <> 'reply'))
)
STRICT -- sqlite
;

CREATE INDEX comments_queue ON comments (campaign, state, id);
CREATE INDEX comments_edition ON comments (edition, state);
CREATE INDEX comments_parent ON comments (parent) WHERE parent <> 0;

-- What became of a comment in a later edition: where its words stand there, or
-- why it stays with the earlier text. near is the provision it was about, where
-- that is certain.
CREATE TABLE comment_places (
    comment  INTEGER NOT NULL, -- sqlite
    comment  BIGINT  NOT NULL, -- postgres
    edition  TEXT    NOT NULL CHECK (edition LIKE '%@%:%'), -- sqlite
    edition  TEXT COLLATE "C" NOT NULL CHECK (edition LIKE '%@%:%'), -- postgres
    reason   TEXT    NOT NULL CHECK (reason IN ('', 'changed', 'removed', 'parted', 'unsure', 'mismatch')),
    near     TEXT    NOT NULL,
    start_at INTEGER NOT NULL CHECK (start_at >= 0),
    quote    TEXT    NOT NULL CHECK ((quote = '') = (reason <> '')),
    sha256   TEXT    NOT NULL,
    PRIMARY KEY (comment, edition)
)
STRICT -- sqlite
;

CREATE INDEX comment_places_edition ON comment_places (edition);

-- Decisions of moderators. Rows are added and never changed; taking a decision
-- back is another one.
CREATE TABLE comment_decisions (
    id       INTEGER NOT NULL PRIMARY KEY CHECK (id > 0),
    campaign INTEGER NOT NULL REFERENCES campaigns (id),
    at       TEXT    NOT NULL CHECK (at LIKE '____-__-__T__:__:__.______Z'),
    decider  TEXT    NOT NULL CHECK (decider <> ''),
    verdict  TEXT    NOT NULL CHECK (verdict IN ('publish', 'reject', 'undo')),
    reason   TEXT    NOT NULL CHECK ((reason <> '') = (verdict = 'reject')),
    undoes   INTEGER NOT NULL CHECK ((undoes <> 0) = (verdict = 'undo'))
)
STRICT -- sqlite
;

-- Which comments a decision was about.
CREATE TABLE comment_decided (
    decision INTEGER NOT NULL REFERENCES comment_decisions (id),
    comment  INTEGER NOT NULL, -- sqlite
    comment  BIGINT  NOT NULL, -- postgres
    PRIMARY KEY (decision, comment)
)
STRICT -- sqlite
;

CREATE INDEX comment_decided_comment ON comment_decided (comment, decision);

-- +goose StatementBegin
CREATE TRIGGER comment_decisions_refuse_update BEFORE UPDATE ON comment_decisions -- sqlite
BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END; -- sqlite
CREATE TRIGGER comment_decisions_refuse_delete BEFORE DELETE ON comment_decisions -- sqlite
BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END; -- sqlite
CREATE TRIGGER comment_decided_refuse_update BEFORE UPDATE ON comment_decided -- sqlite
BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END; -- sqlite
CREATE TRIGGER comment_decided_refuse_delete BEFORE DELETE ON comment_decided -- sqlite
BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END; -- sqlite
CREATE TRIGGER comment_decisions_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON comment_decisions -- postgres
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change(); -- postgres
CREATE TRIGGER comment_decided_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON comment_decided -- postgres
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change(); -- postgres
-- +goose StatementEnd

-- What an addressee is given. body opens with the addressee's and the
-- organisation's keys; token_hash is of the addressee's link.
CREATE TABLE deliveries (
    id          INTEGER NOT NULL PRIMARY KEY CHECK (id > 0),
    campaign    INTEGER NOT NULL REFERENCES campaigns (id),
    version     INTEGER NOT NULL,
    made_at     TEXT    NOT NULL CHECK (made_at LIKE '____-__-__T__:__:__.______Z'),
    made_by     TEXT    NOT NULL CHECK (made_by <> ''),
    addressee   TEXT    NOT NULL CHECK (addressee <> ''),
    lang        TEXT    NOT NULL CHECK (lang IN ('kk', 'ru', 'en')),
    signatures  INTEGER NOT NULL, -- sqlite
    signatures  BIGINT  NOT NULL, -- postgres
    names       INTEGER NOT NULL, -- sqlite
    names       BIGINT  NOT NULL, -- postgres
    sha256      TEXT    NOT NULL CHECK (length(sha256) = 64),
    token_hash  BLOB    NOT NULL UNIQUE CHECK (length(token_hash) = 32), -- sqlite
    body        BLOB    NOT NULL, -- sqlite
    token_hash  BYTEA   NOT NULL UNIQUE CHECK (length(token_hash) = 32), -- postgres
    body        BYTEA   NOT NULL, -- postgres
    fetched_at  TEXT    NOT NULL CHECK (fetched_at = '' OR fetched_at LIKE '____-__-__T__:__:__.______Z'),
    received_at TEXT    NOT NULL CHECK (received_at = '' OR received_at LIKE '____-__-__T__:__:__.______Z'),
    withdrawn   INTEGER NOT NULL CHECK (withdrawn IN (0, 1))
)
STRICT -- sqlite
;

CREATE INDEX deliveries_campaign ON deliveries (campaign, id);

-- What the addressee answered. A correction is a row of its own.
CREATE TABLE campaign_answers (
    campaign INTEGER NOT NULL REFERENCES campaigns (id),
    n        INTEGER NOT NULL CHECK (n > 0),
    at       TEXT    NOT NULL CHECK (at LIKE '____-__-__T__:__:__.______Z'),
    by_whom  TEXT    NOT NULL CHECK (by_whom <> ''),
    on_day   TEXT    NOT NULL CHECK (on_day LIKE '____-__-__'),
    body     TEXT    NOT NULL,
    href     TEXT    NOT NULL,
    PRIMARY KEY (campaign, n)
)
STRICT -- sqlite
;

-- +goose Up

-- Who is written to of their own accord: signers who want news, about an update
-- (about is its time) or about a new text (about is its version). Those with
-- numbers above walked and up to last have not had their turn.
CREATE TABLE mailings (
    id       INTEGER NOT NULL PRIMARY KEY CHECK (id > 0),
    campaign INTEGER NOT NULL REFERENCES campaigns (id),
    kind     TEXT    NOT NULL CHECK (kind IN ('news', 'text')),
    about    TEXT    NOT NULL CHECK (about <> ''),
    walked   INTEGER NOT NULL, -- sqlite
    last     INTEGER NOT NULL, -- sqlite
    walked   BIGINT  NOT NULL, -- postgres
    last     BIGINT  NOT NULL, -- postgres
    ended    INTEGER NOT NULL CHECK (ended IN (0, 1)),
    UNIQUE (campaign, kind, about)
)
STRICT -- sqlite
;

-- What was published before there were letters about it stays without.
INSERT INTO mailings (id, campaign, kind, about, walked, last, ended)
SELECT row_number() OVER (ORDER BY campaign, at), campaign, 'news', at, 0, 0, 1 FROM campaign_updates;

-- The letters with news an address has had on a day, over all campaigns. The key
-- is an HMAC that is another one every day.
CREATE TABLE news_letters (
    address BLOB  NOT NULL CHECK (length(address) = 16), -- sqlite
    address BYTEA NOT NULL CHECK (length(address) = 16), -- postgres
    place   INTEGER NOT NULL CHECK (place > 0),
    day     TEXT    NOT NULL CHECK (day LIKE '____-__-__'),
    job     TEXT    NOT NULL,
    PRIMARY KEY (address, place)
)
STRICT -- sqlite
;

-- Addresses nobody here may write to any more, as HMAC under a key of the server.
CREATE TABLE blocked (
    address BLOB  NOT NULL PRIMARY KEY CHECK (length(address) = 16) -- sqlite
    address BYTEA NOT NULL PRIMARY KEY CHECK (length(address) = 16) -- postgres
)
STRICT -- sqlite
;

-- Since when a job waits, however often it was put off.
ALTER TABLE jobs ADD COLUMN made_at TEXT NOT NULL DEFAULT '' CHECK (made_at = '' OR made_at LIKE '____-__-__T__:__:__.______Z');

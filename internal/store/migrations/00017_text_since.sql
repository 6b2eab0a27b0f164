-- +goose Up

-- Since which day a text is offered to be signed; '' before that, and for texts
-- of before this was noted.
ALTER TABLE campaign_texts ADD COLUMN since TEXT NOT NULL DEFAULT '' CHECK (since = '' OR since LIKE '____-__-__');

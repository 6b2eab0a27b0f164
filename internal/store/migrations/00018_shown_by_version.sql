-- +goose Up

-- Names stand under the version of the text they signed.
DROP INDEX signatures_shown;
CREATE INDEX signatures_shown ON signatures (campaign, version, id)
    WITH (fillfactor = 100) -- postgres
    WHERE shown IS NOT NULL;

-- Long rows under row numbers: where the rows are the key, those of more than a quarter of a page took pages of their own.

CREATE TABLE long_unsure (
    team   INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    number INTEGER NOT NULL,                 -- in the story, from 1
    key    TEXT NOT NULL,                    -- the same after every rebuild: what was settled stays so
    what   TEXT NOT NULL,                    -- JSON
    PRIMARY KEY (team, number)
) STRICT;
INSERT INTO long_unsure (team, number, key, what) SELECT team, number, key, what FROM unsure;
DROP TABLE unsure;
ALTER TABLE long_unsure RENAME TO unsure;

CREATE TABLE long_question (
    team   INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    number INTEGER NOT NULL,
    text   TEXT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (team, number)
) STRICT;
INSERT INTO long_question (team, number, text, status) SELECT team, number, text, status FROM question;
DROP TABLE question;
ALTER TABLE long_question RENAME TO question;

-- The list of people begins with their ids too.
DROP INDEX person_id;

-- What the engine is not sure of, so that a person can settle it. A story that an earlier form kept gets its own when it is made anew.

CREATE TABLE unsure (
    team   INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    number INTEGER NOT NULL,                 -- in the story, from 1
    key    TEXT NOT NULL,                    -- the same after every rebuild: what was settled stays so
    what   TEXT NOT NULL,                    -- JSON
    PRIMARY KEY (team, number)
) STRICT, WITHOUT ROWID;

-- Who speaks, and how much: the list of all people is made of it alone.
CREATE INDEX person_list ON person (id, statements, name, kind);

-- What has come since a moment.
CREATE INDEX version_added ON version (added_at);

-- The first form of the archive. Ground is never changed but by adding; everything derived can be dropped and made again.

-- Ground -------------------------------------------------------------------------------------------------------------------------

-- One article, transcript or release, known by its address.
CREATE TABLE document (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    id      TEXT NOT NULL UNIQUE,            -- `d` and twelve letters made of the address: the same in every archive
    address TEXT NOT NULL UNIQUE             -- `url:…`, `path:…`, or `content:…` where it has neither
) STRICT;

-- What stood there at one time: the text as received and all that came with it.
CREATE TABLE version (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,
    document  INTEGER NOT NULL REFERENCES document,
    ordinal   INTEGER NOT NULL,              -- 1 is the first that was added
    content   BLOB NOT NULL,                 -- hash of everything received
    path      TEXT NOT NULL,
    url       TEXT,
    title     TEXT,
    outlet    TEXT,
    byline    TEXT,
    published TEXT,                          -- ISO
    dated     TEXT NOT NULL CHECK (dated IN ('source', 'user')),
    notes     TEXT NOT NULL,                 -- what was odd about its bytes: JSON
    text      BLOB NOT NULL,                 -- UTF-8, zstd
    bytes     INTEGER NOT NULL,              -- of the text
    added_at  TEXT NOT NULL,                 -- ISO, UTC
    UNIQUE (document, ordinal)
) STRICT;
CREATE INDEX version_outlet ON version (outlet COLLATE NOCASE);
CREATE INDEX version_day ON version (published DESC, number DESC);

-- What a person changed of the derived. Never changed itself: its latest turn tells whether it holds.
CREATE TABLE correction (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    change  TEXT NOT NULL,                   -- JSON; documents by their ids
    made_by TEXT NOT NULL,
    why     TEXT NOT NULL,
    made_at TEXT NOT NULL                    -- ISO, UTC
) STRICT;

CREATE TABLE turn (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    correction INTEGER NOT NULL REFERENCES correction,
    kind       TEXT NOT NULL CHECK (kind IN ('undone', 'redone')),
    made_by    TEXT NOT NULL,
    made_at    TEXT NOT NULL
) STRICT;
CREATE INDEX turn_correction ON turn (correction);

-- What persons want to hear of; what was told, once; where news goes by itself.
CREATE TABLE watch (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    what       TEXT NOT NULL,                -- JSON
    since      INTEGER NOT NULL,             -- the last version that was there when it was set
    made_by    TEXT NOT NULL,
    made_at    TEXT NOT NULL,                -- ISO, UTC
    dropped_at TEXT
) STRICT;
CREATE TABLE told (watch INTEGER NOT NULL REFERENCES watch, key TEXT NOT NULL, PRIMARY KEY (watch, key)) STRICT, WITHOUT ROWID;
CREATE TABLE news (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    watch    INTEGER NOT NULL REFERENCES watch,
    story    TEXT NOT NULL,
    headline TEXT NOT NULL,
    at       TEXT NOT NULL,                  -- when the last document was added, ISO, UTC
    line     TEXT NOT NULL,
    words    TEXT NOT NULL                   -- JSON
) STRICT;
CREATE TABLE target (kind TEXT NOT NULL CHECK (kind IN ('feeds', 'webhook')), place TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Derived: documents -------------------------------------------------------------------------------------------------------------

-- What the reader found in a version; costly to make again, so a rebuild keeps what the same reader found.
CREATE TABLE readout (
    version INTEGER PRIMARY KEY REFERENCES version,
    engine  TEXT NOT NULL,
    model   TEXT NOT NULL,
    meanings BLOB NOT NULL,                  -- of its statements: searches by meaning go through all of them
    packed  BLOB NOT NULL                    -- onrecord::account::pack, zstd
) STRICT;

-- Versions that wait to be placed, while an archive is rebuilt.
CREATE TABLE waiting (version INTEGER PRIMARY KEY REFERENCES version) STRICT;

-- Derived: placing ---------------------------------------------------------------------------------------------------------------

-- The latest version of every document, in its group; a group goes by the number of its first member.
CREATE TABLE placed (
    version   INTEGER PRIMARY KEY REFERENCES version,
    grouped   INTEGER NOT NULL,              -- as the engine has it
    team      INTEGER NOT NULL,              -- as persons corrected it
    corrected INTEGER,                       -- the last correction that had a hand in it
    outline   BLOB NOT NULL
) STRICT;
CREATE INDEX placed_team ON placed (team);
CREATE INDEX placed_grouped ON placed (grouped);
-- The few that persons had a hand in, which every document that is added asks for.
CREATE INDEX placed_corrected ON placed (version) WHERE team <> grouped OR corrected IS NOT NULL;

CREATE TABLE word (word INTEGER NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (word, version)) STRICT, WITHOUT ROWID;
CREATE TABLE mark (mark INTEGER NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (mark, version)) STRICT, WITHOUT ROWID;
-- Whom a version is near: every pair under both. As rows of their own, pairs took seven times the room.
CREATE TABLE near (version INTEGER PRIMARY KEY, packed BLOB NOT NULL) STRICT;
-- Every pair under the lower number.
CREATE TABLE shared (a INTEGER NOT NULL, b INTEGER NOT NULL, packed BLOB NOT NULL, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID;
CREATE INDEX shared_b ON shared (b);

-- Groups whose story may no longer be what is kept of it.
CREATE TABLE stale (team INTEGER PRIMARY KEY) STRICT;

-- Derived: the record ------------------------------------------------------------------------------------------------------------

CREATE TABLE story (
    team        INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,        -- of its first document
    fingerprint BLOB NOT NULL,               -- of everything it was made of
    headline    TEXT NOT NULL,
    first_day   TEXT,
    last_day    TEXT,
    documents   INTEGER NOT NULL,
    statements  INTEGER NOT NULL,
    conflicts   INTEGER NOT NULL,
    digest      BLOB NOT NULL                -- hash of its onrecord.record/1, which is made when it is asked for
) STRICT;

-- The corrections that found, in this story, what they are about.
CREATE TABLE effect (
    team       INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    correction INTEGER NOT NULL,
    PRIMARY KEY (team, correction)
) STRICT, WITHOUT ROWID;
CREATE INDEX effect_correction ON effect (correction);

CREATE TABLE membership (
    team    INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    place   INTEGER NOT NULL,                -- in the story, from 0
    version INTEGER NOT NULL REFERENCES version,
    kind    TEXT NOT NULL CHECK (kind IN ('own', 'touches')),
    why     TEXT NOT NULL,
    PRIMARY KEY (team, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_version ON membership (version);

-- Who speaks, is spoken to, asks or is asked; the record names the others too.
CREATE TABLE person (
    team       INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    number     INTEGER NOT NULL,             -- in the record, from 1
    id         TEXT NOT NULL,                -- one for all stories where the full name is one
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    roles      TEXT NOT NULL,                -- JSON
    statements INTEGER NOT NULL,
    PRIMARY KEY (team, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_id ON person (id);

CREATE TABLE statement (
    team          INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    version       INTEGER NOT NULL REFERENCES version,
    number        INTEGER NOT NULL,          -- in the document, from 1
    place         INTEGER NOT NULL,          -- of the document in the story
    speaker       INTEGER,                   -- a person's number
    addressee     INTEGER,
    utterance     INTEGER NOT NULL,          -- in the record, from 1
    source        TEXT,                      -- bytes `start-end`
    cue           TEXT NOT NULL,             -- bytes `start-end`, part after part
    content       TEXT NOT NULL,
    form          TEXT NOT NULL,
    act           TEXT NOT NULL,
    factuality    TEXT NOT NULL,
    sourcing      TEXT NOT NULL,
    known_through TEXT NOT NULL,
    said_start    TEXT,
    said_end      TEXT,
    PRIMARY KEY (version, number, team)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_speaker ON statement (team, speaker);
-- The order in which lists of them stand: what was said last first.
CREATE INDEX statement_day ON statement (said_end DESC, version DESC, number, said_start);

CREATE TABLE question (
    team   INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    number INTEGER NOT NULL,
    text   TEXT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (team, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE asking (
    team       INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    question   INTEGER NOT NULL,
    number     INTEGER NOT NULL,
    asker      INTEGER,
    addressee  INTEGER,
    answer     TEXT NOT NULL,
    said_start TEXT,
    said_end   TEXT,
    PRIMARY KEY (team, question, number)
) STRICT, WITHOUT ROWID;

-- Derived: words to search by, of the latest versions; the texts themselves are not kept twice ------------------------------------

-- A statement goes by its version times 1,048,576 plus its number.
CREATE VIRTUAL TABLE statement_text USING fts5 (content, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2');
-- A document goes by its version. Without the places of words, which take half the room: a phrase is looked for in the text itself.
CREATE VIRTUAL TABLE article_text USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'unicode61 remove_diacritics 2');

-- The history, version 1. A text is stored once, in `text`; columns that say
-- REFERENCES text refer to it.

CREATE TABLE text (
    id INTEGER PRIMARY KEY,
    value TEXT NOT NULL UNIQUE
) STRICT;

-- Rule files, and BOMs that were kept: by what they hold.
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE ruleset (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    version TEXT NOT NULL,
    known_to TEXT NOT NULL,
    -- Since the run that brought its files: what its changes are told against,
    -- the one in use before, of the same boards if it can be.
    told INTEGER REFERENCES link,
    previous INTEGER REFERENCES ruleset,
    changes TEXT -- the digest of its ruleset_change rows
) STRICT;

CREATE TABLE ruleset_file (
    ruleset INTEGER NOT NULL REFERENCES ruleset,
    path TEXT NOT NULL,
    file INTEGER NOT NULL REFERENCES file,
    PRIMARY KEY (ruleset, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE ruleset_change (
    ruleset INTEGER NOT NULL REFERENCES ruleset,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    name TEXT NOT NULL,
    item TEXT NOT NULL,
    field TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (ruleset, position)
) STRICT, WITHOUT ROWID;

-- One link a run. A forgotten run keeps its link: the rest of it is gone. No
-- number is given twice, so that a last run that was removed shows too.
CREATE TABLE link (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    time TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    forgotten TEXT, -- when
    why TEXT,
    seal TEXT -- of a forgotten run: the digest of all above
) STRICT;
CREATE INDEX link_by_time ON link (time);

CREATE TABLE run (
    id INTEGER PRIMARY KEY REFERENCES link,
    origin TEXT NOT NULL CHECK (origin IN ('check', 'import')),
    identity TEXT UNIQUE, -- of an imported report
    tool TEXT NOT NULL,
    method TEXT NOT NULL,
    ruleset INTEGER NOT NULL REFERENCES ruleset,
    rules_kept INTEGER NOT NULL, -- its rule files are here
    as_of TEXT NOT NULL,
    activity TEXT NOT NULL,
    declared INTEGER NOT NULL,
    complete INTEGER NOT NULL,
    conclusive INTEGER NOT NULL,
    exit_status INTEGER NOT NULL,
    stage TEXT CHECK (stage IN ('design', 'release')),
    repository TEXT,
    revision TEXT, -- of the repository: the commit
    pipeline TEXT,
    actor TEXT,
    -- What the settings say of the product, where they name one.
    denied TEXT, -- profiles that do not apply to it, with blanks between them
    sold_until TEXT,
    contract INTEGER NOT NULL -- as_of is the day of its contract
) STRICT;

CREATE TABLE run_profile (
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    position INTEGER NOT NULL,
    profile TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE waiver (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    measure TEXT, clause TEXT, party TEXT, mpn TEXT, product TEXT,
    kind TEXT, reason TEXT, expires TEXT, approved_by TEXT, ticket TEXT,
    evidence TEXT
) STRICT;

CREATE TABLE run_waiver (
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    position INTEGER NOT NULL,
    waiver INTEGER NOT NULL REFERENCES waiver,
    state TEXT NOT NULL,
    PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

-- The lines of a BOM as they were read, once for all runs that read the same.
CREATE TABLE content (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE
) STRICT;

-- All that decides who made a part, and who that is by the newest run.
CREATE TABLE part (
    id INTEGER PRIMARY KEY,
    mpn INTEGER NOT NULL REFERENCES text,
    manufacturer INTEGER NOT NULL REFERENCES text,
    value INTEGER NOT NULL REFERENCES text,
    description INTEGER NOT NULL REFERENCES text,
    category INTEGER NOT NULL REFERENCES text,
    manufacturer_header INTEGER NOT NULL REFERENCES text,
    mpn_header INTEGER NOT NULL REFERENCES text,
    mpn_key INTEGER NOT NULL REFERENCES text,
    party INTEGER NOT NULL REFERENCES text,
    digest TEXT NOT NULL, -- of all texts above
    UNIQUE (mpn, manufacturer, value, description, category,
            manufacturer_header, mpn_header)
) STRICT;
CREATE INDEX part_by_key ON part (mpn_key);
CREATE INDEX part_by_party ON part (party);

-- A row a part; parts of one line have its number.
CREATE TABLE line (
    content INTEGER NOT NULL REFERENCES content,
    position INTEGER NOT NULL,
    line INTEGER NOT NULL,
    part_line INTEGER NOT NULL,
    alternate INTEGER NOT NULL,
    fitted INTEGER NOT NULL,
    refdes INTEGER NOT NULL REFERENCES text,
    quantity INTEGER NOT NULL REFERENCES text,
    ipn INTEGER NOT NULL REFERENCES text,
    origin INTEGER NOT NULL REFERENCES text,
    part INTEGER NOT NULL REFERENCES part,
    PRIMARY KEY (content, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX line_by_part ON line (part);

CREATE TABLE bom (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    position INTEGER NOT NULL,
    path TEXT NOT NULL,
    sha256 TEXT,
    product TEXT NOT NULL,
    named INTEGER NOT NULL, -- the product was given, not taken from the path
    revision TEXT,
    format TEXT NOT NULL,
    content INTEGER NOT NULL REFERENCES content,
    file INTEGER REFERENCES file,
    lines INTEGER NOT NULL,
    lost INTEGER NOT NULL,
    resolved INTEGER NOT NULL, -- ten-thousandths
    prohibited INTEGER NOT NULL,
    upcoming INTEGER NOT NULL,
    restricted INTEGER NOT NULL,
    review INTEGER NOT NULL,
    unknown INTEGER NOT NULL,
    out_of_scope INTEGER NOT NULL,
    clear INTEGER NOT NULL,
    waived INTEGER NOT NULL,
    error TEXT,
    UNIQUE (run, position)
) STRICT;
CREATE INDEX bom_by_product ON bom (product);
CREATE INDEX bom_by_content ON bom (content);

-- What a finding says, once for all runs that say the same.
CREATE TABLE fact (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    fingerprint INTEGER NOT NULL REFERENCES text,
    verdict INTEGER NOT NULL REFERENCES text,
    profile INTEGER NOT NULL REFERENCES text,
    measure INTEGER NOT NULL REFERENCES text,
    title INTEGER NOT NULL REFERENCES text,
    clause INTEGER NOT NULL REFERENCES text,
    citation INTEGER NOT NULL REFERENCES text,
    url INTEGER NOT NULL REFERENCES text,
    since INTEGER NOT NULL REFERENCES text,
    becomes INTEGER NOT NULL REFERENCES text,
    reason INTEGER NOT NULL REFERENCES text,
    party INTEGER NOT NULL REFERENCES text,
    party_name INTEGER NOT NULL REFERENCES text,
    owner INTEGER NOT NULL REFERENCES text,
    confidence INTEGER NOT NULL REFERENCES text,
    category INTEGER NOT NULL REFERENCES text,
    manufacturer INTEGER NOT NULL REFERENCES text,
    mpn INTEGER NOT NULL REFERENCES text
) STRICT;

CREATE TABLE finding (
    bom INTEGER NOT NULL REFERENCES bom ON DELETE CASCADE,
    position INTEGER NOT NULL,
    fact INTEGER NOT NULL REFERENCES fact,
    line INTEGER NOT NULL,
    refdes INTEGER NOT NULL REFERENCES text,
    quantity INTEGER NOT NULL REFERENCES text,
    waived INTEGER NOT NULL,
    known INTEGER NOT NULL,
    waiver INTEGER REFERENCES waiver, -- meant for it, whether it holds or not
    PRIMARY KEY (bom, position)
) STRICT, WITHOUT ROWID;

-- A small history of layout 1; test_history_versions.c says how it is made.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE text (
    id INTEGER PRIMARY KEY,
    value TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO text VALUES(1,'U1');
INSERT INTO text VALUES(2,'1');
INSERT INTO text VALUES(3,'');
INSERT INTO text VALUES(4,'MT41K256M16');
INSERT INTO text VALUES(5,'Micron');
INSERT INTO text VALUES(6,'micron');
INSERT INTO text VALUES(7,'gateway/micron/MT41K256M16');
INSERT INTO text VALUES(8,'prohibited');
INSERT INTO text VALUES(9,'buyer');
INSERT INTO text VALUES(10,'m-1');
INSERT INTO text VALUES(11,'The first measure');
INSERT INTO text VALUES(12,'a');
INSERT INTO text VALUES(13,'certain');
INSERT INTO text VALUES(14,'U2 U3');
INSERT INTO text VALUES(15,'2');
INSERT INTO text VALUES(16,'K4B4G1646E');
INSERT INTO text VALUES(17,'Samsung');
INSERT INTO text VALUES(18,'samsung');
INSERT INTO text VALUES(19,'gateway/samsung/K4B4G1646E');
INSERT INTO text VALUES(20,'review');
INSERT INTO text VALUES(21,'R1');
INSERT INTO text VALUES(22,'10');
INSERT INTO text VALUES(23,'RC0402FR-0710KL');
INSERT INTO text VALUES(24,'Yageo');
INSERT INTO text VALUES(25,'RC0402FR0710KL');
INSERT INTO text VALUES(26,'yageo');
INSERT INTO text VALUES(27,'sensor/micron/MT41K256M16');
INSERT INTO text VALUES(28,'sensor/samsung/K4B4G1646E');
INSERT INTO text VALUES(29,'W634GU6NB');
INSERT INTO text VALUES(30,'Winbond');
INSERT INTO text VALUES(31,'winbond');
INSERT INTO text VALUES(32,'U2');
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    bytes BLOB NOT NULL
) STRICT;
INSERT INTO file VALUES(1,'21191e6c9898a9a7c2312dffb3a90af1132f232610e6a7e8b84b9845266a06d2',X'76657273696f6e3a202231220a6b6e6f776e2d746f3a20323032362d30312d30310a6c6963656e63653a204343302d312e300a');
INSERT INTO file VALUES(2,'994659de87f727ddcde75df44314f31d7f367b3bff347e852f390530f29720c7',X'7468652066696c65');
INSERT INTO file VALUES(3,'e4c5bc30c812d2f0d3091125dc4c585a645318bc2ed3e3d536d392824bb7c06c',X'76657273696f6e3a202232220a6b6e6f776e2d746f3a20323032362d30312d30310a6c6963656e63653a204343302d312e300a');
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
INSERT INTO ruleset VALUES(1,'5ec00b76efa992d0d8f580a25441a9a9c09ac4d3b53e443f4083397f429eb86d','1','2026-01-01',1,NULL,'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
INSERT INTO ruleset VALUES(2,'38dc1f079003b4e051d18f0a9a72f4756a49e3ea5b5d88cf21ddc5d15365796d','2','2026-01-01',3,1,'9e426a24108e5fd347a1442cdbef0766dfa4309ae35bb2ec36dbb33dd625cdcb');
CREATE TABLE ruleset_file (
    ruleset INTEGER NOT NULL REFERENCES ruleset,
    path TEXT NOT NULL,
    file INTEGER NOT NULL REFERENCES file,
    PRIMARY KEY (ruleset, path)
) STRICT, WITHOUT ROWID;
INSERT INTO ruleset_file VALUES(1,'ruleset.yaml',1);
INSERT INTO ruleset_file VALUES(2,'ruleset.yaml',3);
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
INSERT INTO ruleset_change VALUES(2,0,'changed','rule set','','','version','1','2');
CREATE TABLE link (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    time TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    forgotten TEXT, -- when
    why TEXT,
    seal TEXT -- of a forgotten run: the digest of all above
) STRICT;
INSERT INTO link VALUES(1,'2026-01-05T10:00:00Z','','2855bb6632fc5cdd0b2884088faf1b7f92d4e5ba71808cc5b603b11ea0cc22ac',NULL,NULL,NULL);
INSERT INTO link VALUES(2,'2026-02-05T10:00:00Z','2855bb6632fc5cdd0b2884088faf1b7f92d4e5ba71808cc5b603b11ea0cc22ac','f0829506ff716e06185f8dbc8eca4956ded9dca1da754fed6db97b06f92ad774',NULL,NULL,NULL);
INSERT INTO link VALUES(3,'2026-05-05T10:00:00Z','f0829506ff716e06185f8dbc8eca4956ded9dca1da754fed6db97b06f92ad774','a00ba125bb9dc6172321f8ad5577c9f22ffbf3551dd6afa240c544907270bece',NULL,NULL,NULL);
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
INSERT INTO run VALUES(1,'check',NULL,'0.1.0','maker-1',1,1,'2026-01-01','purchase',1,1,1,0,NULL,'acme/boards','3f2a1b9c',NULL,NULL,'user owner','2030-12-31',0);
INSERT INTO run VALUES(2,'check',NULL,'0.1.0','maker-1',1,1,'2026-01-01','purchase',1,1,1,0,NULL,'acme/boards','3f2a1b9c',NULL,NULL,'user owner','2030-12-31',0);
INSERT INTO run VALUES(3,'check',NULL,'0.1.0','maker-1',2,1,'2026-01-01','purchase',1,1,1,0,NULL,'acme/boards','3f2a1b9c',NULL,NULL,'user owner','2030-12-31',0);
CREATE TABLE run_profile (
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    position INTEGER NOT NULL,
    profile TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;
INSERT INTO run_profile VALUES(1,0,'buyer','A buyer');
INSERT INTO run_profile VALUES(2,0,'buyer','A buyer');
INSERT INTO run_profile VALUES(3,0,'buyer','A buyer');
CREATE TABLE waiver (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    measure TEXT, clause TEXT, party TEXT, mpn TEXT, product TEXT,
    kind TEXT, reason TEXT, expires TEXT, approved_by TEXT, ticket TEXT,
    evidence TEXT
) STRICT;
INSERT INTO waiver VALUES(1,'03126a7720131ca0ec36bc5f753cdb3e8d4352e3260657f69f092b10c26c0347','m-1',NULL,NULL,'K4B4G1646E',NULL,'risk-accepted','stock','2026-12-31','Wu',NULL,NULL);
CREATE TABLE run_waiver (
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    position INTEGER NOT NULL,
    waiver INTEGER NOT NULL REFERENCES waiver,
    state TEXT NOT NULL,
    PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;
INSERT INTO run_waiver VALUES(1,0,1,'used');
INSERT INTO run_waiver VALUES(2,0,1,'used');
CREATE TABLE content (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO content VALUES(1,'ac2113a97a1256bb533ddf6bf212e5c6bd887ca208766f65a48bdb4305133fe2');
INSERT INTO content VALUES(2,'b6e8e42e1cf6c6443c17d8014c43d80aa688b60e732a70d10b5831b510e0b128');
INSERT INTO content VALUES(3,'76bf31c0e0e9265c1aa3ca9ab581acbeb1cbedb368dba531b058c0daa1ec4309');
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
INSERT INTO part VALUES(1,4,5,3,3,3,3,3,4,6,'4d289dbb819d1165b5a0d569098f7d6708a001e46bf0b94a88ba0f06cc72a2b4');
INSERT INTO part VALUES(2,16,17,3,3,3,3,3,16,18,'b4904f4da988a02c547ece5d7764d283b870bb14447c98a85ce7041e27910306');
INSERT INTO part VALUES(3,23,24,3,3,3,3,3,25,26,'16443c1aa73063ba43eec7b0225436521fe5aa1acd6c8a6d59d67ec47df48e92');
INSERT INTO part VALUES(4,29,30,3,3,3,3,3,29,31,'aa7fec99891fc1907fcf7d2fb673158ce13b5e1fbc7182ba7509e9993ff1a547');
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
INSERT INTO line VALUES(1,0,2,2,0,1,1,2,3,3,1);
INSERT INTO line VALUES(1,1,3,3,0,1,14,15,3,3,2);
INSERT INTO line VALUES(1,2,4,4,0,1,21,22,3,3,3);
INSERT INTO line VALUES(2,0,2,2,0,1,1,2,3,3,1);
INSERT INTO line VALUES(2,1,3,3,0,1,14,15,3,3,2);
INSERT INTO line VALUES(3,0,2,2,0,1,1,2,3,3,4);
INSERT INTO line VALUES(3,1,3,3,0,1,32,2,3,3,2);
INSERT INTO line VALUES(3,2,4,4,0,1,21,22,3,3,3);
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
INSERT INTO bom VALUES(1,1,0,'boards/a.csv','00','gateway',1,'A','csv',1,2,3,0,10000,1,0,0,0,0,0,1,1,NULL);
INSERT INTO bom VALUES(2,2,0,'s.csv','00','sensor',1,NULL,'csv',2,NULL,2,0,10000,1,0,0,0,0,0,0,1,NULL);
INSERT INTO bom VALUES(3,3,0,'boards/a.csv','00','gateway',1,'B','csv',3,NULL,3,0,10000,0,0,0,1,0,0,2,0,NULL);
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
INSERT INTO fact VALUES(1,'317a7df317845cc3b87a3e2b0f586fa86ea0ed68602417dcdde7de8be1ac710a',19,20,9,10,11,12,3,3,3,3,3,18,18,3,13,3,17,16);
INSERT INTO fact VALUES(2,'4bd8eefaedfa209782b5517f688873deb5af4d1d69774ec2c4ab9ae59f7ef685',7,8,9,10,11,12,3,3,3,3,3,6,6,3,13,3,5,4);
INSERT INTO fact VALUES(3,'2795179a2f0d74a24692aef06c0c1ffd46d09b9dee3e3243c0b24957c95889f1',27,8,9,10,11,12,3,3,3,3,3,6,6,3,13,3,5,4);
INSERT INTO fact VALUES(4,'8a872ef9edfa4d1d72c058b958918917ffe7f94a8299803c90e11c29ea218ba1',28,20,9,10,11,12,3,3,3,3,3,18,18,3,13,3,17,16);
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
INSERT INTO finding VALUES(1,0,2,2,1,2,0,0,NULL);
INSERT INTO finding VALUES(1,1,1,3,14,15,1,0,1);
INSERT INTO finding VALUES(2,0,3,2,1,2,0,0,NULL);
INSERT INTO finding VALUES(2,1,4,3,14,15,1,0,1);
INSERT INTO finding VALUES(3,0,1,3,32,2,0,0,NULL);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('link',3);
CREATE INDEX link_by_time ON link (time);
CREATE INDEX part_by_key ON part (mpn_key);
CREATE INDEX part_by_party ON part (party);
CREATE INDEX line_by_part ON line (part);
CREATE INDEX bom_by_product ON bom (product);
CREATE INDEX bom_by_content ON bom (content);
COMMIT;
PRAGMA application_id = 1651469671;
PRAGMA user_version = 1;

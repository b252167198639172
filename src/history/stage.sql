-- Where a run waits for its end: tables of one connection. A text waits once,
-- in stage_text; the columns of lines and findings from `refdes` on are its
-- numbers.

-- What an earlier run of this connection left.
DROP TABLE IF EXISTS temp.stage_run;
DROP TABLE IF EXISTS temp.stage_profile;
DROP TABLE IF EXISTS temp.stage_rule_file;
DROP TABLE IF EXISTS temp.stage_text;
DROP TABLE IF EXISTS temp.stage_line;
DROP TABLE IF EXISTS temp.stage_finding;
DROP TABLE IF EXISTS temp.stage_bom;
DROP TABLE IF EXISTS temp.stage_waiver;
DROP TABLE IF EXISTS temp.stage_id;
DROP TABLE IF EXISTS temp.stage_part;
DROP TABLE IF EXISTS temp.stage_known;
DROP TABLE IF EXISTS temp.stage_fact;

CREATE TEMP TABLE stage_run (
    run INTEGER, time, identity, tool, method,
    ruleset_version, ruleset_sha256, known_to,
    as_of, activity, declared,
    stage, repository, revision, pipeline, actor, denied, sold_until, contract,
    complete, conclusive, exit_status
);
CREATE TEMP TABLE stage_profile (position, profile, name);
CREATE TEMP TABLE stage_rule_file (path, sha256, bytes);
CREATE TEMP TABLE stage_text (id INTEGER PRIMARY KEY, value);
CREATE TEMP TABLE stage_line (
    id INTEGER PRIMARY KEY, bom, position, line, part_line, alternate, fitted,
    refdes, quantity, ipn, origin,
    mpn, manufacturer, value, description, category,
    manufacturer_header, mpn_header, mpn_key, party, part_digest
);
CREATE TEMP TABLE stage_finding (
    bom, position, line, waived, known, waiver, digest,
    refdes, quantity, fingerprint, verdict, profile, measure, title, clause, citation, url,
    since, becomes, reason, party, party_name, owner, confidence, category,
    manufacturer, mpn
);
CREATE TEMP TABLE stage_bom (
    position INTEGER PRIMARY KEY, path, sha256, product, named, revision, format, digest,
    lines, lost, resolved, prohibited, upcoming, restricted, review, unknown,
    out_of_scope, clear, waived, error, file_sha256, file_bytes,
    content -- the merge sets it
);
CREATE TEMP TABLE stage_waiver (
    position, -- NULL: only a finding names it
    digest, state, measure, clause, party, mpn, product, kind, reason,
    expires, approved_by, ticket, evidence
);

-- For the merge: the history's numbers of texts; a line's texts by them; BOMs whose lines are there
-- already; findings that say what none said before.
CREATE TEMP TABLE stage_id (id INTEGER PRIMARY KEY, text);
CREATE TEMP TABLE stage_part (
    id INTEGER PRIMARY KEY,
    mpn, manufacturer, value, description, category,
    manufacturer_header, mpn_header, mpn_key, party, digest
);
CREATE TEMP TABLE stage_known (bom INTEGER PRIMARY KEY);
CREATE TEMP TABLE stage_fact AS SELECT * FROM stage_finding;

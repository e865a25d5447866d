-- The comparison of two plans in PostGIS: subdivide, intersect, union by pair of classes, dump.
-- Tables first_plan and second_plan (geom, ydyhfldm) with spatial indexes, and conflict_pairs (first, second), are loaded before.
-- The variable clustered: whether pieces that touch each other are united by themselves (on), or all of a pair of classes (off).
-- Leaves by_pair: patches and planar square metres by pair of classes.

\set ON_ERROR_STOP on
\timing on

-- Pieces of at most 256 vertices, the default; a patch of these counties has 45 in the mean, and few are cut at all.
CREATE TABLE first_pieces AS
    SELECT ydyhfldm AS class, ST_Subdivide(geom) AS geom FROM first_plan;
CREATE TABLE second_pieces AS
    SELECT ydyhfldm AS class, ST_Subdivide(geom) AS geom FROM second_plan;
CREATE INDEX ON first_pieces USING gist (geom);
CREATE INDEX ON second_pieces USING gist (geom);
ANALYZE first_pieces, second_pieces, conflict_pairs;

CREATE TABLE pieces AS
    SELECT a.class AS first, b.class AS second, ST_CollectionExtract(ST_Intersection(a.geom, b.geom), 3) AS geom
    FROM first_pieces a
    JOIN second_pieces b ON a.geom && b.geom AND ST_Intersects(a.geom, b.geom)
    JOIN conflict_pairs c ON c.first = a.class AND c.second = b.class;
ANALYZE pieces;

\if :clustered
CREATE TABLE patches AS
    SELECT first, second, (ST_Dump(ST_Union(geom))).geom AS geom
    FROM (
        SELECT first, second, geom, ST_ClusterDBSCAN(geom, 0, 1) OVER (PARTITION BY first, second) AS cluster
        FROM pieces WHERE NOT ST_IsEmpty(geom)
    ) AS clusters
    GROUP BY first, second, cluster;
\else
CREATE TABLE patches AS
    SELECT first, second, (ST_Dump(ST_Union(geom))).geom AS geom
    FROM pieces WHERE NOT ST_IsEmpty(geom) GROUP BY first, second;
\endif

CREATE TABLE by_pair AS
    SELECT first, second, count(*) AS patches, sum(ST_Area(geom)) AS planar_m2
    FROM patches GROUP BY first, second ORDER BY first, second;

#!/bin/sh
# Makes Temporal's two databases, or brings them to the schema of this version: run before each new version of the server.
# Repeating it changes nothing.
set -eu
SQL_PASSWORD=$(cat /run/secrets/postgres-password)
export SQL_PASSWORD

# prepare DATABASE SCHEMA
prepare() {
  temporal-sql-tool --database "$1" create-database --defaultdb postgres
  temporal-sql-tool --database "$1" setup-schema --version 0.0
  temporal-sql-tool --database "$1" update-schema --schema-name "postgresql/v12/$2"
}

prepare temporal temporal
prepare temporal_visibility visibility

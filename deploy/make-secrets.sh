#!/bin/sh
# Makes the secrets that docker-compose.yml names, in the folder "secrets" beside it or the one given. What is there is kept.
set -eu
umask 077
folder=${1:-"$(dirname "$0")/../secrets"}
mkdir -p "$folder"
# The folder keeps other users of this machine out; each file may be read by all, because a container reads it as a user
# of its own.
chmod 700 "$folder"

hex() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }

# keep NAME TEXT: only when there is no such file yet.
keep() {
  [ -s "$folder/$1" ] && return 0
  printf '%s\n' "$2" > "$folder/$1.new"
  chmod 444 "$folder/$1.new"
  mv "$folder/$1.new" "$folder/$1"
  echo "made $folder/$1"
}

keep postgres-password "$(hex)"
keep mongodb-root-password "$(hex)"
keep mongodb-password "$(hex)"
# A write is answered once it is in the journal: what was acknowledged survives a power cut.
keep mongodb-uri "mongodb://gangway:$(cat "$folder/mongodb-password")@mongodb:27017/gangway?authSource=gangway&journal=true"
keep metrics-token "$(hex)"
keep secret-key "$(head -c 32 /dev/urandom | base64)"

if [ ! -s "$folder/smtp-url" ]; then
  echo "missing $folder/smtp-url: write the address of the mail server into it, smtps://user:password@host, then chmod 444 it"
fi

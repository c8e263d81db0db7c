#!/bin/sh
# Makes the namespace with the retention and the search attributes of Gangway. Repeating it changes nothing.
set -eu
until temporal operator cluster health; do sleep 2; done

temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" > /dev/null 2>&1 ||
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 30d

# A new namespace is not known everywhere at once.
attempts=30
until temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" \
  --name OrgId --type Keyword \
  --name CaseKind --type Keyword \
  --name Phase --type Keyword \
  --name PersonRef --type Keyword \
  --name NeedsAttention --type Bool \
  --name DueAt --type Datetime; do
  attempts=$((attempts - 1))
  [ "$attempts" -gt 0 ] || exit 1
  sleep 2
done

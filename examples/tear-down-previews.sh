#!/bin/sh
# Destroys the add-ons of app-spaces of a pattern that are older than an age.
set -eu
pattern=${1:?a pattern, e.g. "preview-*"}
age=${2:-14d}
list=$(mktemp)
aka twilio --filter "$pattern" --older-than "$age" -q > "$list"
[ -s "$list" ] || exit 0
count=$(wc -l < "$list" | tr -d ' ')
exec aka twilio:destroy --apps-from "$list" --confirm-count "$count" --json

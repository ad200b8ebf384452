#!/bin/sh
# Creates the add-ons of a list (CSV: app,plan,area-code,…), then once more those that failed for a reason that passes.
set -u
list=${1:?a CSV with the columns app, plan, …}
again=$(mktemp)
aka twilio:create --apps-from "$list" --yes --json --failed-to "$again" && exit 0
[ -s "$again" ] || exit 1
exec aka twilio:create --apps-from "$again" --yes --json

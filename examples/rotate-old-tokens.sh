#!/bin/sh
# Every auth token that is older than 90 days is replaced. Repeated, it does nothing.
exec aka twilio:rotate --all --older-than "${1:-90d}" --json

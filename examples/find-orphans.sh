#!/bin/sh
# What registry, subaccounts and app-spaces disagree about, one line each; exit 3 where a problem is left.
aka twilio:audit --json | node -e '
  const {findings} = JSON.parse(require("node:fs").readFileSync(0, "utf8"))
  for (const {severity, kind, detail} of findings) console.log(`${severity}\t${kind}\t${detail}`)
  process.exitCode = findings.some(({severity}) => severity === "problem") ? 3 : 0'

'use strict'
// Loaded into each measured process: what it took, as the system counts it, as a line of the file that the bench reads.
const {appendFileSync} = require('node:fs')

process.on('exit', () => {
  const {userCPUTime, systemCPUTime, maxRSS} = process.resourceUsage()
  const usage = {cpuMs: (userCPUTime + systemCPUTime) / 1000, memoryMiB: maxRSS / 1024}
  appendFileSync(process.env.BENCH_USAGE_FILE ?? '', `${JSON.stringify(usage)}\n`)
})

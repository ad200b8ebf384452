/** Cases that fail today, by their titles, each with what is wrong. The aim is an empty list. */
export const known: readonly {readonly cases: RegExp; readonly reason: string}[] = [
  {
    cases: /^order .*Items\/api-default%2FORDER \(\d+\): SIGKILL after it takes effect$/,
    reason:
      'Killed right after its last write, an order is complete and nobody was told: the same command orders again.',
  },
  {
    cases: /^order .*Items\/api-default%2FORDER \(\d+\): an outage from here on$/,
    reason:
      'Where nobody answers the last write, the lease on the order stays until it runs out, whatever the next run does.',
  },
]

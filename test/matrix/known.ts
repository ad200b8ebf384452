/** Cases that fail today, by their titles, each with what is wrong. The aim is an empty list. */
export const known: readonly {readonly cases: RegExp; readonly reason: string}[] = [
  {
    cases: /^order .*Items\/api-default%2FORDER \(\d+\): SIGKILL after it takes effect$/,
    reason:
      'Its last write is sent once the order was told on stdout: then the same command is a new order, which the comparison does not know.',
  },
  {
    cases: /^order .*Items\/api-default%2FORDER \(\d+\): an outage from here on$/,
    reason:
      'Where nobody answers the last write, the lease on the order stays until it runs out, whatever the next run does.',
  },
]

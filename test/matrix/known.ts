const lastWriteOfOrder = String.raw`^order (from stock|that waits for the administrator|at an endpoint): .*ORDER \(3\)|^order for a device: .*ORDER \(4\)|^order of eSIM profiles: .*ORDER \(5\)`

/**
 * Cases in which what the comparison wants cannot be had, by their titles. All are the last write of an order: it says that the
 * order was reported, and is sent once it was.
 */
export const known: readonly {readonly cases: RegExp; readonly reason: string}[] = [
  {
    cases: new RegExp(`(${lastWriteOfOrder}): (SIGKILL after it takes effect|the process stands still .*)$`),
    reason: 'The order was reported, so the same command is a second order, as whoever saw the report would expect.',
  },
  {
    cases: new RegExp(`(${lastWriteOfOrder}): an outage from here on$`),
    reason:
      'The run ends with 0 and warns; nobody can be told that it released the order, so its lease runs out by itself.',
  },
]

/** Cases that fail today, by their titles, each with what is wrong. The aim is an empty list. */
export const known: readonly {readonly cases: RegExp; readonly reason: string}[] = []

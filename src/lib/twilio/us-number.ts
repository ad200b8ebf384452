/** North American area codes of toll-free numbers (https://www.nanpa.com). */
export const tollFreeCodes = /^8(00|33|44|55|66|77|88)$/

/** Area codes of the North American plan that are Canada's, or another country's (https://www.nanpa.com). */
const foreignCodes = new Set(
  `204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 387 403 416 418 428 431 437 438 450 460 468 474 506 514 519 537
  548 568 579 581 584 587 600 604 613 622 639 647 672 683 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905 942
  242 246 264 268 284 345 441 473 649 658 664 721 758 767 784 809 829 849 868 869 876`.split(/\s+/),
)

/** What US carriers take a number for, from which its registration follows: a local one (10DLC), a toll-free one, or none of theirs. */
export type UsNumberKind = 'local' | 'toll-free' | 'foreign'

export function usKindOf(e164: string): UsNumberKind {
  if (!e164.startsWith('+1')) return 'foreign'
  const areaCode = e164.slice(2, 5)
  if (tollFreeCodes.test(areaCode)) return 'toll-free'
  return foreignCodes.has(areaCode) ? 'foreign' : 'local'
}

/** Whether US carriers look at where a message to this number comes from. */
export function isUsPhone(e164: string): boolean {
  return usKindOf(e164) !== 'foreign'
}

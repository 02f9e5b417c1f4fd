/** More changes are behind a line that opens, and not in the copied summary. */
export const SHOWN_CHANGES = 3

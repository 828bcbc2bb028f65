/** A file of a table may have so many bytes: whoever sends it and whoever reads it say the same. */
export const mostTableBytes = 5 * 1024 * 1024
export const mostTableRows = 50_000

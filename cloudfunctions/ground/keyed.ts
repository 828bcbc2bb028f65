/** Hex HMAC-SHA256 under a secret that is not in the database: for whatever stands for a person. */
export type Keyed = (text: string) => string

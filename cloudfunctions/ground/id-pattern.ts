/** Ids are ours: letters, digits and a few separators, so that none can be mistaken for a query operator. */
export const idPattern = /^[A-Za-z0-9][A-Za-z0-9_:.-]{0,79}$/

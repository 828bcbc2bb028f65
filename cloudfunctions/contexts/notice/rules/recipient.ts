/** One of a unit's people, in their seat there. */
export const memberRecipient = (unitId: string, accountId: string): string => `member:${unitId}:${accountId}`

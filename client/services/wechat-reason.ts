/** Why WeChat did not do something, in its own words. */
export const weChatReason = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'errMsg' in error ? String(error.errMsg) : String(error)

/** Nothing went wrong: somebody has closed what WeChat opened. */
export const isClosedByHand = (error: unknown): boolean => weChatReason(error).includes('cancel')

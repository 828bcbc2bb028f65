import type { Cloud } from './database'

/**
 * Who calls, as the platform says it: the openid of a WeChat user, or the id of a custom login on the web.
 * Null for anonymous callers. Reads the process environment, which belongs to one invocation: call it first.
 */
export const callerAccountId = (cloud: Cloud): string | null => {
  const { openId, customUserId } = cloud.auth().getUserInfo()
  if (openId) return `wx:${openId}`
  return customUserId ? `custom:${customUserId}` : null
}

import { isIP } from 'node:net'
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

/** The eight groups of an IPv6 address. */
const groupsOf = (address: string): readonly string[] => {
  const [head = '', tail] = address.split('::')
  const groups = (part: string): readonly string[] => (part === '' ? [] : part.split(':'))
  if (tail === undefined) return groups(head)
  const missing = 8 - groups(head).length - groups(tail).length
  return [...groups(head), ...Array.from({ length: missing }, () => '0'), ...groups(tail)]
}

/**
 * The network of an address, as a household has it: an IPv4 address whole, of an IPv6 address the first 64 bits, of which
 * a single phone uses as many as it likes. `unknown` for what is no address.
 */
export const networkOf = (address: string): string => {
  const [plain = ''] = address
    .toLowerCase()
    .replace(/^::ffff:(?=[0-9.]+$)/, '')
    .split('%')
  if (isIP(plain) === 4) return plain
  // A dotted end stands for the last two groups, which do not count.
  if (isIP(plain) === 6)
    return groupsOf(plain.replace(/[0-9.]+$/, (end) => (end.includes('.') ? '0:0' : end)))
      .slice(0, 4)
      .map((group) => Number.parseInt(group, 16).toString(16))
      .join(':')
  return 'unknown'
}

/** Whence the caller calls, as the platform's gateway saw it. Belongs to one invocation, like the account. */
export const callerNetwork = (cloud: Cloud): string => networkOf(cloud.auth().getClientIP())

import { idPattern } from '../../cloudfunctions/ground/id-pattern'

/** What an address carries after its “?”, each value encoded; what is not said is left out. */
export const writeParams = (params: object): string =>
  Object.entries(params)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`)
    .join('&')

/** An address may have been typed or cut: what is no encoding is taken as it stands. */
export const decode = (written: string): string => {
  try {
    return decodeURIComponent(written)
  } catch {
    return written
  }
}

/**
 * What `writeParams` wrote, from the parameters that a router hands over. Neither router decodes: Taro’s in the
 * browser tells its parser not to, WeChat’s hands on what stands there. What is said twice counts as said last.
 */
export const readParams = (params: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(params).map(([key, value]) => {
      const last: unknown = Array.isArray(value) ? value[value.length - 1] : value
      return [decode(key), decode(String(last ?? ''))]
    }),
  )

/** What an address of the browser carries for a page; undefined where it is another page's. */
export const paramsIn = (hash: string, route: string): Record<string, string> | undefined => {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/)
  if (path !== route) return undefined
  const pairs = query.split('&').filter((pair) => pair !== '')
  return readParams(
    Object.fromEntries(
      pairs.map((pair) => {
        const [key = '', value = ''] = pair.split(/=(.*)/)
        return [key, value]
      }),
    ),
  )
}

/**
 * Of what an address carries, what can name anything here: ids and our own short words. A link that was encoded once too
 * often on its way is read once more; what is cut, mistyped or strange counts as not said.
 */
export const namesIn = (params: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(params)
      .map(([key, value]) => [key, idPattern.test(value) ? value : decode(value)] as const)
      .filter(([, value]) => idPattern.test(value)),
  )

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

/** The page that an address of the browser names, empty where it names none, and what it carries for it. */
export const addressIn = (
  hash: string,
): { readonly route: string; readonly params: Record<string, string> } => {
  const [route = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/)
  const pairs = query.split('&').filter((pair) => pair !== '')
  const params = readParams(
    Object.fromEntries(
      pairs.map((pair) => {
        const [key = '', value = ''] = pair.split(/=(.*)/)
        return [key, value]
      }),
    ),
  )
  return { route, params }
}

/** What an address of the browser carries for a page; undefined where it is another page's. */
export const paramsIn = (hash: string, asked: string): Record<string, string> | undefined => {
  const { route, params } = addressIn(hash)
  return route === asked ? params : undefined
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

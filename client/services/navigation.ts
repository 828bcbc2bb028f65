import Taro, { useRouter } from '@tarojs/taro'
import { useCallback, useEffect, useState } from 'react'
import { isTab, type RouteName, type RouteParams, routes, type TabName } from '../routes'
import { namesIn, paramsIn, readParams, writeParams } from './page-address'
import { openTogether } from './page-opening'
import { useReturn } from './use-return'

const addressOf = (name: RouteName, params: object): string => {
  const query = writeParams(params)
  return query ? `/${routes[name]}?${query}` : `/${routes[name]}`
}

const isInBrowser = process.env.TARO_ENV === 'h5'

const paramsTyped = (route: string): Record<string, string> | undefined =>
  isInBrowser ? paramsIn(window.location.hash, route) : undefined

/** Calls when the person, and not the product, has changed the address. */
const onAddressTyped = (listener: () => void): (() => void) | undefined => {
  if (!isInBrowser) return undefined
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}

/** A page behind the tab bar is switched to, and WeChat lets that carry nothing. */
type Params<N extends RouteName> = N extends TabName
  ? [params?: undefined]
  : Record<never, string> extends RouteParams[N]
    ? [params?: RouteParams[N]]
    : [params: RouteParams[N]]

/**
 * WeChat refuses an eleventh page on the stack. The browser does not, and there Taro’s `redirectTo` would take away not
 * one page but all down to the last of the same kind: “back” from there shows nothing.
 */
const deepestStack = isInBrowser ? Number.POSITIVE_INFINITY : 10

/** The address that WeChat is opening. */
let opening: string | undefined

/** A row that is pressed twice opens its page once: the second press comes while the page is on its way. */
const isOnItsWay = (url: string): boolean =>
  url === opening || (isInBrowser && window.location.hash === `#${url}`)

/** Opens a page over this one; the pages behind the tab bar are switched to. */
export const openPage = <N extends RouteName>(name: N, ...[params]: Params<N>): void => {
  if (isTab(name)) {
    void Taro.switchTab({ url: `/${routes[name]}` })
    return
  }
  const url = addressOf(name, params ?? {})
  if (isOnItsWay(url)) return
  opening = url
  openTogether(routes[name], params ?? {})
  const isDeep = Taro.getCurrentPages().length >= deepestStack
  void (isDeep ? Taro.redirectTo({ url }) : Taro.navigateTo({ url })).finally(() => {
    opening = undefined
  })
}

/** Puts a page in the place of this one, so that “back” does not return to a form already sent. */
export const replacePage = <N extends RouteName>(name: N, ...[params]: Params<N>): void => {
  if (isTab(name)) void Taro.switchTab({ url: `/${routes[name]}` })
  else void Taro.redirectTo({ url: addressOf(name, params ?? {}) })
}

/** Opens a page with nothing under it. */
export const startOver = (name: RouteName): void => void Taro.reLaunch({ url: addressOf(name, {}) })

/** What a page lies over, where that is not home. */
const below: Partial<Record<RouteName, 'queue'>> = { handle: 'queue', act: 'queue' }

/** One page back; when this page was opened from outside, or anew, to the one it lies over. */
export const goBack = (): void => {
  if (Taro.getCurrentPages().length > 1) {
    void Taro.navigateBack()
    return
  }
  const path = Taro.getCurrentInstance().router?.path.replace(/^\/|\?.*$/g, '')
  const here = (Object.keys(routes) as RouteName[]).find((name) => routes[name] === path)
  replacePage((here && below[here]) ?? 'home')
}

/**
 * Writes into the address of this page what is chosen on it, so that it is chosen again when the page is opened anew.
 * Only a browser has an address.
 */
export const keepInAddress = <N extends RouteName>(name: N, params: RouteParams[N]): void => {
  if (process.env.TARO_ENV === 'h5') history.replaceState(history.state, '', `#${addressOf(name, params)}`)
}

/**
 * What this page's address carries; with it the page begins, and its first questions are asked. Whoever typed the address may have left things out. In the browser another one may
 * be typed over an open page, which neither a page behind the tab bar nor one that comes back into view is told of.
 */
export const usePageParams = <N extends RouteName>(name: N): Partial<RouteParams[N]> => {
  const router = useRouter()
  const [params, setParams] = useState(() => {
    const names = namesIn(readParams(router.params))
    openTogether(routes[name], names, true)
    return names
  })
  const follow = useCallback(() => {
    const typed = paramsTyped(routes[name])
    if (!typed) return
    const names = namesIn(typed)
    setParams((before) => (writeParams(before) === writeParams(names) ? before : names))
  }, [name])
  useReturn(follow)
  useEffect(() => (isTab(name) ? onAddressTyped(follow) : undefined), [name, follow])
  // Sound: an address may leave out any of them, or say what nobody knows: each page looks at what it got.
  return params as Partial<RouteParams[N]>
}

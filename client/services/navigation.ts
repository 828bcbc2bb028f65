import Taro, { useRouter } from '@tarojs/taro'
import { isTab, type RouteName, type RouteParams, routes, type TabName } from '../routes'
import { readParams, writeParams } from './page-address'

const addressOf = (name: RouteName, params: object): string => {
  const query = writeParams(params)
  return query ? `/${routes[name]}?${query}` : `/${routes[name]}`
}

/** A page behind the tab bar is switched to, and WeChat lets that carry nothing. */
type Params<N extends RouteName> = N extends TabName
  ? [params?: undefined]
  : Record<never, string> extends RouteParams[N]
    ? [params?: RouteParams[N]]
    : [params: RouteParams[N]]

/** WeChat refuses an eleventh page on the stack. */
const deepestStack = 10

/** Opens a page over this one; the pages behind the tab bar are switched to. */
export const openPage = <N extends RouteName>(name: N, ...[params]: Params<N>): void => {
  if (isTab(name)) {
    void Taro.switchTab({ url: `/${routes[name]}` })
    return
  }
  const url = addressOf(name, params ?? {})
  void (Taro.getCurrentPages().length >= deepestStack ? Taro.redirectTo({ url }) : Taro.navigateTo({ url }))
}

/** Puts a page in the place of this one, so that “back” does not return to a form already sent. */
export const replacePage = <N extends RouteName>(name: N, ...[params]: Params<N>): void => {
  if (isTab(name)) void Taro.switchTab({ url: `/${routes[name]}` })
  else void Taro.redirectTo({ url: addressOf(name, params ?? {}) })
}

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

/** What this page's address carries. Whoever typed the address may have left things out. */
export const usePageParams = <N extends RouteName>(_name: N): Partial<RouteParams[N]> =>
  readParams(useRouter().params) as Partial<RouteParams[N]>

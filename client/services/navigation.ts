import Taro, { useRouter } from '@tarojs/taro'
import { isTab, type RouteName, type RouteParams, routes } from '../routes'

const addressOf = (name: RouteName, params: object): string => {
  const query = Object.entries(params)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`)
    .join('&')
  return query ? `/${routes[name]}?${query}` : `/${routes[name]}`
}

type Params<N extends RouteName> =
  Record<never, string> extends RouteParams[N] ? [params?: RouteParams[N]] : [params: RouteParams[N]]

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

/** One page back; home when this page was opened from outside. */
export const goBack = (): void => {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack()
  else void Taro.switchTab({ url: `/${routes.home}` })
}

/** What this page's address carries. Whoever typed the address may have left things out. */
export const usePageParams = <N extends RouteName>(_name: N): Partial<RouteParams[N]> => {
  const { params } = useRouter()
  // The browser's router has decoded the address already, WeChat's has not.
  const read = process.env.TARO_ENV === 'weapp' ? decodeURIComponent : String
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => [key, read(value ?? '')]),
  ) as Partial<RouteParams[N]>
}

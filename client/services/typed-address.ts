import { decode } from './page-address'

/**
 * Taro's router decodes the path of an address; malformed percent-encoding throws there, and the router does not
 * recover.
 */
const putRight = (): void => {
  const { hash, pathname, search } = window.location
  const [path = '', query] = hash.split(/(\?.*)/)
  if (decode(path) !== path || !path.includes('%')) return
  history.replaceState(history.state, '', `${pathname}${search}${path.replaceAll('%', '%25')}${query ?? ''}`)
}

// Registered before the router's own listeners, so that it runs before them.
if (process.env.TARO_ENV === 'h5') {
  putRight()
  window.addEventListener('hashchange', putRight)
  window.addEventListener('popstate', putRight)
}

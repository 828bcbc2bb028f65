import { decode } from './page-address'

/** Taro's router decodes where an address leads, and stops for good at what is no encoding. */
const putRight = (): void => {
  const { hash, pathname, search } = window.location
  const [path = '', query] = hash.split(/(\?.*)/)
  if (decode(path) !== path || !path.includes('%')) return
  history.replaceState(history.state, '', `${pathname}${search}${path.replaceAll('%', '%25')}${query ?? ''}`)
}

// This comes before the router's own ear.
if (process.env.TARO_ENV === 'h5') {
  putRight()
  window.addEventListener('hashchange', putRight)
  window.addEventListener('popstate', putRight)
}

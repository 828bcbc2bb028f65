import Taro, { usePageNotFound } from '@tarojs/taro'
import type { PropsWithChildren } from 'react'
import { formerRoutes } from './routes'
import { replacePage, startOver } from './services/navigation'
import { namesIn, readParams } from './services/page-address'
import { openTogether } from './services/page-opening'
import './services/storage'
import './services/typed-address'

// WeChat has said where it opens before any page is made: what that page asks is on its way meanwhile. In the browser
// the page's head has done so.
if (process.env.TARO_ENV === 'weapp') {
  const { path, query } = Taro.getLaunchOptionsSync()
  openTogether(path, namesIn(readParams(query)))
}

export default function App({ children }: PropsWithChildren) {
  usePageNotFound(({ path, query }) => {
    const name = formerRoutes[path.replace(/^\//, '')]
    if (name === 'detail') replacePage(name, { reportId: readParams(query).reportId ?? '' })
    else if (name) replacePage(name, readParams(query))
    else startOver('unknown')
  })
  return children
}

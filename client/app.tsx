import { usePageNotFound } from '@tarojs/taro'
import type { PropsWithChildren } from 'react'
import { formerRoutes } from './routes'
import { replacePage, startOver } from './services/navigation'
import { readParams } from './services/page-address'
import './services/storage'
import './services/typed-address'

export default function App({ children }: PropsWithChildren) {
  usePageNotFound(({ path, query }) => {
    const name = formerRoutes[path.replace(/^\//, '')]
    if (name === 'detail') replacePage(name, { reportId: readParams(query).reportId ?? '' })
    else if (name) replacePage(name, readParams(query))
    else startOver('unknown')
  })
  return children
}

import { usePageNotFound } from '@tarojs/taro'
import type { PropsWithChildren } from 'react'
import { startOver } from './services/navigation'

export default function App({ children }: PropsWithChildren) {
  usePageNotFound(() => startOver('unknown'))
  return children
}

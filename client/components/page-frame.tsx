import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { type ReactNode, useEffect } from 'react'
import { goBack } from '../services/navigation'
import { useLargeType } from '../services/settings'
import { aria } from './aria'
import { ConnectionNotice } from './connection-notice'
import { Icon } from './icon'
import { Late, type LatePart } from './late'
import { Pressable } from './pressable'
import { usePlaceOnPage } from './use-place-on-page'
import { useTabBar } from './use-tab-bar'
import { useWideWindow } from './use-wide-window'
import '../theme/tokens.css'
import './page-frame.css'

const isWeb = process.env.TARO_ENV === 'h5'

const personaSwitch: LatePart<object> | undefined =
  process.env.REDFACE_LOCAL && isWeb
    ? { load: () => import(/* webpackChunkName: "persona-switch" */ './persona-switch') }
    : undefined

interface PageFrameProps {
  readonly title: string
  /** A page behind the tab bar: nothing lies under it to go back to. */
  readonly isTab?: boolean
  /** The one thing to do here, held within the thumb's reach. */
  readonly action?: ReactNode
  /** White from edge to edge instead of cards on the grey ground. */
  readonly isPlain?: boolean
  /** In 大字版, whatever was chosen: it is read by somebody across a counter. */
  readonly isLarge?: boolean
  /** As wide as the window, where there is room. */
  readonly isWide?: boolean
  readonly children: ReactNode
}

/** The frame of every page: tokens and type size, the title, room for the notch, and the action bar. */
export function PageFrame(props: PageFrameProps) {
  const { title, isTab = false, action, isPlain = false, isWide = false, children } = props
  const isLarge = useLargeType() || props.isLarge

  useEffect(() => {
    if (!isWeb) void Taro.setNavigationBarTitle({ title })
  }, [title])
  const heading = usePlaceOnPage(title)
  useTabBar(isTab)
  useWideWindow(isWide)

  const classes = [
    'page-frame',
    isWeb && 'page-frame--web',
    isLarge && 'page-frame--large',
    isPlain && 'page-frame--plain',
  ]

  return (
    <View className={classes.filter(Boolean).join(' ')}>
      {isWeb && (
        <View className="page-frame__header" {...aria({ role: 'banner' })}>
          {!isTab && (
            <Pressable className="page-frame__back" label="返回" onPress={goBack}>
              <Icon name="chevron-left" size={1.4} />
            </Pressable>
          )}
          <View className="page-frame__title" {...heading}>
            {title}
          </View>
        </View>
      )}
      <View className="page-frame__connection">
        <ConnectionNotice />
      </View>
      <View className="page-frame__body" {...aria({ role: 'main' })}>
        {children}
      </View>
      {action && (
        <View className="page-frame__action" {...aria({ role: 'region', label: '这一页能做的' })}>
          {action}
        </View>
      )}
      {personaSwitch && <Late part={personaSwitch} props={{}} />}
    </View>
  )
}

import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { aria } from './aria'
import type { IconName } from './icon'
import { Icon } from './icon'
import { PageFrame } from './page-frame'
import { Pressable } from './pressable'
import './on-paper.css'
import './work-frame.css'

export interface WorkPlace {
  readonly key: string
  readonly label: string
  readonly icon: IconName
  readonly onOpen: () => void
}

interface WorkFrameProps {
  readonly title: string
  /** Whose work this is. */
  readonly unitName?: string | undefined
  /** Where else one can go from here; a wide window shows them beside the page, a telephone on the page before. */
  readonly places: readonly WorkPlace[]
  /** The key of the place that is shown. */
  readonly here: string
  /** What belongs to what is chosen: at the right of a wide window, under the page on a telephone. */
  readonly aside?: ReactNode
  readonly action?: ReactNode
  /** What lies over the page: a sheet. */
  readonly over?: ReactNode
  readonly children: ReactNode
}

/** The frame of a page on which one sets something up: one column on a telephone, up to three in a wide window. */
export function WorkFrame({ title, unitName, places, here, aside, action, over, children }: WorkFrameProps) {
  return (
    <PageFrame title={title} isWide action={action}>
      <View className={`work-frame ${aside ? 'work-frame--aside' : ''}`}>
        <View className="work-frame__places" {...aria({ role: 'navigation', label: '设置里的各处' })}>
          {unitName && <View className="work-frame__unit">{unitName}</View>}
          {places.map(({ key, label, icon, onOpen }) => (
            <Pressable
              key={key}
              className={`work-frame__place ${key === here ? 'work-frame__place--here' : ''}`}
              name={`place-${key}`}
              onPress={key === here ? undefined : onOpen}
            >
              <Icon name={icon} size={1.2} />
              <View>{label}</View>
            </Pressable>
          ))}
        </View>
        <View className="work-frame__main">{children}</View>
        {aside && <View className="work-frame__aside">{aside}</View>}
      </View>
      {over}
    </PageFrame>
  )
}

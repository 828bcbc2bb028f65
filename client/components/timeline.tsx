import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon'
import { type Photo, PhotoGrid } from './photo-grid'
import type { Tone } from './status-tag'
import './timeline.css'
import './tones.css'

export interface TimelineStep {
  readonly key: string
  readonly icon: IconName
  readonly tone: Tone
  /** What happened, in one line: “受理了”. */
  readonly title: string
  /** When, as one says it: “6月3日 上午9:20”. */
  readonly when: string
  readonly who?: string | null
  readonly body?: ReactNode
  readonly photos?: readonly Photo[]
  /** Still to come: drawn hollow. */
  readonly isAhead?: boolean
}

interface TimelineProps {
  readonly steps: readonly TimelineStep[]
}

/** What happened, one step under the other, each with when and who. */
export function Timeline({ steps }: TimelineProps) {
  return (
    <View className="timeline">
      {steps.map((step) => (
        <View key={step.key} className={`timeline__step ${step.isAhead ? 'timeline__step--ahead' : ''}`}>
          <View className={`timeline__sign tone-${step.tone}`}>
            <Icon name={step.icon} size={1.1} />
          </View>
          <View className="timeline__words">
            <View className="timeline__title">{step.title}</View>
            <View className="timeline__when">{[step.when, step.who].filter(Boolean).join(' · ')}</View>
            {step.body && <View className="timeline__body">{step.body}</View>}
            {step.photos && step.photos.length > 0 && <PhotoGrid photos={step.photos} />}
          </View>
        </View>
      ))}
    </View>
  )
}

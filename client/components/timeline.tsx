import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { LinkText } from './card'
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

const shownAtFirst = 8

interface FoldedTimelineProps extends TimelineProps {
  /** How many steps there are besides that have not been fetched. */
  readonly missingCount: number
  readonly isUnfolded: boolean
  /** Shows the whole of it, and fetches what is missing. */
  readonly onUnfold: () => void
  /** Set when what is missing could not be fetched. */
  readonly retry: (() => void) | undefined
}

/** The latest steps, with a way to all those before them: what is left out is said. */
export function FoldedTimeline(props: FoldedTimelineProps) {
  const { steps, missingCount, isUnfolded, onUnfold, retry } = props
  const count = steps.length + missingCount
  const isCut = !isUnfolded && count > shownAtFirst + 1
  return (
    <View data-test="trace">
      <Timeline steps={isCut ? steps.slice(0, shownAtFirst) : steps} />
      {isCut && <LinkText label={`看前面的${count - shownAtFirst}步`} onPress={onUnfold} />}
      {isUnfolded && retry && <LinkText label={`更早的${missingCount}步没取到，再试一次`} onPress={retry} />}
    </View>
  )
}

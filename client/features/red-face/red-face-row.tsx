import { View } from '@tarojs/components'
import { FactLine } from '../../components/fact-line'
import { withIcon } from '../../components/icon'
import { Pressable } from '../../components/pressable'
import { dateText } from '../../components/time-text'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { alsoMetText } from '../../words/households'
import { consentText, isTakenOff } from '../../words/red-face-entry'
import { rowFacts } from '../../words/row'
import { CauseTags } from './cause-tags'
import { DaysListed } from './days-listed'
import { type RedFaceRowView, whoAnswersText } from './words'
import './red-face-row.css'

interface RedFaceRowProps {
  readonly entry: RedFaceRowView
}

/** One entry of the list: the matter, who answers for it, why it is on and for how long. */
export function RedFaceRow({ entry }: RedFaceRowProps) {
  const { id, summary, submittedAt, causes, state, clearedAt, consent } = entry
  const met = alsoMetText(entry)
  const isQuiet = isTakenOff(consent)
  return (
    <Pressable
      className="red-face-row"
      name="red-face-row"
      onPress={() => openPage('redFaceEntry', { entryId: id })}
    >
      <View className="red-face-row__head">
        <View className="red-face-row__words">
          <View className="red-face-row__summary">{summary}</View>
          <View className={`red-face-row__fact ${withIcon('landmark')}`}>{whoAnswersText(entry)}</View>
          {submittedAt !== null && (
            <FactLine
              facts={rowFacts(
                { ...entry, title: summary, placeWords: '', submittedAt, number: null },
                serverNow(),
              )}
            />
          )}
          {met && <View className={`red-face-row__fact ${withIcon('users')}`}>{met}</View>}
        </View>
        <DaysListed entry={entry} />
      </View>
      {state === 'cleared' && clearedAt !== null ? (
        <View
          className={`red-face-row__cleared ${isQuiet ? 'red-face-row__cleared--quiet' : ''} ${withIcon(isQuiet ? 'circle' : 'badge-check')}`}
        >
          {`${dateText(clearedAt, serverNow())} ${consentText(consent)}`}
        </View>
      ) : (
        <CauseTags causes={causes} />
      )}
    </Pressable>
  )
}

import { View } from '@tarojs/components'
import { FactLine } from '../../components/fact-line'
import { withIcon } from '../../components/icon'
import { Picture } from '../../components/picture'
import { Pressable } from '../../components/pressable'
import { StatusTag } from '../../components/status-tag'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { overdueTag, runningDue } from '../../words/due'
import { alsoMetText } from '../../words/households'
import { redFaceWords } from '../../words/red-face'
import { rowFacts, standingWord } from '../../words/row'
import type { Matter } from './words'
import './matter-row.css'

interface MatterRowProps {
  readonly matter: Matter
}

/** One matter as everybody may see it. */
export function MatterRow({ matter }: MatterRowProps) {
  const { id, title, thumbUrl, branchName, redFaceState, isOverdue } = matter
  const now = serverNow()
  const due = runningDue(matter)
  const met = alsoMetText(matter)
  return (
    <Pressable className="matter-row" name="matter-row" onPress={() => openPage('detail', { reportId: id })}>
      <View className="matter-row__title">{title}</View>
      <View className="matter-row__fact">
        <FactLine facts={rowFacts({ ...matter, placeWords: branchName }, now)} />
      </View>
      <View className="matter-row__tags">
        <StatusTag {...standingWord(matter, now)} />
        {isOverdue && due && <StatusTag {...overdueTag(due)} />}
        {redFaceState !== null && redFaceState !== 'noticed' && <StatusTag {...redFaceWords[redFaceState]} />}
        {met && <View className={`matter-row__supporters ${withIcon('users')}`}>{met}</View>}
      </View>
      {thumbUrl !== null && <Picture className="matter-row__picture" url={thumbUrl} alt="" isLazy />}
    </Pressable>
  )
}

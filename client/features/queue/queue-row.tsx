import { View } from '@tarojs/components'
import { Countdown } from '../../components/countdown'
import { FactLine } from '../../components/fact-line'
import { withIcon } from '../../components/icon'
import { Picture } from '../../components/picture'
import { Pressable } from '../../components/pressable'
import { StatusTag } from '../../components/status-tag'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { countdownWords, runningDue } from '../../words/due'
import { alsoMetText } from '../../words/households'
import { redFaceWords } from '../../words/red-face'
import { requestTag } from '../../words/request'
import { isLevelRole, isPartnerRole } from '../../words/roles'
import { rowFacts, standingWord } from '../../words/row'
import { handlerTag, orderText, type QueueCard, type Workplace } from './words'
import './queue-row.css'

interface QueueRowProps {
  readonly card: QueueCard
  /** Through which seat it is read. */
  readonly workplace: Workplace
}

/** One report in a queue: what, which, by when; to who has the work also what was asked of them. */
export function QueueRow({ card, workplace }: QueueRowProps) {
  const now = serverNow()
  const isHandler = isPartnerRole(workplace.role)
  const facts = [
    ...rowFacts(card, now),
    // Levels above and partners see many branches' work in one list.
    isLevelRole(workplace.role) || isHandler ? card.branchName : '',
  ]
  const order = orderText(card, workplace, now)
  const handler = handlerTag(card, workplace)
  const due = runningDue(card)
  const met = alsoMetText(card)
  return (
    <Pressable
      className="queue-row"
      name="report-row"
      onPress={() => openPage('handle', { reportId: card.id })}
    >
      <View className="queue-row__title">{card.title}</View>
      <View className="queue-row__facts">
        <FactLine facts={facts} />
      </View>
      {card.thumbUrl && <Picture className="queue-row__picture" url={card.thumbUrl} alt="" isLazy />}
      {order && <View className="queue-row__order">{order}</View>}
      <View className="queue-row__foot">
        {due ? (
          <Countdown say={(at) => countdownWords(due, at, isHandler)} />
        ) : (
          <StatusTag {...standingWord(card, now)} />
        )}
        {handler && <StatusTag tone={handler.tone} icon="hard-hat" text={handler.text} />}
        {card.redFaceState && <StatusTag {...redFaceWords[card.redFaceState]} />}
        {card.pendingRequestKind && (
          <StatusTag tone="waiting" icon="hourglass" text={requestTag(card.pendingRequestKind)} />
        )}
        {met && <View className={`queue-row__supporters ${withIcon('users')}`}>{met}</View>}
      </View>
    </Pressable>
  )
}

import { View } from '@tarojs/components'
import { statusLabel } from '../../../cloudfunctions/domain/report/lifecycle'
import { Countdown } from '../../components/countdown'
import { withIcon } from '../../components/icon'
import { Picture } from '../../components/picture'
import { Pressable } from '../../components/pressable'
import { StatusTag } from '../../components/status-tag'
import { instantText } from '../../components/time-text'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { countdownWords, runningDue } from '../../words/due'
import { requestTag } from '../../words/matter'
import { handlerTag, type QueueCard } from './words'
import './queue-row.css'

interface QueueRowProps {
  readonly card: QueueCard
  /** Upper levels see many branches' work in one list. */
  readonly isBranchShown: boolean
  /** Read by those who do the work for the unit that answers for it. */
  readonly isHandler: boolean
}

/** One report in a queue: what, where, by when. */
export function QueueRow({ card, isBranchShown, isHandler }: QueueRowProps) {
  const facts = [
    [card.categoryName, card.placeWords].filter(Boolean).join(' · '),
    isBranchShown ? card.branchName : '',
    `${instantText(card.submittedAt, serverNow())}上报`,
  ]
  const handler = handlerTag(card)
  const due = runningDue(card)
  return (
    <Pressable
      className="queue-row"
      name="report-row"
      onPress={() => openPage('handle', { reportId: card.id })}
    >
      <View className="queue-row__title">{card.title}</View>
      <View className="queue-row__facts">{facts.filter(Boolean).join('\n')}</View>
      {card.thumbUrl && <Picture className="queue-row__picture" url={card.thumbUrl} alt="" isLazy />}
      <View className="queue-row__foot">
        {due ? (
          <Countdown say={(now) => countdownWords(due, now, isHandler)} />
        ) : (
          <StatusTag tone="plain" icon="circle" text={statusLabel(card.status)} />
        )}
        {handler && <StatusTag tone={handler.tone} icon="hard-hat" text={handler.text} />}
        {card.redFaceState && (
          <StatusTag
            tone="alert"
            icon="clipboard-list"
            text={card.redFaceState === 'noticed' ? '红脸预告' : '在红脸榜'}
          />
        )}
        {card.pendingRequestKind && (
          <StatusTag tone="waiting" icon="hourglass" text={requestTag(card.pendingRequestKind)} />
        )}
        {card.supporterCount > 0 && (
          <View className={`queue-row__supporters ${withIcon('users')}`}>
            {`另有${card.supporterCount}户也遇到`}
          </View>
        )}
      </View>
    </Pressable>
  )
}

import { Image, View } from '@tarojs/components'
import { deadlineLabels } from '../../../cloudfunctions/domain/deadline/deadline-kind'
import { Countdown } from '../../components/countdown'
import { withIcon } from '../../components/icon'
import { StatusTag } from '../../components/status-tag'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { requestTag } from '../../words/matter'
import { isLevelRole, isPartnerRole } from '../../words/roles'
import { rowLine, standingText } from '../../words/row'
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
  const facts = [
    rowLine(card, now),
    // Levels above and partners see many branches' work in one list.
    isLevelRole(workplace.role) || isPartnerRole(workplace.role) ? card.branchName : '',
  ]
  const order = orderText(card, workplace, now)
  const handler = handlerTag(card, workplace)
  return (
    <View
      className="queue-row"
      role="button"
      hoverClass="queue-row--pressed"
      data-test="report-row"
      onClick={() => openPage('handle', { reportId: card.id })}
    >
      <View className="queue-row__title">{card.title}</View>
      <View className="queue-row__facts">{facts.filter(Boolean).join('\n')}</View>
      {card.thumbUrl && (
        <Image className="queue-row__picture" src={card.thumbUrl} mode="aspectFill" lazyLoad />
      )}
      {order && <View className="queue-row__order">{order}</View>}
      <View className="queue-row__foot">
        {card.runningDueAt === null || card.runningDueKind === null ? (
          <StatusTag tone="plain" icon="circle" text={standingText(card, now)} />
        ) : (
          <Countdown
            dueAt={card.runningDueAt}
            what={deadlineLabels[card.runningDueKind]}
            isDueSoon={card.isDueSoon}
          />
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
    </View>
  )
}

import { ErrorState } from '../../components/empty-state'
import { Sheet } from '../../components/sheet'
import { Skeleton } from '../../components/skeleton'
import { instantText } from '../../components/time-text'
import { Timeline } from '../../components/timeline'
import { serverNow } from '../../services/server-time'
import { useQuery } from '../../services/use-query'
import { termText } from '../../words/term'
import { type HistoryLine, happenedText } from './words'

/** What it was and what it became, where the dates changed. */
const bodyOf = ({ kind, before, after }: HistoryLine, now: number): string | undefined => {
  if (after === null) return undefined
  if (before === null || kind === 'over') return termText(after, now)
  return `原来${termText(before, now)}；现在${termText(after, now)}`
}

interface HistorySheetProps {
  readonly of: { readonly seatId: string } | { readonly invitationId: string }
  readonly title: string
  readonly onClose: () => void
}

/** Every change of a seat and of its invitation: who, when, before, after. */
export function HistorySheet({ of, title, onClose }: HistorySheetProps) {
  const { query, retry } = useQuery('people.history', of)
  const now = serverNow()
  return (
    <Sheet isOpen title={title} onClose={onClose}>
      {query.state === 'loading' && <Skeleton />}
      {query.state === 'failed' && <ErrorState message={query.error.message} onRetry={retry} />}
      {query.state === 'ready' && (
        <Timeline
          steps={[...query.value.lines].reverse().map((line, at) => {
            const { title: what, icon, tone } = happenedText(line)
            return {
              key: `${line.of} ${line.at} ${at}`,
              icon,
              tone,
              title: what,
              when: instantText(line.at, now),
              who: line.by && [line.by.name, line.by.unitName].filter(Boolean).join('，'),
              body: bodyOf(line, now),
            }
          })}
        />
      )}
    </Sheet>
  )
}

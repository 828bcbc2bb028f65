import { Fragment, type ReactNode } from 'react'
import { type DraftSlot, useDraftSlot } from '../services/draft-slot'
import { Notice } from './rows'

interface InDraftSlotProps {
  /** What is written, for one person; each of their windows has its own. */
  readonly name: string
  /** Stands there until it is known which draft is this window's. */
  readonly meanwhile?: ReactNode
  readonly children: (slot: DraftSlot) => ReactNode
}

/** What somebody writes into a draft that this window alone writes. */
export function InDraftSlot({ name, meanwhile = null, children }: InDraftSlotProps) {
  const slot = useDraftSlot(name)
  return slot ? <Fragment key={slot.name}>{children(slot)}</Fragment> : meanwhile
}

/** Another window holds the same, begun and not sent. */
export function WrittenElsewhere() {
  return (
    <Notice tone="waiting" icon="info" title="别的窗口里还有没写完的">
      这里是新的，两边互不影响。
    </Notice>
  )
}

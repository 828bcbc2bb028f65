import type { LedgerKind } from '../../cloudfunctions/contexts/red-face/rules/ledger'
import type { IconName } from '../components/icon'
import { answerableText } from './answerable'
import { struckLabel } from './red-face-cause'

/** What each row of the ledger records. */
export const ledgerWords: Readonly<
  Record<LedgerKind | 'withheld', { readonly label: string; readonly icon: IconName }>
> = {
  opened: { label: `登记，告知${answerableText}`, icon: 'pencil' },
  published: { label: '公开上榜', icon: 'flag' },
  frozen: { label: `${answerableText}申诉`, icon: 'scale' },
  unfrozen: { label: '申诉结束', icon: 'scale' },
  // The row says that a stay ended, and not how: put right or taken off.
  cleared: { label: '下榜', icon: 'badge-check' },
  restored: { label: '居民申诉成立，恢复', icon: 'history' },
  struck: { label: struckLabel, icon: 'scale' },
  sealed: { label: '三率定稿', icon: 'file-text' },
  // One and the same for a row within its notice and for one that ended there: which it is would tell too much.
  withheld: { label: '不公开的一笔', icon: 'hourglass' },
}

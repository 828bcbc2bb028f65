import type { UnitDeed } from '../../../cloudfunctions/contexts/organisation/rules/unit-deeds'
import type { DraftSlot } from '../../services/draft-slot'
import type { KeptUnit, UnitChangeView } from '../../words/unit-change'

/** A deed that is open in a sheet. */
export interface DeedSheetProps {
  readonly deed: UnitDeed
  readonly seatUnitId: string
  readonly unit: KeptUnit
  /** What has become of it last: it says what somebody else has done meanwhile. */
  readonly latest: UnitChangeView | undefined
  readonly named: readonly { readonly id: string; readonly name: string }[]
  readonly reload: () => Promise<void>
  /** With another unit, where that is the one to look at now. */
  readonly onDone: (after?: string) => void
  readonly onClose: () => void
}

/** What a form of a deed is given. */
export interface DeedFormProps extends DeedSheetProps {
  readonly slot: DraftSlot
}

import type { Store } from '../../platform/cloudbase/database'
import type { ShapeHistory, Stored } from '../../platform/cloudbase/shape'
import type { Partnership, Unit } from '../organisation/rules/unit'
import { partnershipDocumentOf } from './store'

export const partnershipShapes = (store: Store): ShapeHistory => ({
  steps: [
    // Partnerships have a history now; of one of before nobody knows who agreed to it.
    async (document) => {
      if ('terms' in document) return document
      const { _id, ...agreed } = document as unknown as Omit<Partnership, 'id'> & { readonly _id: string }
      const unit = await store.get<Pick<Unit, 'path'>>('units', agreed.unitId)
      return partnershipDocumentOf({ ...agreed, id: _id }, unit?.path ?? [agreed.unitId]) as unknown as Stored
    },
  ],
})

import type { ShapeHistory } from '../../platform/cloudbase/shape'
import { participantKey } from './rules/participant-key'
import type { Digests } from './shapes'

export const participantShapes = ({ keyed, sha256 }: Digests): ShapeHistory => ({
  steps: [
    // The key was a plain digest, which whoever guesses the account can make; the document is named after it.
    (document) => {
      const { accountId, reportId, key } = document as unknown as Readonly<Record<string, string>>
      if (accountId === undefined || reportId === undefined) return document
      if (key !== participantKey(sha256, accountId, reportId)) return document
      const newKey = participantKey(keyed, accountId, reportId)
      return { ...document, _id: `${reportId}.${newKey}`, key: newKey }
    },
  ],
})

import { useState } from 'react'
import { call, type Trouble } from '../../services/api'
import { intentionFor, type ReportDraft, type Submission } from './draft'
import type { SubmitReceipt } from './words'

/**
 * Sends the draft. Its command id is kept in the draft before anything leaves the device, so that the same words
 * sent again after a lost answer, or after the app was closed, make one report.
 */
export const useSubmit = (
  draft: ReportDraft,
  keepIntention: (intention: ReportDraft['intention']) => void,
) => {
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<Trouble>()
  const [receipt, setReceipt] = useState<SubmitReceipt>()

  const submit = async (submission: Submission): Promise<Trouble | undefined> => {
    const intention = intentionFor(draft, submission)
    keepIntention(intention)
    setIsBusy(true)
    setError(undefined)
    const outcome = await call('report.submit', { ...submission, commandId: intention.commandId })
    setIsBusy(false)
    if (outcome.ok) {
      setReceipt(outcome.value)
      return undefined
    }
    setError(outcome.error)
    return outcome.error
  }

  return { submit, isBusy, error, receipt }
}

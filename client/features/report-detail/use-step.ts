import type { InputOf, OutputOf } from '../../../cloudfunctions/contract/contract'
import type { Outcome } from '../../services/api'
import { useCommand } from '../../services/use-command'

type StepAction = 'report.rate' | 'report.reopen' | 'report.appeal' | 'report.withdraw'

const movedOn = '这件事刚刚有了新进展，已经取来最新的。您填的还在，请再按一次。'

/**
 * One step of the resident on a report. When the report has moved on meanwhile it is fetched anew and what was
 * typed stays; `message` says so.
 */
export const useStep = <A extends StepAction>(
  action: A,
  report: { readonly id: string; readonly rev: number },
  reload: () => Promise<void>,
) => {
  const { run, isBusy, error } = useCommand(action)

  const step = async (
    words: Omit<InputOf<A>, 'commandId' | 'reportId' | 'rev'>,
  ): Promise<Outcome<OutputOf<A>>> => {
    const input = { ...words, reportId: report.id, rev: report.rev }
    const outcome = await run(input as unknown as Omit<InputOf<A>, 'commandId'>)
    if (!outcome.ok && outcome.error.code === 'stale-rev') await reload()
    return outcome
  }

  return { step, isBusy, message: error?.code === 'stale-rev' ? movedOn : error?.message }
}

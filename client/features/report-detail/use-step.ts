import type { InputOf, OutputOf } from '../../../cloudfunctions/contract/contract'
import type { Outcome } from '../../services/api'
import { fieldProblems } from '../../services/field-problems'
import { useCommand } from '../../services/use-command'

/** What a resident does to a report that exists, apart from joining it. */
export type StepAction =
  | 'report.rate'
  | 'report.reopen'
  | 'report.appeal'
  | 'report.appealLook'
  | 'report.sayToAppeal'
  | 'report.appealStruck'
  | 'report.add'
  | 'report.urge'
  | 'report.answer'
  | 'report.denyContact'
  | 'report.agree'
  | 'report.sayReasonGone'
  | 'report.unmerge'
  | 'report.withdraw'

export type StepInput<A extends StepAction> = Omit<InputOf<A>, 'commandId' | 'reportId' | 'rev' | 'asUnitId'>

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

  const step = async (words: StepInput<A>): Promise<Outcome<OutputOf<A>>> => {
    const input = { ...words, reportId: report.id, rev: report.rev }
    const outcome = await run(input as unknown as Omit<InputOf<A>, 'commandId'>)
    if (!outcome.ok && outcome.error.code === 'stale-rev') await reload()
    return outcome
  }

  return {
    step,
    isBusy,
    message: error?.code === 'stale-rev' ? movedOn : error?.message,
    problems: fieldProblems(error),
  }
}

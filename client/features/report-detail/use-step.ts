import type { InputOf, OutputOf } from '../../../cloudfunctions/contract/contract'
import type { Outcome } from '../../services/api'
import { fieldProblems } from '../../services/field-problems'
import { useCommand } from '../../services/use-command'
import { useClash } from '../../words/use-clash'
import type { ReportDetail } from './words'

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

/**
 * One step of the resident on a report. When the report has moved on meanwhile it is fetched anew and what was
 * typed stays; `clash` says who did what.
 */
export const useStep = <A extends StepAction>(
  action: A,
  report: Pick<ReportDetail, 'id' | 'rev' | 'timeline'>,
  reload: () => Promise<void>,
) => {
  const { run, isBusy, error } = useCommand(action)
  const { clash, begin, meet } = useClash(report.timeline, error, reload)

  const step = async (words: StepInput<A>): Promise<Outcome<OutputOf<A>>> => {
    begin()
    const input = { ...words, reportId: report.id, rev: report.rev }
    const outcome = await run(input as unknown as Omit<InputOf<A>, 'commandId'>)
    if (!outcome.ok) await meet(outcome.error)
    return outcome
  }

  return {
    step,
    isBusy,
    clash,
    message: clash ? undefined : error?.message,
    problems: fieldProblems(error),
  }
}

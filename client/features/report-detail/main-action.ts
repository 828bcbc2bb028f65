import { isOwn, type ReportDetail } from './words'

/** What opens a sheet. */
export type Step =
  | 'rate'
  | 'reopen'
  | 'appeal'
  | 'appeal-look'
  | 'say-to-appeal'
  | 'appeal-struck'
  | 'add-to'
  | 'answer'
  | 'deny-contact'
  | 'say-reason-gone'
  | 'unmerge'
  | 'withdraw'
  | 'answer-gone'
  | 'answer-not-gone'
  | 'agree-reclassify'
  | 'agree-relocate'
  | 'agree-extend'
  | 'agree-merge'

export type MainAction =
  | 'rate'
  | 'answer-red-face'
  | 'say-to-appeal'
  | 'answer'
  | 'agree'
  | 'appeal-struck'
  | 'reopen'
  | 'appeal'
  | 'follow'
  | 'support'
  | 'handle'

/** The one thing this reader can do about the report now; nothing for those who can only look. */
export const mainActionOf = (report: ReportDetail): MainAction | undefined => {
  const { actions, view, part, urgeAgainAt } = report
  const offered = (
    [
      'rate',
      'answer-red-face',
      'say-to-appeal',
      'answer',
      'agree',
      'appeal-struck',
      'reopen',
      'appeal',
    ] as const
  ).find((action) => actions.includes(action))
  if (offered && (part !== null || view !== 'staff')) return offered
  if (view === 'staff' && !isOwn(report)) return 'handle'
  // Who has urged sees when they may again.
  const mayUrge = actions.includes('urge') || urgeAgainAt !== undefined
  if (actions.includes('add-to') || (part !== null && mayUrge)) return 'follow'
  return actions.includes('support') && part === null ? 'support' : undefined
}

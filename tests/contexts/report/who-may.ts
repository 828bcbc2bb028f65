import type { ReportStatus } from '../../../cloudfunctions/contexts/report/rules/lifecycle'
import type { ReportAction } from '../../../cloudfunctions/contexts/report/steps/registry'

/**
 * L4: who may do what while the report stands where, written down from the rules and not from the code. A line is
 * `who: statuses`; `who` is a resident's part, or a place towards the report and the roles that may.
 */
const unsorted = 'unrouted'
const open = 'unrouted routed accepted dispatched awaiting-check suspended'
const working = 'accepted dispatched awaiting-check suspended'
const listed = `${open} resolved closed declined`
const all = `${listed} merged withdrawn`
/** A partner's people, or the one of the answering unit's own who was handed the work. */
const handler = 'handler partner-lead partner-staff secretary grid-worker clerk'

export const whoMay: Readonly<Record<ReportAction, readonly string[]>> = {
  support: [`resident: ${open}`, `supporter: ${open}`],
  // What nobody has reported yet (its condition says so).
  'take-up': [`resident: ${open}`, `supporter: ${open}`],
  // The service centre that filed it for somebody, whatever has become of it.
  reprint: [`printer counter: ${all}`],
  'add-to': [`reporter: ${open} resolved`, `co-reporter: ${open} resolved`],
  urge: [`reporter: ${open}`, `co-reporter: ${open}`, `supporter: ${open}`, `above clerk: ${open}`],
  answer: [`reporter: ${open} resolved`],
  'open-message': [`reporter: ${open} resolved closed`, `co-reporter: ${open} resolved closed`],
  // Whoever was said to have been called may say no whatever has become of it since.
  'deny-contact': [`reporter: ${listed} merged`, `co-reporter: ${listed} merged`],
  rate: ['reporter: resolved closed', 'co-reporter: resolved closed'],
  reopen: ['reporter: closed', 'co-reporter: closed'],
  appeal: ['reporter: declined', 'co-reporter: declined', 'supporter: declined closed'],
  'appeal-look': [`reporter: ${listed}`, `co-reporter: ${listed}`, `supporter: ${listed}`],
  'say-to-appeal': [`reporter: ${listed}`, `co-reporter: ${listed}`, `supporter: ${listed}`],
  'appeal-struck': [`reporter: ${listed}`, `co-reporter: ${listed}`, `supporter: ${listed}`],
  'answer-red-face': [
    `reporter: ${open} closed declined`,
    `co-reporter: ${open} closed declined`,
    `supporter: ${listed}`,
  ],
  agree: [`reporter: ${open}`, `co-reporter: ${open}`],
  'say-reason-gone': ['reporter: suspended', 'co-reporter: suspended'],
  unmerge: ['reporter: merged'],
  withdraw: [`reporter: ${open}`],

  accept: ['branch secretary grid-worker clerk: routed', 'above clerk: routed'],
  'reveal-phone': [`branch secretary grid-worker clerk: routed ${working}`],
  contact: [`branch secretary grid-worker clerk: ${working}`],
  ask: [`branch secretary grid-worker clerk: routed ${working}`],
  return: ['branch secretary clerk: routed'],
  transfer: ['branch secretary clerk: routed accepted'],
  'take-over': ['alternate secretary clerk: routed'],
  dispatch: ['branch secretary clerk: accepted dispatched'],
  recall: ['branch secretary clerk: dispatched awaiting-check'],
  progress: [`branch secretary grid-worker clerk: ${working}`, `${handler}: dispatched awaiting-check`],
  note: [
    `branch secretary grid-worker clerk: ${listed}`,
    `${handler}: dispatched awaiting-check`,
    `above clerk: ${listed}`,
    `sorter clerk: ${unsorted}`,
  ],
  'lay-plan': [`branch secretary clerk: ${working}`],
  reclassify: [
    `branch secretary clerk: routed ${working}`,
    `sorter clerk: ${unsorted}`,
    `above clerk: ${open}`,
  ],
  relocate: [
    `branch secretary clerk: routed ${working}`,
    `sorter clerk: ${unsorted}`,
    `above clerk: ${open}`,
  ],
  'correct-summary': [
    `branch secretary grid-worker clerk: ${working} resolved closed`,
    `above clerk: ${listed}`,
  ],
  check: ['branch secretary clerk: awaiting-check', 'above clerk: awaiting-check'],
  rework: ['branch secretary clerk: awaiting-check', 'above clerk: awaiting-check'],
  resolve: ['branch secretary grid-worker clerk: accepted'],
  // Its unit has ended while it is on the list (A4).
  'lay-evidence': [
    `branch secretary grid-worker clerk: ${listed}`,
    `heir secretary grid-worker clerk: ${listed}`,
  ],
  merge: [
    'branch secretary clerk: routed accepted',
    `sorter clerk: ${unsorted}`,
    'above clerk: unrouted routed accepted',
  ],
  decline: ['branch secretary clerk: routed', `sorter clerk: ${unsorted}`],
  suspend: ['branch secretary clerk: accepted dispatched'],
  extend: ['branch secretary clerk: accepted dispatched awaiting-check'],
  resume: ['branch secretary clerk: suspended'],
  'ask-look': [`branch secretary clerk: ${listed}`, `heir secretary clerk: ${listed}`],
  'appeal-red-face': [`blamed secretary clerk: ${listed}`],
  'declare-red-face': [`branch secretary clerk: ${working}`],

  'send-back': [`${handler}: dispatched`],
  'claim-fixed': [`${handler}: dispatched`],

  route: [`sorter clerk: ${unsorted}`, `above clerk: ${unsorted}`],
  reassign: [`above clerk: routed ${working}`],
  supervise: [`above clerk: ${open}`],
  'rule-on': [`above clerk: ${all}`, `ruling clerk: ${all}`],
  look: [`above clerk: ${listed}`, `ruling clerk: ${listed}`],
}

/** `place role status` of every line, for a look-up. */
export const mayBy = (action: ReportAction): ReadonlySet<string> =>
  new Set(
    whoMay[action].flatMap((line) => {
      const [who = '', statuses = ''] = line.split(': ')
      const [place = '', ...roles] = who.split(' ')
      return (roles.length > 0 ? roles : ['resident']).flatMap((role) =>
        statuses.split(' ').map((status) => `${place} ${role} ${status}`),
      )
    }),
  )

export const keyOf = (place: string, role: string, status: ReportStatus): string =>
  `${place} ${role} ${status}`

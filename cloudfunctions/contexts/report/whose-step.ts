import { type Refusal, refuse } from '../../ground/result'
import { activeEpisode } from '../red-face/rules/red-face'
import { accessTable } from './access'
import { statusLabel } from './rules/lifecycle'
import { currentHandler, type Report } from './rules/report'
import type { Relation } from './rules/standing'
import type { ReportAction } from './steps/registry'

/** Who acts in it for the unit that has it and has ended. */
const heirNameIn = ({ redFaces, answerableUnit }: Report): string | undefined =>
  activeEpisode(redFaces)?.causes.find(({ unit }) => unit.id === answerableUnit.id)?.heir?.name

/** Whom a relation names in this matter, in words that everybody may read of it. */
const whoIs: Readonly<Record<Relation, (report: Report) => string>> = {
  reporter: () => '上报人',
  'co-reporter': () => '上报人',
  supporter: () => '也遇到的居民',
  branch: ({ answerableUnit }) => answerableUnit.name,
  handler: (report) => currentHandler(report)?.unitName ?? '干活的单位',
  alternate: () => '旁边的单位',
  sorter: ({ answerableUnit }) => answerableUnit.name,
  above: () => '上级党委',
  ruling: () => '上级党委',
  blamed: () => '上榜的单位',
  heir: (report) => heirNameIn(report) ?? report.answerableUnit.name,
  printer: () => '打回执的窗口',
  resident: () => '居民',
  anyone: () => '登录的人',
}

/** Who may take this step as the matter stands, else who may at another time; never more than two. */
const whoseStep = (action: ReportAction, report: Report): string => {
  const grants = accessTable[action]
  const now = grants.filter(({ statuses }) => statuses.includes(report.status))
  const names = (now.length > 0 ? now : grants).map(({ relation }) => whoIs[relation](report))
  return [...new Set(names)].slice(0, 2).join('或')
}

/** Why somebody may not take a step: whose it is, or as what the matter stands. */
export const denialOf = (
  why: 'not-allowed' | 'wrong-status',
  action: ReportAction,
  report: Report,
): { readonly ok: false; readonly error: Refusal } =>
  why === 'not-allowed'
    ? refuse(why, undefined, `这一步不归您，由${whoseStep(action, report)}来做`)
    : refuse(why, undefined, `这件事现在是“${statusLabel(report.status)}”，这一步做不了`)

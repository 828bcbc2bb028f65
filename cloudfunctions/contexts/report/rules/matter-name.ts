import { redFaceCauseLabels } from '../../red-face/rules/red-face'
import type { Report } from './report'
import { numberText, type ReportNumber } from './report-number'

/** What tells a matter from every other one, as far as its reader may know of it. */
export interface NamedMatter {
  readonly title: string
  readonly categoryName: string
  /** 一号巷东头; to outsiders no more than 后炭市社区. */
  readonly placeWords: string
  readonly submittedAt: number
  /** The branch declared it, and nobody has reported it. */
  readonly isUnreported?: boolean
  /** When somebody reported what the branch had declared. */
  readonly reportedAt?: number
  /** Null to who may not know it. */
  readonly number: ReportNumber | null
}

/** Where a unit is at home: 后炭市社区 of 后炭市社区党支部. */
export const areaNameOf = (unitName: string): string => unitName.replace(/(党支部|党委|党组织)$/, '')

interface HowReported {
  readonly reporterKey: Report['reporterKey']
  /** When somebody reported what the branch had declared; absent where it was reported as it was submitted. */
  readonly reportedAt?: number | undefined
}

/** As its readers are told: nobody is said to have reported what the branch declared, until somebody has. */
export const howReported = ({
  reporterKey,
  reportedAt,
}: HowReported): Pick<NamedMatter, 'isUnreported' | 'reportedAt'> => ({
  ...(reporterKey === null ? { isUnreported: true } : {}),
  ...(reportedAt === undefined ? {} : { reportedAt }),
})

/** When somebody reported what the branch had declared. */
export const reportedAtOf = ({
  timeline,
  reporterKey,
  takenUpAt,
}: Pick<Report, 'timeline' | 'reporterKey' | 'takenUpAt'>): number | undefined =>
  reporterKey !== null && timeline[0]?.kind === 'declared' ? takenUpAt : undefined

type Named = Pick<Report, 'publicSummary' | 'place' | 'answerableUnit' | 'submittedAt' | 'number'> &
  HowReported & { readonly routing: Pick<Report['routing'], 'cellName'> }

interface NameReader {
  readonly categoryName: string
  readonly mayReadWords: boolean
  /** Also who took the place of the one whose words these are (M3): they speak of it on the phone from then on. */
  readonly isReporter: boolean
}

/**
 * How a matter is named: who may read the reporter’s words reads where it is. The number is its reporter’s and the
 * staff’s alone: on a page for everybody it would say whose matter that is to whoever has seen a receipt or heard
 * somebody on the phone.
 */
export const nameFor = (
  report: Named,
  { categoryName, mayReadWords, isReporter }: NameReader,
): NamedMatter => ({
  ...howReported(report),
  title: report.publicSummary,
  categoryName,
  placeWords:
    (mayReadWords && (report.place.words || report.routing.cellName)) ||
    areaNameOf(report.answerableUnit.name),
  submittedAt: report.submittedAt,
  number: ((mayReadWords || isReporter) && report.number) || null,
})

/** When it was reported, and by whom where the page says so; of what nobody has reported, whose it is. */
export const reportedText = (
  { submittedAt, reportedAt, isUnreported }: Pick<NamedMatter, 'submittedAt' | 'reportedAt' | 'isUnreported'>,
  say: (at: number) => string,
  who = '',
): string =>
  isUnreported
    ? `${say(submittedAt)}${redFaceCauseLabels.declared}，还没人上报`
    : `${who}${say(reportedAt ?? submittedAt)}上报`

/**
 * What stands beside a matter’s title so that two of one title can be told apart: kind, place, when, number. What the
 * title says already is not said twice. `say` is how its reader says when: 今天9:20.
 */
export const matterFacts = (matter: NamedMatter, say: (at: number) => string): readonly string[] => [
  ...[matter.categoryName, matter.placeWords].filter((part) => part !== '' && !matter.title.includes(part)),
  reportedText(matter, say),
  ...(matter.number === null ? [] : [numberText(matter.number)]),
]

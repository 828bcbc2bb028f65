import type { Report } from './report'
import { numberText, type ReportNumber } from './report-number'

/** What tells a matter from every other one, as far as its reader may know of it. */
export interface NamedMatter {
  readonly title: string
  readonly categoryName: string
  /** 一号巷东头; to outsiders no more than 后炭市社区. */
  readonly placeWords: string
  readonly submittedAt: number
  /** Null to who may not know it. */
  readonly number: ReportNumber | null
}

/** Where a unit is at home: 后炭市社区 of 后炭市社区党支部. */
export const areaNameOf = (unitName: string): string => unitName.replace(/(党支部|党委|党组织)$/, '')

type Named = Pick<Report, 'publicSummary' | 'place' | 'answerableUnit' | 'submittedAt' | 'number'> & {
  readonly routing: Pick<Report['routing'], 'cellName'>
}

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
  title: report.publicSummary,
  categoryName,
  placeWords:
    (mayReadWords && (report.place.words || report.routing.cellName)) ||
    areaNameOf(report.answerableUnit.name),
  submittedAt: report.submittedAt,
  number: ((mayReadWords || isReporter) && report.number) || null,
})

/**
 * What stands beside a matter’s title so that two of one title can be told apart: kind, place, when, number. What the
 * title says already is not said twice. `submitted` is how its reader says when: 今天9:20.
 */
export const matterFacts = (
  { title, categoryName, placeWords, number }: NamedMatter,
  submitted: string,
): readonly string[] => [
  ...[categoryName, placeWords].filter((part) => part !== '' && !title.includes(part)),
  `${submitted}上报`,
  ...(number === null ? [] : [numberText(number)]),
]

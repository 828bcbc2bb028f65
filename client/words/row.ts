import type { ReportStatus } from '../../cloudfunctions/contexts/report/rules/lifecycle'
import {
  matterFacts,
  type NamedMatter,
  reportedText as reportedTextOf,
} from '../../cloudfunctions/contexts/report/rules/matter-name'
import { dateText, instantText } from '../components/time-text'
import type { Word } from './sign'
import { statusWord } from './status'

/** What stands under a row's title so that it can be told from every other row. */
export const rowFacts = (matter: NamedMatter, now: number): readonly string[] =>
  matterFacts(matter, (at) => instantText(at, now))

type Reported = Parameters<typeof reportedTextOf>[0]

/** 居民11月3日上报; of what nobody has reported, that the branch declared it. */
export const reportedText = (matter: Reported, now: number, who = ''): string =>
  reportedTextOf(matter, (at) => instantText(at, now), who)

/** When somebody reported it: later than it was submitted where the branch had declared it. */
export const reportedAt = ({ reportedAt: at, submittedAt }: Reported): number => at ?? submittedAt

/** The branch declared it, whoever has reported it since: the words and pictures are the branch's. */
export const isDeclared = ({ reportedAt: at, isUnreported }: Reported): boolean =>
  isUnreported === true || at !== undefined

/** Who is waited for where what is done is not the reader's to rate; of what nobody has reported, that there is nobody. */
export const awaitsRatingText = ({
  isUnreported,
}: {
  readonly isUnreported?: boolean | undefined
}): string => (isUnreported ? '还没有上报人评价' : '等上报人评价')

interface Standing {
  readonly status: ReportStatus
  readonly suspendedUntilAt: number | null
}

/** A status as a row says it; of what is put off also until when. */
export const standingWord = ({ status, suspendedUntilAt }: Standing, now: number): Word => {
  const word = statusWord(status)
  return status === 'suspended' && suspendedUntilAt !== null
    ? { ...word, text: `${word.text}到${dateText(suspendedUntilAt, now)}` }
    : word
}

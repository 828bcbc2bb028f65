import type { ReportStatus } from '../../cloudfunctions/contexts/report/rules/lifecycle'
import { matterFacts, type NamedMatter } from '../../cloudfunctions/contexts/report/rules/matter-name'
import { dateText, instantText } from '../components/time-text'
import type { Word } from './sign'
import { statusWord } from './status'

/** What stands under a row's title so that it can be told from every other row. */
export const rowFacts = (matter: NamedMatter, now: number): readonly string[] =>
  matterFacts(matter, instantText(matter.submittedAt, now))

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

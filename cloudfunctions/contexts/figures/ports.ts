import type { Calendars } from '../calendar/ports'
import type { Units } from '../organisation/ports'
import type { RedFaceEntries } from '../red-face/ports'
import type { Participants, Reports } from '../report/ports'
import type { RuleBooks } from '../rule-book/ports'

/** What it asks of the outside. */
export interface FiguresPorts {
  readonly units: Pick<Units, 'get' | 'getMany' | 'children' | 'predecessors' | 'partnershipsOf'>
  readonly reports: Pick<Reports, 'count' | 'heldBy'>
  readonly participants: Pick<Participants, 'getMany'>
  readonly redFaceEntries: Pick<RedFaceEntries, 'count'>
  readonly ruleBooks: Pick<RuleBooks, 'of' | 'faultOf'>
  readonly calendars: Pick<Calendars, 'current'>
}

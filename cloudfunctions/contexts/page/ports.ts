import type { Result } from '../../ground/result'
import type { Session } from '../organisation/rules/session'
import type { Question, SentTo } from './contract'

/** What it asks of the outside. */
export interface PagePorts {
  /** Answers as if the caller had asked this alone. */
  readonly ask: <Q extends Question>(
    session: Session,
    action: Q,
    input: SentTo<Q>,
  ) => Promise<Result<unknown>>
}

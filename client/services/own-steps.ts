import { signal } from './signal'

const ownStep = signal()

/** Tells every page that is open that one of this person's own commands was carried out. */
export const noteOwnStep = ownStep.tell

/** Calls back after each own step, until the function it returns is called. */
export const onOwnStep = ownStep.hear

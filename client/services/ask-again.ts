import { signal } from './signal'

const again = signal()

/** Everything that waits for an answer, or came to none, is asked once more: all of a page, not the part that was pressed. */
export const askAgain = again.tell

/** Calls back each time, until the function it returns is called. */
export const onAskAgain = again.hear

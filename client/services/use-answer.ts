import { useCallback, useEffect, useMemo } from 'react'
import { askAgain } from './ask-again'
import { useAwaited, useLack } from './missing'
import type { Known, Question } from './question'
import { useShared } from './shared-value'
import { isWorthAnotherTry } from './trouble'
import { useReturn } from './use-return'

const nothingKnown: Known<never> = { isAwaited: false, isOutdated: false }
/** For a part that asks nothing yet. */
const noQuestion = { read: () => nothingKnown, hear: () => () => undefined }
const askNothing = () => Promise.resolve()

/**
 * What is known of a question, which is asked when the part that has it appears and each time its page comes back into
 * view; `undefined` asks nothing yet. The page says what it could not get, and of what time the things are that it shows
 * instead.
 */
export const useAnswer = <V>(question: Question<V> | undefined) => {
  const known = useShared<Known<V>>(question ?? noQuestion)
  const { error, lack, answeredAt } = known

  useEffect(() => question?.need(), [question])
  useReturn((leftAt) => question?.comeBack(leftAt))
  useLack(useMemo(() => lack && { trouble: lack, answeredAt }, [lack, answeredAt]))
  useAwaited(known.isAwaited, answeredAt)

  const retry = useCallback(() => {
    const isAskedWithAll = question?.read().lack !== undefined
    askAgain()
    if (!isAskedWithAll) question?.retry()
  }, [question])

  return {
    known,
    reload: question?.ask ?? askNothing,
    retry: error && !isWorthAnotherTry(error) ? undefined : retry,
  }
}

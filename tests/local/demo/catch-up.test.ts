import { catchUpFully } from '../../../local/demo/catch-up'

const patience = { callMs: 60_000, overallMs: 600_000, failures: 3 }
const incomplete = { isComplete: false }
const complete = { isComplete: true }

/** A clock that answers these, one after the other; an error is thrown, and undefined is no answer for ever. */
const aClock = (...answers: readonly unknown[]) => {
  let calls = 0
  return {
    calls: () => calls,
    call: async (): Promise<unknown> => {
      const answer = answers[Math.min(calls, answers.length - 1)]
      calls += 1
      if (answer instanceof Error) throw answer
      return answer === undefined ? new Promise(() => {}) : answer
    },
  }
}

test('the clock is called until it says that all is done, however often that is', async () => {
  for (const runs of [0, 1, 40]) {
    const clock = aClock(...Array(runs).fill(incomplete), complete)
    await catchUpFully(clock.call, patience)
    expect(clock.calls()).toBe(runs + 1)
  }
})

test('a call that fails is repeated, and only failures in a row count', async () => {
  const busy = new Error('clock did not answer within 60 s')
  const clock = aClock(busy, busy, incomplete, busy, busy, incomplete, busy, complete)
  await catchUpFully(clock.call, patience)
  expect(clock.calls()).toBe(8)
})

test('a clock that only fails is given up, in one line with its reason', async () => {
  const clock = aClock(new Error('clock did not answer within 60 s'))
  await expect(catchUpFully(clock.call, patience)).rejects.toThrow(
    /^the clock failed 3 times in a row while .*: clock did not answer within 60 s$/,
  )
  expect(clock.calls()).toBe(3)
})

test('a call that is never answered is bounded, and counts as one that fails', async () => {
  const clock = aClock(undefined, incomplete, undefined)
  await expect(catchUpFully(clock.call, { ...patience, callMs: 20 })).rejects.toThrow(
    /3 times .*no answer for/,
  )
  expect(clock.calls()).toBe(5)
})

test('a clock that never comes to an end is given up when the time for all of it is over', async () => {
  const call = () => new Promise((resolve) => setTimeout(resolve, 5, incomplete))
  await expect(catchUpFully(call, { ...patience, overallMs: 50 })).rejects.toThrow(
    'the demonstration was not brought up to date within 1 min: each call left more to do',
  )
  await expect(catchUpFully(() => new Promise(() => {}), { ...patience, overallMs: 50 })).rejects.toThrow(
    'it never answered',
  )
})

test.each([null, 7, {}, { isComplete: 'yes' }])(
  'an answer that does not say it is a failure: %p',
  async (answer) => {
    await expect(catchUpFully(aClock(answer).call, patience)).rejects.toThrow(
      'does not say whether it is complete',
    )
  },
)

import { instanceReads } from '../../../cloudfunctions/platform/cloudbase/instance-memory'

/** A reading that is answered, or fails, when the test says so. */
const openReading = () => {
  const asked: { readonly answer: (value: string) => void; readonly fail: () => void }[] = []
  const read = () =>
    new Promise<string>((resolve, reject) => {
      asked.push({ answer: resolve, fail: () => reject(new Error('cut')) })
    })
  return { asked, read }
}

afterEach(() => jest.useRealTimers())

test('whoever asks while it is being read is answered by that reading', async () => {
  const { asked, read } = openReading()
  const reads = instanceReads<string>(10)
  const answers = [reads.of('a', read), reads.of('a', read)]
  asked[0]?.answer('read')
  expect(await Promise.all([...answers, reads.of('a', read)])).toEqual(['read', 'read', 'read'])
  expect(asked.length).toBe(1)
})

test('what failed is told to all who asked, and read anew by whoever asks next', async () => {
  const { asked, read } = openReading()
  const reads = instanceReads<string>(10)
  const answers = [reads.of('a', read), reads.of('a', read)]
  asked[0]?.fail()
  expect((await Promise.allSettled(answers)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  const next = reads.of('a', read)
  asked[1]?.answer('read')
  expect(await next).toBe('read')
})

test('a reading that fails after a minute takes nothing from the one that has begun since', async () => {
  jest.useFakeTimers()
  const { asked, read } = openReading()
  const reads = instanceReads<string>(10)
  const first = reads.of('a', read)
  jest.advanceTimersByTime(60_000)
  const second = reads.of('a', read)
  asked[0]?.fail()
  await expect(first).rejects.toThrow('cut')
  asked[1]?.answer('read')
  expect(await Promise.all([second, reads.of('a', read)])).toEqual(['read', 'read'])
  expect(asked.length).toBe(2)
})

import { tellStories } from '../../../local/demo/timeline'

/** What happens, in the order in which it happens. */
const aTale = (end: number, tell: Parameters<typeof tellStories>[2]) => {
  const happened: string[] = []
  const telling = tellStories(end, async (until) => void happened.push(`it is ${until}`), tell)
  return { happened, telling }
}

test('stories go on in the order of time, whichever began first', async () => {
  const { happened, telling } = aTale(10, ({ begin, until }) => {
    begin(1, async () => {
      happened.push('the first begins')
      await until(7)
      happened.push('the first ends')
    })
    begin(2, async () => {
      happened.push('the second begins')
      await until(3)
      happened.push('the second ends')
    })
  })
  await telling
  expect(happened).toEqual([
    'it is 1',
    'the first begins',
    'it is 2',
    'the second begins',
    'it is 3',
    'the second ends',
    'it is 7',
    'the first ends',
    'it is 10',
  ])
})

test('at one instant it is the turn of whoever asked for it first', async () => {
  const { happened, telling } = aTale(5, ({ begin, until }) => {
    for (const name of ['one', 'another']) {
      begin(1, async () => {
        await until(5)
        happened.push(name)
      })
    }
  })
  await telling
  expect(happened.filter((one) => !one.startsWith('it is'))).toEqual(['one', 'another'])
})

test('a story may begin another one', async () => {
  const { happened, telling } = aTale(5, ({ begin }) => {
    begin(1, async () => begin(4, async () => void happened.push('the later one')))
  })
  await telling
  expect(happened).toEqual(['it is 1', 'it is 4', 'the later one', 'it is 5'])
})

test('what lies after the end is not told', async () => {
  const { happened, telling } = aTale(5, ({ begin, until }) => {
    begin(1, async () => {
      await until(6)
      happened.push('too late')
    })
  })
  await telling
  expect(happened).toEqual(['it is 1', 'it is 5'])
})

test('what a story throws ends the telling', async () => {
  const { telling } = aTale(5, ({ begin, until }) => {
    begin(1, async () => {
      await until(2)
      throw new Error('refused')
    })
  })
  await expect(telling).rejects.toThrow('refused')
})

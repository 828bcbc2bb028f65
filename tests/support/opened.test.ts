type Opened = typeof import('./opened')

/** As in a test file of its own. */
const aFile = (): Opened => {
  let file: Opened | undefined
  jest.isolateModules(() => {
    file = require('./opened') as Opened
  })
  if (!file) throw new Error('no module')
  return file
}

test('what a set-up had opened before it failed is closed at the end, the last one first', async () => {
  const { opened, closeOpened } = aFile()
  const closed: string[] = []
  const setUp = async (): Promise<void> => {
    opened(() => closed.push('server'))
    opened(async () => {
      await Promise.resolve()
      closed.push('browser')
    })
    throw new Error('no page')
  }
  await expect(setUp()).rejects.toThrow('no page')
  await closeOpened()
  expect(closed).toEqual(['browser', 'server'])
})

test('what has been closed is not closed again', async () => {
  const { opened, closeOpened } = aFile()
  let times = 0
  const close = opened(() => {
    times += 1
  })
  await Promise.all([close(), close()])
  await closeOpened()
  await close()
  expect(times).toBe(1)
})

test('one that cannot be closed keeps no other one open, and is told', async () => {
  const { opened, closeOpened } = aFile()
  const closed: string[] = []
  opened(() => closed.push('first'))
  opened(() => {
    throw new Error('stuck')
  })
  opened(() => closed.push('last'))
  await expect(closeOpened()).rejects.toThrow('stuck')
  expect(closed).toEqual(['last', 'first'])
})

test('what a set-up that was cut off opens afterwards is closed at once', async () => {
  const { opened, closeOpened } = aFile()
  await closeOpened()
  const closed = await new Promise((resolve) => opened(() => resolve('closed')))
  expect(closed).toBe('closed')
})

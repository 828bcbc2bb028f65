import { countingHand, type Device } from './hand'

/** A device on which everything is found at once. */
const aDevice = (given: Partial<Device> = {}): Device => ({
  find: async () => undefined,
  press: async () => undefined,
  pressTab: async () => undefined,
  pressBack: async () => undefined,
  pressKey: async () => undefined,
  write: async () => undefined,
  open: async () => undefined,
  photograph: async (press) => {
    await press()
    return 1
  },
  pointOut: async (press) => {
    await press()
    return 0
  },
  screens: async () => ['home'],
  ...given,
})

test('every press is a tap: on the page, a tab, the arrow back, into a field', async () => {
  const { hand, counts } = countingHand(aDevice())
  await hand.tap('.row')
  await hand.tapTab('我的')
  await hand.goBack()
  await hand.type('textarea', '泥')
  expect(counts()).toMatchObject({ taps: 4, keys: 0, typed: 1 })
})

test('typed text is counted by characters, a key that is no text by itself', async () => {
  const { hand, counts } = countingHand(aDevice())
  await hand.type('textarea', '巷子𠮷泥')
  await hand.pressKey('Enter')
  expect(counts()).toMatchObject({ typed: 4, keys: 1 })
})

test('a dialog of the system is counted apart, with the press that opens it as a tap', async () => {
  const { hand, counts } = countingHand(aDevice())
  await hand.takePhoto()
  expect(counts()).toMatchObject({ taps: 1, system: 1 })
})

test('a map of the product’s own takes two taps more, on it and to take it, WeChat’s is the system’s', async () => {
  const own = countingHand(aDevice())
  await own.hand.pointOnMap()
  expect(own.counts()).toMatchObject({ taps: 3, system: 0 })
  const wechat = countingHand(
    aDevice({
      pointOut: async (press) => {
        await press()
        return 1
      },
    }),
  )
  await wechat.hand.pointOnMap()
  expect(wechat.counts()).toMatchObject({ taps: 1, system: 1 })
})

test('a page or sheet that is seen again is no further screen', async () => {
  const shown = [['home'], ['detail', 'detail rating'], ['home']]
  const { hand, counts } = countingHand(aDevice({ screens: async () => shown.shift() ?? [] }))
  await hand.see('.a')
  await hand.see('.b')
  await hand.see('.c')
  expect(counts().screens).toBe(3)
})

test('what a camera reads opens by itself: the system, and no tap', async () => {
  const opened: string[] = []
  const { hand, counts } = countingHand(aDevice({ open: async (address) => void opened.push(address) }))
  await hand.scan('pages/receipt/follow')
  expect(opened).toEqual(['pages/receipt/follow'])
  expect(counts()).toMatchObject({ taps: 0, system: 1 })
})

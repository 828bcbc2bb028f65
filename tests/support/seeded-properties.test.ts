import * as fc from 'fast-check'

const drawn = (): readonly number[] => {
  const seen: number[] = []
  fc.assert(
    fc.property(fc.integer(), (n) => {
      seen.push(n)
    }),
  )
  return seen
}

test('a property draws the same examples in whatever order the tests run', () => {
  expect(drawn()).toEqual(drawn())
})

test('a property that fails names its seed', () => {
  const { seed } = fc.readConfigureGlobal()
  expect(seed).toBe(Number(process.env.FC_SEED ?? seed))
  const failing = () => fc.assert(fc.property(fc.integer(), (n) => n < 1_000))
  expect(failing).toThrow(`seed: ${seed}`)
})

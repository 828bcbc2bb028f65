import fc from 'fast-check'
import { drawWords } from '../../../cloudfunctions/contexts/sign-in/rules/three-words'

const drawing = (seed: number) => {
  let state = seed
  return (limit: number): number => {
    // A small generator of its own: what is drawn must not decide what is drawn next.
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

test('the computer shows one of three, and no two of them are the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1 }), (seed) => {
      const { words, choices } = drawWords(drawing(seed))
      expect(new Set(choices).size).toBe(3)
      expect(choices).toContain(words)
    }),
  )
})

test('where the right one stands tells nothing: each place has it about as often', () => {
  const draw = drawing(7)
  const places = [0, 0, 0]
  for (let no = 0; no < 3000; no += 1) {
    const { words, choices } = drawWords(draw)
    const at = choices.indexOf(words)
    places[at] = (places[at] ?? 0) + 1
  }
  for (const count of places) expect(Math.abs(count - 1000)).toBeLessThan(150)
})

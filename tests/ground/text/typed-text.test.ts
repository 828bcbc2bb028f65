import { countText, readTypedText } from '../../../cloudfunctions/ground/text/typed-text'

test('a character is a code point, after cleaning', () => {
  expect(countText('𠮷'.repeat(251))).toBe(251)
  expect(countText('\u202d13800138000\u202c \n')).toBe(11)
  expect(countText('cafe\u0301')).toBe(4)
})

test('a text as long as it may be is taken, however many invisible marks came with it', () => {
  const text = '𠮷'.repeat(500)
  expect(readTypedText(text, 1, 500)).toEqual({ isTaken: true, text })
  expect(readTypedText(`\u200e${text}${'\u2060'.repeat(400)}`, 1, 500)).toEqual({ isTaken: true, text })
})

test('a text that is too long is refused with how much is too much', () => {
  expect(readTypedText('𠮷'.repeat(503), 1, 500)).toEqual({
    isTaken: false,
    why: '最多写500个字',
    excess: 3,
  })
  expect(readTypedText('\u2060'.repeat(30_000), 1, 500)).toMatchObject({ isTaken: false, excess: 29_500 })
})

test('of a text that nobody types nothing is looked at, however long it is', () => {
  const spread = jest.spyOn(Array, 'from')
  expect(readTypedText('𠮷'.repeat(1_000_000), 1, 500)).toMatchObject({
    isTaken: false,
    why: '最多写500个字',
  })
  expect(spread).not.toHaveBeenCalled()
  spread.mockRestore()
})

test('a text that is empty to the eye is refused where it is asked for, and is nothing where it is not', () => {
  for (const raw of ['', ' \n', '\u3164', '\u200d\u2800']) {
    expect(readTypedText(raw, 1, 500)).toMatchObject({ isTaken: false, why: '不能空着' })
    expect(readTypedText(raw, 0, 500)).toEqual({ isTaken: true, text: '' })
  }
})

test('a text that is too short is refused', () => {
  expect(readTypedText('泥\u200e\u200f\u2060', 4, 60)).toMatchObject({ isTaken: false, why: '至少写4个字' })
})

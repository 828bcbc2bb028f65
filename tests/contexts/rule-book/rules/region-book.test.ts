import { createHash } from 'node:crypto'
import {
  bookName,
  defaultRuleBook,
  readBookName,
} from '../../../../cloudfunctions/contexts/rule-book/rules/rule-book'

/** What each version of the region's book was when it came into force. */
const published: Readonly<Record<string, string>> = {
  'region-2026-3': '4927f88b58befd6069c9de0dd66c26a5c075e2b69c036a6c2b1b0c222d985b20',
}

test('K10: the region’s book is never changed under its name: another number is another version', () => {
  const digest = createHash('sha256').update(JSON.stringify(defaultRuleBook)).digest('hex')
  expect({ [defaultRuleBook.version]: digest }).toEqual({
    [defaultRuleBook.version]: published[defaultRuleBook.version],
  })
})

test.each([
  [{ bannerId: '150221', version: '2026-1' }, '150221@2026-1'],
  [{ bannerId: null, version: 'region-2026-3' }, 'region-2026-3'],
])('a version is called by one name, and found by it: %j', (book, name) => {
  expect(bookName(book)).toBe(name)
  expect(readBookName(name)).toEqual(book)
})

import { readMutants, tryMutants, unfit } from './mutants'

/** Quick ones, one at least of every kind. */
const sample = [
  'visibility-contact-note-public',
  'visibility-words-to-co-reporters',
  'told-nobody-who-works-on-it',
  'flags-suspended-counts-as-overdue',
  'derived-entry-of-the-last-unit',
  'offered-answer-without-evidence',
  'six-digest-of-another-person',
  'figures-members-own-contact-counted',
  'clock-older-rule-book-loops',
  'ties-highest-id-where-cells-overlap',
]

test('every change for the worse can be made to the sources as they are', async () => {
  const mutants = await readMutants()
  expect(mutants.length).toBeGreaterThanOrEqual(60)
  expect(await unfit(mutants, { isTyped: false })).toEqual([])
})

test('ten of them are noticed, of every kind', async () => {
  const mutants = (await readMutants()).filter(({ name }) => sample.includes(name))
  expect(mutants).toHaveLength(sample.length)
  const survivors = (await tryMutants(mutants)).filter(({ isKilled }) => !isKilled)
  expect(survivors.map(({ mutant }) => `${mutant.name}: ${mutant.harm}`)).toEqual([])
})

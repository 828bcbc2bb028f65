import { playDeployed } from '../checks/confidentiality/deployed'
import { searchDump } from '../checks/confidentiality/dump'
import { askAround, probeAround } from '../checks/confidentiality/hidden-point'
import { playTwice } from '../checks/confidentiality/swapped'
import { searchWords } from '../checks/confidentiality/words'
import { openMemoryWorld } from '../checks/confidentiality/world'

/** The short form of `npm run check:confidentiality`. */
const functionRoot = (): string => {
  const { FUNCTION_ROOT } = process.env
  if (!FUNCTION_ROOT)
    throw new Error('the functions have not been bundled: run the tests through jest.config.js')
  return FUNCTION_ROOT
}

test('S1, H3, H4: who reported it changes nothing in what anybody else can read', async () => {
  const questions = new Set<string>()
  for (let seed = 1; seed <= 12; seed += 1) {
    const { differences, readings, question } = await playTwice(seed, 12)
    expect(differences).toEqual([])
    expect(readings).toBeGreaterThan(0)
    questions.add(question)
  }
  expect([...questions].sort()).toEqual(['complaint', 'member', 'swap'])
})

test('through the bundled functions neither, which answer as the same code does here', async () => {
  const { differences, readings } = await playDeployed(functionRoot(), 1, 6, 1)
  expect(differences).toEqual([])
  expect(readings).toBeGreaterThan(0)
})

test('a dump without the secret names nobody and ties no two reports together', async () => {
  expect(await searchDump()).toEqual({ accounts: 2002, named: 0, linked: [] })
})

test('S1: 100 questions around a door tell no more than the rounded place', async () => {
  expect(await askAround(100)).toEqual({ questions: 100, betterThanRounded: 0 })
})

test('S1, F1: what is filed around a door and taken back tells no more than the rounded place', async () => {
  expect(await probeAround(9)).toEqual({ probes: 9, betterThanRounded: 0 })
})

test('M3: every text that is typed, and the number, is read by whom the table names, and by nobody else', async () => {
  const world = await openMemoryWorld()
  const { wrong } = await searchWords(world)
  expect(wrong).toEqual([])
})

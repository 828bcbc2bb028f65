import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import {
  aChild,
  aReport,
  aVerdict,
  coReporter,
  type Person,
  reporter,
  secretary,
  stranger,
  supportedBy,
  supporter,
  take,
  takeAll,
} from '../../../support/builders'
import { seenBy } from '../../../support/seen'

describe('M3: outsiders tie no two reports to one person', () => {
  const merged = (reporterKey: string): Report =>
    take(aReport(), { kind: 'absorb', child: aChild({ reporterKey }) })
  const [ofOneReporter, ofTwo] = [merged(reporter.name), merged(coReporter.name)]

  test('a report of the same reporter moves what they read as any other does, then and later', () => {
    expect(seenBy(stranger, ofOneReporter)).toEqual(seenBy(stranger, ofTwo))
    const later = [ofOneReporter, ofTwo].map((report) => supportedBy(report, supporter))
    const [one, two] = later.map((report) => seenBy(stranger, report))
    expect(one).toEqual(two)
    expect(one?.timeline.map(({ text }) => text)).toContain('并入一件同样的诉求，共2户')
  })

  test('its reporter and those who work on it read how many they are', () => {
    for (const person of [reporter, secretary]) {
      expect(seenBy(person, ofOneReporter)).toMatchObject({ childCount: 1, coReporterCount: 0 })
      expect(seenBy(person, ofTwo)).toMatchObject({ childCount: 1, coReporterCount: 1 })
    }
  })
})

test('C1: that nobody called is read by who says so and by staff, and by no other resident', () => {
  const family = takeAll(take(aReport(), { kind: 'absorb', child: aChild() }), 'accept', 'contact', 'resolve')
  const rating = aVerdict({ contacted: false })
  const rated = take(family, { kind: 'rate', rating }, { by: coReporter })
  const readBy = (person: Person) => seenBy(person, rated).ratings.map(({ contacted }) => contacted)
  for (const person of [coReporter, secretary]) expect(readBy(person)).toEqual([false])
  for (const person of [reporter, stranger]) expect(readBy(person)).toEqual([null])
})

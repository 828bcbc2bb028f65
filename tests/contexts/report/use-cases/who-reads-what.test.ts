import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import {
  aChild,
  aReport,
  aVerdict,
  clerk,
  coReporter,
  housingBureau,
  housingWorker,
  type Person,
  partnership,
  reporter,
  secretary,
  stranger,
  supportedBy,
  supporter,
  take,
  takeAll,
  unitFacts,
  wait,
} from '../../../support/builders'
import { shownTo } from '../../../support/seen'

const readers: readonly Person[] = [
  reporter,
  coReporter,
  supporter,
  stranger,
  secretary,
  housingWorker,
  clerk,
]

/** Everything of the report that this person is shown, every picture with an address. */
const allShownTo = (person: Person, report: Report): string => {
  const photos = [
    ...report.photos,
    ...report.resolutions.flatMap((one) => [...one.before, ...one.after]),
    ...(report.fixClaim?.after ?? []),
    ...report.timeline.flatMap((event) => event.photos ?? []),
  ]
  const urls = new Map(photos.map((id) => [id, { url: id, thumbUrl: id }]))
  return JSON.stringify(shownTo(person, report, report.changedAt, urls) ?? null)
}

const crowded = supportedBy(
  take(
    aReport({
      text: '〔text〕',
      photos: ['〔picture〕'],
      place: { point: { lng: 110.52, lat: 40.56 }, words: '〔place〕' },
    }),
    { kind: 'absorb', child: aChild() },
  ),
  supporter,
)
const accepted = take(crowded, 'accept')
const contacted = take(
  accepted,
  { kind: 'contact', channel: 'visit', note: '〔contact〕' },
  { by: secretary },
)
const dispatch = {
  kind: 'dispatch',
  unit: unitFacts(housingBureau),
  partnership,
  note: '〔dispatch〕',
} as const
const dispatched = take(accepted, dispatch, { by: secretary })
const claimed = take(
  dispatched,
  { kind: 'claim-fixed', note: '〔claim〕', remedy: 'lasting', before: [], after: ['〔claimed〕'] },
  { by: housingWorker },
)
const rated = take(
  takeAll(accepted, 'contact', 'resolve'),
  { kind: 'rate', rating: aVerdict({ remark: '〔remark〕' }) },
  { by: coReporter },
)
const closed = wait(rated, rated.changedAt + 8 * 24 * 3_600_000)
const appealed = take(closed, { kind: 'appeal', reason: '〔appeal〕' }, { by: supporter })
const added = take(
  accepted,
  { kind: 'add-to', words: '〔added〕', photos: ['〔added-picture〕'] },
  { by: coReporter },
)

const asked = take(contacted, { kind: 'ask', words: '〔question〕' }, { by: secretary })
const answered = take(asked, { kind: 'answer', words: '〔answer〕', photos: [] }, { by: reporter })
/** The reporter is gone, and the co-reporter stands in their place. */
const handedOn = take(answered, { kind: 'withdraw', reason: '〔farewell〕' }, { by: reporter })
const askedAnew = take(handedOn, { kind: 'ask', words: '〔new question〕' }, { by: secretary })

const staff = 'secretary, clerk'
const inHand = 'secretary, housing-worker, clerk'

describe('M3: one visibility, kept in everything that is shown', () => {
  test.each<readonly [what: string, mark: string, report: Report, who: string]>([
    ['the reporter’s text', '〔text〕', accepted, `reporter, ${staff}`],
    ['the reporter’s words for the place', '〔place〕', accepted, `reporter, ${staff}`],
    ['its number', '2604117838', accepted, `reporter, ${staff}`],
    ['its number, while a partner has it', '2604117838', dispatched, `reporter, ${inHand}`],
    ['the reporter’s picture', '〔picture〕', accepted, `reporter, ${staff}`],
    ['what the branch told the reporter', '〔contact〕', contacted, `reporter, ${staff}`],
    ['what a co-reporter added', '〔added〕', added, `co-reporter, ${staff}`],
    ['a picture that a co-reporter added', '〔added-picture〕', added, `co-reporter, ${staff}`],
    ['what the branch asked the reporter', '〔question〕', asked, `reporter, ${staff}`],
    ['the text of a reporter whose place another took', '〔text〕', handedOn, staff],
    ['their words for the place', '〔place〕', handedOn, staff],
    ['their picture', '〔picture〕', handedOn, staff],
    ['what was asked of them', '〔question〕', handedOn, staff],
    ['what they answered', '〔answer〕', handedOn, staff],
    ['what is asked of whoever took their place', '〔new question〕', askedAnew, `co-reporter, ${staff}`],
    ['what the branch wrote to the partner unit', '〔dispatch〕', dispatched, inHand],
    ['the words of a claim that nobody has checked', '〔claim〕', claimed, inHand],
    ['the picture of a claim that nobody has checked', '〔claimed〕', claimed, inHand],
    ['the remark of a co-reporter’s rating', '〔remark〕', rated, `co-reporter, ${staff}`],
    ['the reason of a supporter’s appeal', '〔appeal〕', appealed, `supporter, ${staff}`],
  ])('%s: exactly those whose it is, and the units concerned', (_what, mark, report, who) => {
    expect(JSON.stringify(report)).toContain(mark)
    const found = readers.filter((one) => allShownTo(one, report).includes(mark)).map((one) => one.name)
    expect(found.join(', ')).toBe(who)
  })

  test('F2: a cause within its notice is read by the parties alone, also beside one that is public', () => {
    const declared = takeAll(accepted, 'contact', 'declare-red-face')
    const publicAt = Math.max(...(declared.redFaces[0]?.causes.map((cause) => cause.publicAt) ?? []))
    const listed = take(wait(declared, publicAt), 'resolve', { now: publicAt + 60_000 })
    const twoCauses = take(listed, { kind: 'rate', rating: aVerdict({ solved: 'no' }) }, { by: reporter })
    expect(twoCauses.redFaces[0]?.causes.map((cause) => cause.cause)).toEqual(['declared', 'rated-unsolved'])
    const knowing = readers.filter((one) => allShownTo(one, twoCauses).includes('rated-unsolved'))
    expect(knowing.map((one) => one.name)).toEqual(['reporter', 'co-reporter', 'secretary', 'clerk'])
    for (const one of readers) expect(allShownTo(one, twoCauses)).toContain('"declared"')
  })
})

import type { RedFaceEntry } from '../../../../cloudfunctions/contexts/red-face/ports'
import { redFaceProjectors } from '../../../../cloudfunctions/contexts/red-face/projectors'
import { activeEpisode } from '../../../../cloudfunctions/contexts/red-face/rules/red-face'
import {
  type ReportStatus,
  reportStatuses,
  statusKind,
} from '../../../../cloudfunctions/contexts/report/rules/lifecycle'
import {
  householdsShown,
  type OutboxEntry,
  type Report,
} from '../../../../cloudfunctions/contexts/report/rules/report'
import {
  presentCard,
  presentReport,
} from '../../../../cloudfunctions/contexts/report/use-cases/present-report'
import { messageText } from '../../../../cloudfunctions/contexts/report/words'
import { dayMs, hourMs } from '../../../../cloudfunctions/ground/instant'
import {
  aCaller,
  aChild,
  aMembership,
  aReport,
  aVerdict,
  branch,
  callerOf as callerFor,
  coReporter,
  housingBureau,
  law,
  madePublic,
  type Person,
  refusalFrom,
  reporter,
  reportIn,
  secondSupporter,
  secretary,
  stranger,
  supportedBy,
  supporter,
  take,
  takeAll,
  wait,
} from '../../../support/builders'
import type { ReportCommand } from '../../../support/commands'
import { seenBy } from '../../../support/seen'

const outsider = aCaller()
const branchSecretary = aCaller({ memberships: [aMembership(branch, 'secretary')] })
const theReporter = aCaller({ participation: 'reporter' })

const inWork = reportStatuses.filter((status) => statusKind(status) === 'working' && status !== 'suspended')

const shownTo = (caller: typeof outsider, report: Report, now: number) => {
  const urls = new Map()
  const views = [
    presentReport(report, caller, { law, now, urls, actorId: '' }),
    presentCard(report, caller, { law, now, urls }),
  ]
  return views.map((view) => {
    if (!view) throw new Error('hidden')
    const { runningDueAt, runningDueKind, isOverdue, isDueSoon } = view
    return { runningDueAt, runningDueKind, isOverdue, isDueSoon }
  })
}

const same = (fields: object) => [
  { isDueSoon: false, ...fields },
  { isDueSoon: false, ...fields },
]

describe.each(inWork)(
  'of a report that is %s and whose resident nobody has called in time',
  (status: ReportStatus) => {
    const report = reportIn(status)
    const { contactDueAt, resolveDueAt } = report.deadlines
    const now = contactDueAt + hourMs

    test('the branch and the resident read that the contact is late', () => {
      for (const caller of [branchSecretary, theReporter]) {
        expect(shownTo(caller, report, now)).toEqual(
          same({ runningDueAt: contactDueAt, runningDueKind: 'contact', isOverdue: true }),
        )
      }
    })

    test('everybody else reads when it has to be done by, and nothing of the contact', () => {
      expect(shownTo(outsider, report, now)).toEqual(
        same({ runningDueAt: resolveDueAt, runningDueKind: 'resolve', isOverdue: false }),
      )
      const called = take(report, 'contact', { now })
      for (const one of [report, called]) {
        expect(presentReport(one, outsider, { law, now, urls: new Map(), actorId: '' })).toMatchObject({
          contactDueAt: null,
          contactedAt: null,
        })
      }
    })

    test('everybody reads that it is late once it was to be done', () => {
      for (const caller of [outsider, branchSecretary, theReporter]) {
        expect(shownTo(caller, take(report, 'contact'), resolveDueAt)).toEqual(
          same({ runningDueAt: resolveDueAt, runningDueKind: 'resolve', isOverdue: true }),
        )
      }
    })
  },
)

test.each(reportStatuses)('what is due, and when, go together for a report that is %s', (status) => {
  const report = reportIn(status)
  for (const caller of [outsider, branchSecretary, theReporter]) {
    for (const { runningDueAt, runningDueKind } of shownTo(caller, report, report.changedAt)) {
      const dates = {
        accept: report.deadlines.acceptDueAt,
        contact: report.deadlines.contactDueAt,
        plan: report.deadlines.planDueAt ?? null,
        resolve: report.deadlines.resolveDueAt,
      }
      expect(runningDueAt).toBe(runningDueKind === null ? null : dates[runningDueKind])
    }
  }
})

const textOf = (work: OutboxEntry | undefined): string =>
  work?.kind === 'message' ? messageText(work).text : 'no message'

describe('F2, F5: a supporter is asked only of what everybody may know, or is posted to them', () => {
  const urls = new Map()
  const neighbour = aCaller({ participation: 'supporter', key: supporter.name })
  const begun = supportedBy(takeAll(aReport(), 'accept', 'contact', 'declare-red-face'), supporter)
  const noticed = take(begun, 'resolve')
  const publicAt = activeEpisode(noticed.redFaces)?.causes[0]?.publicAt ?? 0
  const said: ReportCommand = { kind: 'answer-red-face', isGone: false, photo: 'photo-x', note: '' }
  const shown = (report: Report) => {
    const scene = { law, now: report.changedAt, urls, actorId: '' }
    const view = presentReport(report, neighbour, scene)
    const { redFace, posting, actions } = view ?? {}
    return {
      redFace: redFace?.state ?? null,
      posting,
      isAsked: actions?.includes('answer-red-face'),
      ask: presentCard(report, neighbour, { law, now: report.changedAt, urls })?.ask,
      kinds: view?.timeline.map((event) => event.kind) ?? [],
    }
  }

  test('within the notice there is no entry for them, no question and no line that speaks of it', () => {
    expect(shown(noticed)).toMatchObject({ redFace: null, posting: null, isAsked: false, ask: null })
    expect(refusalFrom(noticed, said, { by: supporter })).toBe('no-active-entry')
    const again = take(begun, 'lay-evidence', { by: secretary })
    for (const kind of shown(again).kinds) expect(kind).not.toMatch(/red-face|evidence/)
    const message = again.outbox.find((entry) => entry.kind === 'message' && entry.to === 'supporters')
    expect(textOf(message)).not.toContain('修好了吗')
  })

  test('once it is public they are told and asked, and the card asks until they have answered', () => {
    const listed = wait(noticed, publicAt)
    expect(shown(listed)).toMatchObject({ redFace: 'public', isAsked: true, ask: 'answer-red-face' })
    const told = listed.outbox.filter((entry) => entry.kind === 'message' && entry.to === 'supporters')
    expect(textOf(told[told.length - 1])).toContain('修好了吗？请说一声')
    expect(shown(take(listed, said, { by: supporter }))).toMatchObject({ isAsked: true, ask: null })
  })

  test('a yes within the notice is posted to them, and they may object before anybody knows of the entry', () => {
    const posted = take(noticed, { kind: 'rate', rating: aVerdict() }, { by: reporter })
    const until = activeEpisode(posted.redFaces)?.posting?.until
    expect(shown(posted)).toMatchObject({
      redFace: null,
      posting: { until, hasAnswered: false },
      isAsked: true,
      ask: 'answer-red-face',
    })
    for (const kind of shown(posted).kinds) expect(kind).not.toMatch(/red-face/)
    expect(
      presentReport(posted, outsider, { law, now: posted.changedAt, urls, actorId: '' })?.posting,
    ).toBeNull()
    const objected = take(posted, said, { by: supporter })
    expect(wait(objected, until ?? 0).redFaces[0]?.endedAt).toBeUndefined()
  })
})

describe('M3: the row of one’s own list asks a co-reporter as it asks the reporter', () => {
  const resolved = takeAll(
    take(aReport(), { kind: 'absorb', child: aChild() }),
    'accept',
    'contact',
    'resolve',
  )
  const rowOf = (report: Report, participation: 'reporter' | 'co-reporter' | 'supporter') => {
    const key = { reporter, 'co-reporter': coReporter, supporter }[participation].name
    return presentCard(report, aCaller({ participation, key }), {
      law,
      now: report.changedAt,
      urls: new Map(),
    })
  }

  test('for the rating, each until they have given it', () => {
    expect(rowOf(resolved, 'co-reporter')).toMatchObject({
      part: 'co-reporter',
      ask: 'rate',
      placeWords: '后炭市社区',
      number: null,
    })
    expect(rowOf(resolved, 'reporter')).toMatchObject({ part: 'reporter', ask: 'rate' })
    const rated = take(resolved, { kind: 'rate', rating: aVerdict() }, { by: coReporter })
    expect([rowOf(rated, 'co-reporter')?.ask, rowOf(rated, 'reporter')?.ask]).toEqual([null, 'rate'])
  })

  test('M4: and the reporter whether it is the same matter after all', () => {
    const apart = take(take(reportIn('accepted'), 'merge', { by: secretary }), 'unmerge', { by: reporter })
    const asked = take(apart, 'merge', { by: secretary })
    expect([rowOf(apart, 'reporter')?.ask, rowOf(asked, 'reporter')?.ask]).toEqual([null, 'agree'])
  })

  test('nobody in lists that are everybody’s', () => {
    expect(presentCard(resolved, outsider, { law, now: resolved.changedAt, urls: new Map() })).toMatchObject({
      part: null,
      ask: null,
    })
  })
})

describe('a row', () => {
  const rowFor = (caller: typeof outsider, report: Report) =>
    presentCard(report, caller, { law, now: report.changedAt, urls: new Map() })
  const bureau = aCaller({ memberships: [aMembership(housingBureau, 'partner-staff')] })

  test('tells staff what was asked of who has the work, and when; nobody else', () => {
    const handed = reportIn('dispatched')
    const [order] = handed.dispatches
    const told = { handedAt: order?.at, handedNote: order?.note }
    expect(order?.note).not.toBe('')
    expect([rowFor(bureau, handed), rowFor(branchSecretary, handed)]).toEqual([
      expect.objectContaining(told),
      expect.objectContaining(told),
    ])
    for (const caller of [outsider, theReporter])
      expect(rowFor(caller, handed)).toMatchObject({ handedAt: null, handedNote: null })
  })

  test('tells everybody until when the matter is put off (K6)', () => {
    const put = reportIn('suspended')
    const suspendedUntilAt = put.suspension?.untilAt
    expect(suspendedUntilAt).toBeGreaterThan(put.changedAt)
    for (const caller of [outsider, theReporter, branchSecretary])
      expect(rowFor(caller, put)).toMatchObject({ suspendedUntilAt })
    expect(rowFor(outsider, reportIn('accepted'))).toMatchObject({ suspendedUntilAt: null })
  })

  test('names its place and number to whom they may be known, and to everybody the area of the unit', () => {
    const report = aReport()
    expect(rowFor(branchSecretary, report)).toMatchObject({
      placeWords: report.place.words,
      number: report.number,
    })
    expect(rowFor(outsider, report)).toMatchObject({ placeWords: '后炭市社区', number: null })
  })
})

describe('K8, M3: an appeal is its appellants’ own, and to everybody else another resident’s', () => {
  const crowd = supportedBy(take(aReport(), { kind: 'absorb', child: aChild() }), supporter, secondSupporter)
  const closed = wait(takeAll(crowd, 'accept', 'contact', 'resolve'), crowd.changedAt + 40 * dayMs)
  const appealed = take(closed, 'appeal', { by: supporter })
  const joined = take(appealed, 'appeal', { by: secondSupporter })
  const whose = (person: Person, report: Report) => seenBy(person, report).requests.map((one) => one.isYours)

  test('a supporter who appealed finds it pending, and nobody outside reads of it', () => {
    expect(closed.status).toBe('closed')
    expect(whose(supporter, appealed)).toEqual([true])
    expect(whose(secondSupporter, appealed)).toEqual([])
    expect(whose(stranger, appealed)).toEqual([])
    expect(whose(secondSupporter, joined)).toEqual([true])
  })

  test('who reported it reads that it waits, not as theirs, and nothing that says whose it is', () => {
    for (const person of [reporter, coReporter, secretary]) {
      expect(whose(person, appealed)).toEqual([false])
      expect(seenBy(person, appealed).requests[0]?.byUnitName).toBe('居民')
    }
    for (const person of [reporter, coReporter]) {
      expect(seenBy(person, appealed).requests[0]?.reason).toBeNull()
      expect(JSON.stringify(seenBy(person, appealed))).not.toContain(`"${supporter.name}"`)
    }
  })

  test('what nobody but a resident can ask for says nothing of whose it is', () => {
    const asked = takeAll(aReport(), 'accept', 'suspend')
    expect(whose(reporter, asked)).toEqual([undefined])
  })
})

describe('F3, F5: the view tells when a cause becomes public as things stand', () => {
  const noticed = supportedBy(takeAll(aReport(), 'accept', 'contact', 'declare-red-face'), supporter)
  const causesSeen = (report: Report) => seenBy(secretary, report).redFace?.causes ?? []

  test('at the end of its notice, later while it is appealed, and never once it is', () => {
    const [cause] = causesSeen(noticed)
    expect(cause?.publishesAt).toBe(cause?.publicAt)
    const appealed = take(noticed, 'appeal-red-face', { by: secretary })
    const heldUntil = activeEpisode(appealed.redFaces)?.causes[0]?.appeal?.heldUntil
    expect(causesSeen(appealed)[0]?.publishesAt).toBe(Math.max(heldUntil ?? 0, cause?.publicAt ?? 0))
    expect(causesSeen(madePublic(noticed))[0]).not.toHaveProperty('publishesAt')
  })

  test('it is the instant at which the clock publishes it', () => {
    const [cause] = causesSeen(noticed)
    const at = cause?.publishesAt ?? 0
    expect(causesSeen(wait(noticed, at - 1))[0]?.isPublic).toBe(false)
    expect(causesSeen(wait(noticed, at))[0]?.isPublic).toBe(true)
  })
})

describe('a verdict is its speaker’s own, and of what the branch declared the view says who has reported it', () => {
  test('“yours” to whoever said it alone', () => {
    const rated = take(take(aReport(), { kind: 'absorb', child: aChild() }), 'accept')
    const said = take(takeAll(rated, 'contact', 'resolve'), 'rate', { by: coReporter })
    const yours = (person: Person) => seenBy(person, said).ratings.map((one) => one.isYours)
    expect(yours(coReporter)).toEqual([true])
    for (const person of [reporter, secretary, stranger]) expect(yours(person)).toEqual([false])
  })

  test('nobody, then the one who took it up, since then', () => {
    const declared = aReport({ reporterKey: null })
    expect(seenBy(stranger, declared)).toMatchObject({ isUnreported: true })
    const at = declared.changedAt + dayMs
    const taken = take(declared, 'take-up', { by: reporter, now: at })
    expect(seenBy(reporter, taken)).toMatchObject({ reportedAt: at, yoursSince: at })
    expect(seenBy(reporter, taken)).not.toHaveProperty('isUnreported')
    expect(seenBy(stranger, taken)).toMatchObject({ reportedAt: at })
    expect(seenBy(stranger, taken)).not.toHaveProperty('yoursSince')
  })

  test('who took the place of one who left is its reporter since then, and reported nothing', () => {
    const crowd = supportedBy(aReport(), supporter)
    const at = crowd.changedAt + dayMs
    const left = take(crowd, 'withdraw', { by: reporter, now: at })
    expect(left.reporterKey).toBe(supporter.name)
    expect(seenBy(supporter, left)).toMatchObject({ part: 'reporter', yoursSince: at })
    expect(seenBy(supporter, left)).not.toHaveProperty('reportedAt')
  })
})

describe('what the page says of a long life does not hang on the lines it has been sent', () => {
  test('when it was accepted by who has it: a decline proposed in time is no acceptance, nor is another unit’s', () => {
    expect(seenBy(stranger, aReport())).not.toHaveProperty('acceptedAt')
    expect(seenBy(stranger, take(aReport(), 'decline'))).not.toHaveProperty('acceptedAt')
    const accepted = take(aReport(), 'accept')
    expect(seenBy(stranger, accepted)).toMatchObject({ acceptedAt: accepted.changedAt, wasReopened: false })
    expect(seenBy(stranger, take(accepted, 'transfer'))).not.toHaveProperty('acceptedAt')
  })

  test('that it was reopened, and that it was not', () => {
    const resolved = takeAll(aReport(), 'accept', 'contact', 'resolve')
    expect(seenBy(stranger, resolved).wasReopened).toBe(false)
    const reopened = take(resolved, { kind: 'rate', rating: aVerdict({ solved: 'no' }) }, { by: reporter })
    expect(seenBy(stranger, reopened)).toMatchObject({ status: 'accepted', wasReopened: true })
  })

  test('the pictures laid since the last result, until there is a new one', () => {
    const urls = new Map([['fresh', { url: 'u', thumbUrl: 't' }]])
    const listed = madePublic(take(takeAll(aReport(), 'accept', 'contact'), 'declare-red-face'))
    const laid = take(listed, { kind: 'lay-evidence', note: '新铺了砂石', photos: ['fresh'] })
    const shownOf = (report: Report) =>
      presentReport(report, callerFor(stranger, report), {
        law,
        now: report.changedAt,
        urls,
        actorId: '',
      })?.freshEvidence?.map(({ id }) => id)
    expect(shownOf(laid)).toEqual(['fresh'])
    expect(shownOf(take(laid, 'resolve'))).toEqual([])
  })
})

describe('a row counts the households of a matter as its page does', () => {
  const single = aReport()
  const family = take(single, { kind: 'absorb', child: aChild() })
  const matters = {
    single,
    supported: supportedBy(single, supporter, secondSupporter),
    family,
    'family, supported': supportedBy(family, supporter),
    declared: supportedBy(aReport({ reporterKey: null }), supporter),
    'declared, with a merged report': take(aReport({ reporterKey: null }), {
      kind: 'absorb',
      child: aChild(),
    }),
  }
  const readers = [reporter, coReporter, supporter, secretary, stranger]

  test.each(Object.entries(matters))('%s, to whoever reads it', (_name, report) => {
    for (const person of readers) {
      const { supporterCount, coReporterCount, isUnreported = false, reportedAt } = seenBy(person, report)
      const card = presentCard(report, callerFor(person, report), {
        law,
        now: report.changedAt,
        urls: new Map(),
      })
      expect(card).toMatchObject({ supporterCount, coReporterCount, isUnreported })
      expect(card?.reportedAt).toBe(reportedAt)
    }
    // What outsiders count is what the trace tells everybody.
    const { supporterCount, coReporterCount, isUnreported } = seenBy(stranger, report)
    expect(supporterCount + coReporterCount + (isUnreported ? 0 : 1)).toBe(householdsShown(report))
  })

  test('and so does an entry of the list', async () => {
    const worked = takeAll(family, 'accept', 'declare-red-face')
    for (const report of [worked, matters.declared]) {
      const listed = madePublic(report)
      const entries: RedFaceEntry[] = []
      const ports = { redFaceEntries: { project: async (one: RedFaceEntry) => void entries.push(one) } }
      const { 'red-face': projector } = redFaceProjectors(ports as never)
      if (!('project' in projector)) throw new Error('entries are projected one by one')
      const work = { id: 'w', at: listed.changedAt, kind: 'red-face', episodeNo: 1 } as const
      await projector.project(listed, work, listed.changedAt, {} as never)
      const [entry] = entries
      const { supporterCount, coReporterCount } = seenBy(stranger, listed)
      expect(entry).toMatchObject({
        supporterCount,
        coReporterCount,
        isUnreported: listed.reporterKey === null,
      })
    }
  })
})

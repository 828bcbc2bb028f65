import { toRoutedUnit } from '../../../../cloudfunctions/contexts/organisation/rules/unit'
import {
  activeEpisode,
  type CauseRecord,
  type OwedLook,
  openRedFace,
  type RedFaceCause,
} from '../../../../cloudfunctions/contexts/red-face/rules/red-face'
import {
  causesTakenAlong,
  familyNow,
  reporterTakenAlong,
  stintsTakenAlong,
} from '../../../../cloudfunctions/contexts/report/rules/family'
import { timeTowards } from '../../../../cloudfunctions/contexts/report/rules/family-clock'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { requestOf } from '../../../../cloudfunctions/contexts/report/rules/request'
import { saidNos } from '../../../../cloudfunctions/contexts/report/rules/said-nos'
import { isOneOfOurs } from '../../../../cloudfunctions/contexts/report/rules/standing'
import { dayMs, hourMs, minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aCaller,
  aCategory,
  aChild,
  aDecision,
  aMembership,
  aParentOf,
  aReport,
  bannerClerk,
  branch,
  clerk,
  community,
  coReporter,
  farBranch,
  madePublic,
  mondayAt,
  otherBranch,
  otherSecretary,
  type Person,
  refusalFrom,
  reporter,
  rules,
  secondCoReporter,
  secondSupporter,
  supportedBy,
  supporter,
  take,
  takeAll,
  thirdSupporter,
  unitFacts,
  wait,
} from '../../../support/builders'
import type { ReportCommand } from '../../../support/commands'
import { causesOf, lay, nosIn, says } from '../../../support/red-face'
import { supportersOf } from '../../../support/rolls'

const consents = (report: Report) => report.redFaces.flatMap(({ consent }) => consent ?? [])
/** With the branch from the first, and with nobody else. */
const noBorder = { decision: aDecision({ alternate: undefined }) }
const withBranch = { ...noBorder, category: aCategory('lane-hardening') }

const refOf = ({ id, name, path }: typeof otherBranch) => ({ id, name, path })
const causeOf = (
  report: Pick<Report, 'changedAt'>,
  unit: typeof otherBranch,
  cause: RedFaceCause = 'resolve-overdue',
): CauseRecord => ({
  no: 1,
  cause,
  unit: refOf(unit),
  at: report.changedAt - 2 * dayMs,
  publicAt: report.changedAt - dayMs,
  publishedAt: report.changedAt - dayMs,
  wasAppealed: false,
})

describe('H3: whoever is on the list for a matter clears nothing there, wherever it lies', () => {
  const worker = (name: string): Person => ({
    name,
    memberships: [aMembership(otherBranch, 'grid-worker')],
  })
  const workers = ['one', 'two', 'three'].map(worker)
  /** On the list of another branch that never had it: it comes back there, or the cause came along. */
  const listed: readonly (readonly [string, (reporterKey?: string) => Report])[] = [
    [
      'it comes back to them',
      (reporterKey = reporter.name) =>
        madePublic(
          takeAll(
            aReport({ ...withBranch, reporterKey, isRecurring: true, recurringUnit: refOf(otherBranch) }),
            'accept',
          ),
        ),
    ],
    [
      'their cause came along',
      (reporterKey = reporter.name) => {
        const parent = takeAll(aReport({ ...withBranch, reporterKey }), 'accept')
        const child = aChild({
          reporterKey: null,
          causes: [causeOf(parent, otherBranch)],
          deadlines: parent.deadlines,
          mergedAt: parent.changedAt,
        })
        return take(parent, { kind: 'absorb', child })
      },
    ],
  ]

  test.each(listed)('%s: their own yes as the reporter is silence, their no is one', (_how, on) => {
    const [own] = workers as [Person]
    const asked = lay(on(own.name))
    expect(refusalFrom(asked, says(true), { by: own })).toBe('not-eligible')
    expect(activeEpisode(take(asked, says(false), { by: own }).redFaces)?.words).toHaveLength(1)
    // Of anybody else it is a yes.
    expect(consents(take(lay(on()), says(true), { by: reporter }))).toEqual(['reporter'])
  })

  test.each(listed)('%s: three of them clear nothing in silence', (_how, on) => {
    const asked = lay(supportedBy(on(), ...workers))
    for (const by of workers) expect(refusalFrom(asked, says(true), { by })).toBe('not-eligible')
    expect(consents(wait(asked, asked.changedAt + 8 * dayMs))).toEqual([])
  })

  test.each(listed)('%s: with them all above them, and nobody beside them', (_how, on) => {
    const of = (unit: typeof otherBranch) => aCaller({ memberships: [aMembership(unit, 'leader')] })
    expect(isOneOfOurs(of(otherBranch), on())).toBe(true)
    expect(isOneOfOurs(of(community), on())).toBe(otherBranch.path.includes(community.id))
    expect(isOneOfOurs(of(farBranch), on())).toBe(false)
  })

  test('who had an earlier report of the matter is concerned like whoever has it', () => {
    const report = { ...aReport(withBranch), earlierStints: [{ unit: refOf(farBranch), from: 0 }] }
    const of = aCaller({ memberships: [aMembership(farBranch, 'grid-worker')] })
    expect(isOneOfOurs(of, report)).toBe(true)
  })
})

const minuteLater = (report: Report) => ({ now: report.changedAt + minuteMs })
const overdue = (report: Report): Report => madePublic(wait(report, report.deadlines.resolveDueAt))
const look = (finding: 'solved' | 'unsolved'): ReportCommand => ({
  kind: 'look',
  finding,
  note: '看过',
  photos: [],
})
const lookFor = (report: Report) => requestOf(report.requests, 'look')?.because
const withinMs = rules.report.rateWithinDays * dayMs

/** On the list since it was to be done by then; others are in it. */
const listed = (): Report =>
  overdue(
    supportedBy(
      takeAll(aReport({ id: 'r-later', ...noBorder }), 'accept', 'contact'),
      supporter,
      secondSupporter,
    ),
  )
const merge = (report: Report): Report =>
  take(report, { kind: 'merge', parent: aParentOf(report) }, { by: clerk })
/** As it comes into the parent, with the people it still has. */
const childOf = (merged: Report) =>
  aChild({
    id: merged.id,
    reporterKey: reporterTakenAlong(merged),
    supporters: supportersOf(merged),
    deadlines: merged.deadlines,
    causes: causesTakenAlong(merged),
    mergedAt: merged.merged?.at ?? 0,
    mergingNo: merged.merged?.no ?? 0,
  })
/** Reported by two, of whom one was merged in. */
const earlier = (): Report => {
  const report = takeAll(
    aReport({ id: 'r-earlier', reporterKey: coReporter.name, ...withBranch }),
    'accept',
    'contact',
    'lay-plan',
  )
  const child = aChild({
    id: 'r-other',
    reporterKey: secondCoReporter.name,
    deadlines: report.deadlines,
    mergedAt: report.changedAt,
  })
  return take(report, { kind: 'absorb', child })
}
const absorbedBy = (parent: Report, merged: Report): Report =>
  take(parent, { kind: 'absorb', child: childOf(merged) }, minuteLater(merged))

/** What stands in the way of a clearing, and why somebody has to look. */
const obstacles: readonly (readonly [string, OwedLook, (report: Report) => Report])[] = [
  ['its reporter says no', 'supporter-objects', (report) => take(lay(report), says(false), { by: reporter })],
  [
    'a supporter says no with a picture',
    'supporter-objects',
    (report) => take(lay(report), { ...says(false), photo: 'photo-1' } as ReportCommand, { by: supporter }),
  ],
  [
    'two supporters say no',
    'supporter-objects',
    (report) => take(take(lay(report), says(false), { by: supporter }), says(false), { by: secondSupporter }),
  ],
  [
    'its reporter has left, a supporter has the place',
    'reporter-left',
    (report) => take(report, 'withdraw', { by: reporter }),
  ],
]
const alone = (): Report =>
  take(overdue(takeAll(aReport({ id: 'r-later', ...noBorder }), 'accept', 'contact')), 'withdraw', {
    by: reporter,
  })
const merged: readonly (readonly [string, OwedLook, () => Report])[] = [
  ...obstacles.map(([why, because, stand]): readonly [string, OwedLook, () => Report] => [
    why,
    because,
    () => stand(listed()),
  ]),
  ['its reporter has left, and nobody is in it', 'reporter-left', alone],
]
/** The parent as it may be: on no list, or on it for the like or for something else, with a consent on its way. */
const parents: readonly (readonly [string, (at: number) => Report])[] = [
  ['on no list', () => earlier()],
  ['on the list for the like', (at) => posted(withCause(earlier(), at, 'resolve-overdue'))],
  ['on the list for something else', (at) => posted(withCause(earlier(), at, 'declared'))],
]
/** Public since then, as the branch's own. */
const withCause = (report: Report, at: number, cause: RedFaceCause): Report => {
  const { changedAt, answerableUnit, unitPath } = report
  const unit = { ...answerableUnit, path: unitPath }
  const facts = { cause, unit, at: changedAt, publicAt: changedAt, publishedAt: changedAt }
  return {
    ...report,
    redFaces: openRedFace(report.redFaces, facts).episodes,
    changedAt: Math.max(changedAt, at),
  }
}
/** Laid, agreed to by its reporters, and shown to who says 我也遇到 there. */
const posted = (report: Report): Report => {
  const asked = lay(supportedBy(report, thirdSupporter))
  const agreed = take(take(asked, says(true), { by: coReporter }), says(true), { by: secondCoReporter })
  expect(activeEpisode(agreed.redFaces)?.posting).toBeDefined()
  return agreed
}
const everybodyAgrees = (report: Report): Report =>
  [coReporter, secondCoReporter, reporter, supporter, secondSupporter].reduce(
    (current, by) =>
      activeEpisode(current.redFaces) && refusalFrom(current, says(true), { by }) === undefined
        ? take(current, says(true), { by })
        : current,
    report,
  )
/** New evidence as soon as there may be some, and as much consent as there is. */
const agreedTo = (report: Report): Report => {
  const asked = lay(wait(report, report.changedAt + 4 * dayMs))
  return wait(everybodyAgrees(asked), asked.changedAt + 9 * dayMs)
}

describe.each(parents)(
  'F5: what stood in the way of a clearing comes along into a matter %s',
  (_parent, parentAt) => {
    test.each(merged)('%s: a look alone ends the stay that takes the cause in', (_why, because, stand) => {
      const child = merge(stand())
      const family = absorbedBy(parentAt(child.changedAt - minuteMs * 10), child)
      expect(lookFor(family)).toBe(because)
      const agreed = agreedTo(family)
      expect(consents(agreed)).toEqual([])
      expect(lookFor(agreed)).toBeDefined()
      expect(consents(take(agreed, look('solved'), { by: clerk }))).toEqual(['look'])
      // F5: whoever is believed after one look would have it laid a second time.
      const unsolved = take(agreed, look('unsolved'), { by: clerk })
      expect(consents(agreedTo(unsolved))).toEqual([])
    })

    test('nothing stood in the way: their words clear it', () => {
      const child = merge(listed())
      const family = absorbedBy(parentAt(child.changedAt - minuteMs * 10), child)
      expect(lookFor(family)).toBeUndefined()
      expect(consents(agreedTo(family))).toEqual(['posted'])
    })

    test('a consent given before is none to what came in since', () => {
      const child = merge(listed())
      const family = absorbedBy(parentAt(child.changedAt - minuteMs * 10), child)
      expect(consents(wait(family, family.changedAt + 6 * dayMs))).toEqual([])
    })
  },
)

describe('F5: what stood in its way stands in the matter that goes its own way again', () => {
  const nosOf = (report: Report) => saidNos(report, withinMs)
  const ways: readonly (readonly [string, (child: Report, parent: Report | undefined) => Report])[] = [
    [
      'taken out by its reporter',
      (child, parent) =>
        take(
          child,
          { kind: 'unmerge', family: familyNow(child, parent) },
          { by: reporter, ...minuteLater(child) },
        ),
    ],
    [
      'given back by the parent',
      (child, parent) => {
        const { parentReportId = '', no: mergingNo = 0 } = child.merged ?? {}
        return take(
          child,
          { kind: 'give-back', parentReportId, mergingNo, family: familyNow(child, parent) },
          minuteLater(child),
        )
      },
    ],
  ]
  const parents: readonly (readonly [string, (child: Report) => Report | undefined])[] = [
    ['before the parent had it', () => undefined],
    ['out of the family', (child) => absorbedBy(earlier(), child)],
  ]
  const objections = obstacles.filter(([, because]) => because === 'supporter-objects')
  const cases = ways.flatMap(([way, back]) =>
    parents.flatMap(([from, parentOf]) =>
      objections.map(([why, , stand]) => ({ name: `${way} ${from}: ${why}`, back, parentOf, stand })),
    ),
  )

  test.each(cases)('$name', ({ back, parentOf, stand }) => {
    const before = stand(listed())
    const child = merge(before)
    const after = back(child, parentOf(child))
    expect(nosIn(after)).toEqual(nosIn(before))
    expect(lookFor(after)).toBe('supporter-objects')
    // A no is one, wherever it stands.
    expect(nosOf(child)).toEqual(nosOf(before))
    expect(nosOf(after)).toEqual(nosOf(before))
    expect(consents(agreedTo(after))).toEqual(['merged'])
  })

  test.each(parents)('whose reporter had left, %s', (_from, parentOf) => {
    const child = merge(alone())
    const [, giveBack] = ways[1] ?? []
    const after = giveBack?.(child, parentOf(child)) ?? child
    expect(lookFor(after)).toBe('reporter-left')
  })

  test('a look that found it solved has settled them', () => {
    const child = merge(take(lay(listed()), says(false), { by: reporter }))
    const solved = take(absorbedBy(earlier(), child), look('solved'), { by: clerk })
    const [, unmerge] = ways[0] ?? []
    const after = unmerge?.(child, solved) ?? child
    expect(activeEpisode(after.redFaces)).toBeUndefined()
    expect(nosOf(after)).toEqual(nosOf(child))
  })
})

test('F5: a look that a third 没解决 makes comes along, and keeps nobody from clearing it', () => {
  const asked = take(lay(listed()), { ...says(false), photo: 'photo-1' } as ReportCommand, { by: supporter })
  const takenBack = take(asked, says(true), { by: supporter })
  const lookedFor = (because: 'third-unsolved' | 'supporter-objects') =>
    merge({
      ...takenBack,
      requests: takenBack.requests.map((one) => (one.kind === 'look' ? { ...one, because } : one)),
    })
  const third = absorbedBy(earlier(), lookedFor('third-unsolved'))
  expect(lookFor(third)).toBe('third-unsolved')
  expect(consents(agreedTo(third))).toEqual(['posted'])
  // Asked for a no that is taken back, it falls like any other request (K8).
  expect(lookFor(absorbedBy(earlier(), lookedFor('supporter-objects')))).toBeUndefined()
})

describe('F5: a yes is posted to a supporter who joined before the evidence, whatever they were in between', () => {
  type Deed = 'joins' | 'evidence' | 'merged in' | 'taken out'
  const mergingNo = 3
  const did = (report: Report, deed: Deed): Report => {
    switch (deed) {
      case 'joins':
        return supportedBy(report, supporter)
      case 'evidence':
        return lay(report)
      case 'merged in': {
        const { deadlines, changedAt: mergedAt } = report
        const child = aChild({ reporterKey: supporter.name, deadlines, mergedAt, mergingNo })
        return take(report, { kind: 'absorb', child }, minuteLater(report))
      }
      case 'taken out':
        return take(report, { kind: 'release', childReportId: 'r-later', mergingNo }, minuteLater(report))
    }
  }
  const alone = overdue(takeAll(aReport(noBorder), 'accept', 'contact'))
  const played = (deeds: readonly Deed[]): Report => deeds.reduce(did, alone)
  const isPosted = (report: Report): boolean => activeEpisode(report.redFaces)?.posting !== undefined

  test.each<readonly [boolean, readonly Deed[]]>([
    [true, ['joins', 'evidence']],
    [true, ['joins', 'evidence', 'merged in', 'taken out']],
    [true, ['joins', 'merged in', 'evidence', 'taken out']],
    [true, ['joins', 'merged in', 'taken out', 'evidence']],
    [false, ['evidence', 'joins']],
    [false, ['evidence', 'joins', 'merged in', 'taken out']],
    [false, ['evidence', 'merged in', 'taken out']],
    [false, ['merged in', 'evidence', 'taken out']],
  ])('%s: %j', (isTheirs, deeds) => {
    const agreed = take(played(deeds), says(true), { by: reporter })
    expect(isPosted(agreed)).toBe(isTheirs)
    expect(consents(agreed)).toEqual(isTheirs ? [] : ['reporter'])
  })

  test('both reporters say yes, and nobody else is in it: it is posted to nobody', () => {
    const both = played(['joins', 'evidence', 'merged in'])
    const agreed = take(take(both, says(true), { by: reporter }), says(true), { by: supporter })
    expect(consents(agreed)).toEqual(['reporter'])
  })
})

describe('A2: who had a merged report answers for its time, as long as the family goes by its clock', () => {
  /** Of another branch, and of a shorter kind than the parent: the family goes by its clock. */
  const child = take(
    aReport(
      { id: 'r-later', reporterKey: coReporter.name, ...noBorder, responsible: toRoutedUnit(otherBranch) },
      mondayAt + hourMs,
    ),
    'accept',
    { by: otherSecretary },
  )
  const { resolveDueAt } = child.deadlines
  const parent = takeAll(aReport({ id: 'r-earlier', ...withBranch }), 'accept', 'contact')
  const at = (share: number): number =>
    Math.round(child.submittedAt + (resolveDueAt - child.submittedAt) * share)
  const mergedAfter = (share: number): Report =>
    take(child, { kind: 'merge', parent: aParentOf(child) }, { by: clerk, now: at(share) })
  const takenIn = (one: Report): Report =>
    take(
      parent,
      { kind: 'absorb', child: { ...childOf(one), stints: stintsTakenAlong(one) } },
      minuteLater(one),
    )
  const late = (report: Report) =>
    (activeEpisode(wait(report, resolveDueAt + hourMs).redFaces)?.causes ?? [])
      .filter(({ cause }) => cause === 'resolve-overdue')
      .map(({ unit }) => unit.id)

  test('the family goes by the clock of the child', () => {
    expect(takenIn(mergedAfter(0.5)).deadlines.resolveDueAt).toBe(resolveDueAt)
  })

  test.each([
    [0.1, [branch.id]],
    [0.3, [branch.id]],
    [0.4, [otherBranch.id, branch.id]],
    [0.6, [otherBranch.id]],
    [0.9, [otherBranch.id]],
  ])('merged after %d of its time', (share, units) => {
    expect(late(takenIn(mergedAfter(share)))).toEqual(units)
  })

  test('as if it had been handed over then, whatever is passed on before and after', () => {
    const shares = [0.1, 0.2, 0.35, 0.5, 0.7]
    const handOver = (report: Report, to: typeof otherBranch, share: number): Report =>
      take(
        report,
        { kind: 'reassign', note: '另有安排', to: unitFacts(to) },
        {
          by: bannerClerk,
          now: at(share),
        },
      )
    for (const first of shares)
      for (const then of shares.filter((one) => one > first))
        for (const last of shares.filter((one) => one > then)) {
          const before = handOver(child, farBranch, first)
          const merged = take(
            before,
            { kind: 'merge', parent: aParentOf(before) },
            { by: bannerClerk, now: at(then) },
          )
          const asOne = handOver(handOver(before, branch, then), otherBranch, last)
          expect([first, then, last, late(handOver(takenIn(merged), otherBranch, last))]).toEqual([
            first,
            then,
            last,
            late(asOne),
          ])
        }
  })

  test('what leaves takes its time along: the parent has its own clock and its own units', () => {
    const family = takenIn(mergedAfter(0.5))
    const { no: mergingNo = 0 } = mergedAfter(0.5).merged ?? {}
    const left = take(family, { kind: 'release', childReportId: 'r-later', mergingNo }, minuteLater(family))
    const end = wait(left, left.deadlines.resolveDueAt + hourMs)
    const causes = causesOf(end)
    expect(causes.map(({ unit }) => unit.id)).toEqual(causes.map(() => branch.id))
    expect(isOneOfOurs(aCaller({ memberships: [aMembership(otherBranch, 'leader')] }), left)).toBe(false)
    expect(isOneOfOurs(aCaller({ memberships: [aMembership(otherBranch, 'leader')] }), family)).toBe(true)
  })

  test('what stood still is nobody’s, before the merging by the child’s holds and after by the parent’s', () => {
    const hold = { from: at(0.1), to: at(0.3) }
    const held = stintsTakenAlong({ ...mergedAfter(0.4), holds: [hold, { from: at(0.4) }] })
    expect(held.map(({ from }) => from)).toEqual([
      at(0.4) - (at(0.4) - child.submittedAt - (hold.to - hold.from)),
    ])
    const family = takenIn(mergedAfter(0.4))
    const { holds } = timeTowards({ ...family, holds: [hold, { from: at(0.35), to: at(0.5) }] }, resolveDueAt)
    expect(holds).toEqual([{ from: at(0.4), to: at(0.5) }])
  })

  test('of very many hand-overs the last come along', () => {
    const merged = mergedAfter(0.5)
    const [stint] = merged.stints
    const stints = Array.from({ length: 40 }, (_, place) => ({
      ...(stint as (typeof merged.stints)[number]),
      unit: refOf(place % 2 === 0 ? otherBranch : farBranch),
      from: child.submittedAt + place * minuteMs,
    }))
    expect(stintsTakenAlong({ ...merged, stints })).toHaveLength(12)
    expect(
      stintsTakenAlong({ ...merged, stints: stints.map((one) => ({ ...one, unit: refOf(branch) })) }),
    ).toHaveLength(1)
  })
})

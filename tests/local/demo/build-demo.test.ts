import { chineseCalendar } from '../../../cloudfunctions/contexts/calendar/chinese-calendar'
import { groupOf } from '../../../cloudfunctions/contexts/category/rules/category'
import { regionUnitId } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import {
  activeEpisode,
  hasBeenPublic,
  openedCauses,
} from '../../../cloudfunctions/contexts/red-face/rules/red-face'
import { publicPlaceKey, toReport } from '../../../cloudfunctions/contexts/report/report-documents'
import { setDeadlines } from '../../../cloudfunctions/contexts/report/rules/deadlines'
import { mayFollow, reportStatuses } from '../../../cloudfunctions/contexts/report/rules/lifecycle'
import { reportIdOf } from '../../../cloudfunctions/contexts/report/rules/participant-key'
import { numbersAtOnce } from '../../../cloudfunctions/contexts/report/shared/number-reports'
import { catchUp } from '../../../cloudfunctions/contexts/report/tick'
import { lineText, messageText } from '../../../cloudfunctions/contexts/report/words'
import { alikeMetres, publicPlacesAround } from '../../../cloudfunctions/contexts/routing/rules/public-place'
import { categoryOf, defaultRuleBook } from '../../../cloudfunctions/contexts/rule-book/rules/rule-book'
import { distanceMetres } from '../../../cloudfunctions/ground/geometry'
import { dayMs } from '../../../cloudfunctions/ground/instant'
import { keyedWith } from '../../../cloudfunctions/platform/cloudbase/environment'
import { alleys, storyPlace } from '../../../local/demo/alleys'
import { buildDemo, type DemoDocuments } from '../../../local/demo/build-demo'
import { demoUnit, storyCommunityId } from '../../../local/demo/divisions'
import { accountOf, demoPersonas } from '../../../local/demo/personas'
import { photoIds } from '../../../local/demo/photo-ids'
import { testSecret } from '../../support/cloud'
import { isReportNumber } from '../../support/numbers'

const keyed = keyedWith(Buffer.from(testSecret, 'hex'))
const at = (text: string) => Date.parse(`${text}+08:00`)

/** A working afternoon, a Sunday just after midnight, Spring Festival, National Day week, an early morning. */
const nows = [
  '2026-06-12T15:00:00',
  '2026-06-14T00:05:00',
  '2026-02-18T10:00:00',
  '2026-10-05T23:50:00',
  '2026-03-02T07:10:00',
]

const built = new Map<number, Promise<DemoDocuments>>()
/** Each is played once; what is asked of it changes nothing. */
const demoAt = (now: number): Promise<DemoDocuments> => {
  const demo = built.get(now) ?? buildDemo({ now, keyed })
  built.set(now, demo)
  return demo
}
const usualNow = at('2026-06-12T15:00:00')

describe.each(nows)('the demonstration as of %s', (text) => {
  const now = at(text)
  let demo: DemoDocuments
  let reports: DemoDocuments['reports']
  let participants: DemoDocuments['participants']
  let messages: DemoDocuments['inbox_messages']
  let ofStory: DemoDocuments['reports']

  beforeAll(async () => {
    demo = await demoAt(now)
    reports = demo.reports
    participants = demo.participants
    messages = demo.inbox_messages
    ofStory = reports.filter((report) => report.queueUnitId === storyCommunityId)
  })

  it('has figures that say where its reports lie, at once', () => {
    const open = (id: string) => {
      const figures = demo.figures.find(({ _id }) => _id === id)
      return (figures?.own?.open ?? 0) + (figures?.below?.open ?? 0)
    }
    for (const id of [regionUnitId, '150221', storyCommunityId]) {
      const lying = reports.filter(({ openIn, isPublic }) => isPublic && openIn.includes(id))
      expect([id, open(id)]).toEqual([id, lying.length])
    }
  })

  it('has reports in every status', () => {
    expect(new Set(reports.map((report) => report.status))).toEqual(new Set(reportStatuses))
    expect(reports.length).toBeGreaterThanOrEqual(240)
    expect(new Set(reports.map((report) => report._id)).size).toBe(reports.length)
  })

  it('gives every report a number of its own, which is kept for it', () => {
    const numbers = reports.map(({ number = '' }) => number)
    expect(numbers.filter((number) => !isReportNumber(number))).toEqual([])
    expect(new Set(numbers).size).toBe(reports.length)
    const kept = new Set(demo.report_numbers.map(({ _id }) => _id))
    expect(numbers.filter((number) => !kept.has(number))).toEqual([])
    expect(kept.size - numbers.length).toBeLessThan(numbersAtOnce)
  })

  it('has exactly one responsible unit, or one that sorts by hand, for every report', () => {
    const without = reports.filter((report) => {
      const last = demoUnit(report.unitPath[report.unitPath.length - 1] ?? '')
      const isPlaced = last.path.join() === report.unitPath.join() && last.name === report.answerableUnit.name
      const isOfIt =
        report.answerableUnit.id === last.id && report.isSorting === (report.status === 'unrouted')
      return !isPlaced || !isOfIt
    })
    expect(without.map((report) => report._id)).toEqual([])
  })

  it('tells each report in order, within the ninety days before now, by steps the lifecycle knows', () => {
    const wrong: string[] = []
    for (const report of reports) {
      if (report.submittedAt <= now - 91 * dayMs) wrong.push(`${report._id} is too old`)
      for (const [place, event] of report.timeline.entries()) {
        const before = report.timeline[place - 1]
        if (event.at > now || event.seq !== place + 1) wrong.push(`${report._id} ${event.seq}`)
        if (lineText(event).includes('。，')) wrong.push(lineText(event))
        if (before === undefined) continue
        const isStep =
          event.rev === before.rev
            ? event.status === before.status
            : event.status === before.status ||
              mayFollow(before.status, event.status) ||
              event.kind === 'reopened' ||
              event.kind === 'rated' ||
              event.kind === 'looked'
        if (event.at < before.at || event.rev < before.rev || !isStep) {
          wrong.push(`${report._id} ${before.kind} → ${event.kind}`)
        }
      }
    }
    expect(wrong).toEqual([])
  })

  it('leaves nothing to be caught up with', () => {
    const rules = demo.rule_books[0] ?? defaultRuleBook
    const calendar = chineseCalendar()
    const behind = reports.map(toReport).filter((report) => {
      const own = report.unitPath[2] === '150221' ? rules : defaultRuleBook
      return catchUp(report, now, { rules: own, calendar }) !== report
    })
    expect(behind).toEqual([])
  })

  it('M3: knows everybody who takes part: the reporter, co-reporters and supporters', () => {
    const ids = new Set(participants.map((one) => one._id))
    expect(ids.size).toBe(participants.length)
    const keysOf = (people: readonly { readonly key: string }[]) => people.map((one) => one.key).sort()
    for (const report of reports) {
      const people = participants.filter((one) => one.reportId === report._id)
      const as = (part: string) => people.filter((one) => one.part === part)
      expect(keysOf(as('reporter'))).toEqual(report.reporterKey === null ? [] : [report.reporterKey])
      expect(keysOf(as('co-reporter'))).toEqual(keysOf(report.coReporters))
      expect(as('supporter')).toHaveLength(report.supporters.count)
      expect(as('reporter').some((one) => one.phone !== null)).toBe(report.hasPhone)
      expect(people.filter((one) => one.joinedAt > now)).toEqual([])
    }
    const merged = reports.filter((report) => report.status === 'merged')
    expect(merged.length).toBeGreaterThan(0)
    for (const child of merged) {
      const parent = reports.find((report) => report._id === child.parentReportId)
      expect(parent?.childReportIds).toContain(child._id)
      const [reporter] = participants.filter((one) => one.reportId === child._id)
      expect(participants).toContainEqual(
        expect.objectContaining({
          reportId: parent?._id,
          accountId: reporter?.accountId,
          part: 'co-reporter',
          fromReportId: child._id,
        }),
      )
    }
  })

  it('has told everybody in their inbox, each since it happened', () => {
    expect(reports.flatMap((report) => report.outbox).filter((entry) => entry.kind === 'message')).toEqual([])
    expect(messages.filter((one) => one.arrivedAt !== one.at || one.at > now)).toEqual([])
    const told = (persona: string) =>
      messages.filter((one) => one.recipient === `account:${accountOf(persona)}`)
    expect(told('resident-1').map((one) => messageText(one).title)).toEqual(
      expect.arrayContaining(['已收到', '已受理', '已办结，请您评价']),
    )
    const unread = messages.filter(
      (one) => one.recipient === `unit:${storyCommunityId}` && one.arrivedAt > now - 2 * dayMs,
    )
    expect(unread.length).toBeGreaterThan(0)
    expect(unread.length).toBeLessThan(100)
  })

  it('lets no report lie with a unit that nobody works in', () => {
    const manned = new Set(demo.memberships.map((one) => one.unitId))
    const alone = reports.filter((report) => !manned.has(report.unitPath[report.unitPath.length - 1] ?? ''))
    expect(alone).toEqual([])
  })

  it('shows only photographs that are drawn, and one of whatever can be seen', () => {
    const drawn = new Set<string>(photoIds)
    const shown = reports.flatMap((report) => [
      ...report.photos,
      ...report.resolutions.flatMap((one) => [...one.before, ...one.after]),
      ...(report.fixClaim ? [...report.fixClaim.before, ...report.fixClaim.after] : []),
      ...report.timeline.flatMap((event) => event.photos ?? []),
    ])
    expect([...new Set(shown)].filter((id) => !drawn.has(id))).toEqual([])
    const toBeSeen = ['road', 'lighting', 'sanitation', 'safety']
    const without = reports.filter(
      (report) => report.photos.length === 0 && toBeSeen.includes(groupOf(report.categoryId)),
    )
    expect(without).toEqual([])
  })

  it('fills every tab of the branch of the story', () => {
    for (const tab of ['waiting', 'working', 'check', 'suspended', 'done']) {
      expect(ofStory.filter((report) => report.tab === tab).length).toBeGreaterThan(0)
    }
    for (const status of [
      'accepted',
      'dispatched',
      'resolved',
      'closed',
      'declined',
      'merged',
      'withdrawn',
    ]) {
      expect(ofStory.map((report) => report.status)).toContain(status)
    }
  })

  it('keeps few reports waiting there, so that a new one of the same day stands on top', () => {
    const waiting = ofStory.filter((report) => report.tab === 'waiting')
    expect(waiting.length).toBeGreaterThanOrEqual(3)
    expect(waiting.length).toBeLessThanOrEqual(5)
    const category = categoryOf(defaultRuleBook, 'lane-hardening')
    if (!category) throw new Error('no such category')
    const { acceptDueAt } = setDeadlines(category, now, chineseCalendar(), 'any')
    const id = reportIdOf(keyed, accountOf('resident-1'), '7f000001-0000-4000-8000-000000000001')
    for (const report of waiting) {
      expect(report.dueAt).toBeGreaterThanOrEqual(acceptDueAt)
      expect(report._id > id).toBe(true)
    }
  })

  it('M1: has nothing near the place of the story that a new report could be taken for', () => {
    const places = new Set<string | null>(
      publicPlacesAround(storyPlace.point, alikeMetres).map((place) => publicPlaceKey('road', place.key)),
    )
    const offered = reports.filter((report) => places.has(report.openPublicPlace))
    expect(offered).toEqual([])
    const recurring = reports.filter(
      ({ place }) => place.point && distanceMetres(place.point, storyPlace.point) < 100,
    )
    expect(recurring).toEqual([])
  })

  it('has a report of every one of the 26 alleys', () => {
    for (const alley of alleys) {
      const here = ofStory.filter(
        (report) => report.categoryId === 'lane-hardening' && report.place.words === alley.name,
      )
      expect(here.length).toBeGreaterThan(0)
    }
    const hardened = ofStory.filter(
      (report) => report.categoryId === 'lane-hardening' && report.status === 'closed',
    )
    expect(hardened.length).toBeGreaterThanOrEqual(8)
    for (const report of hardened) {
      const done = report.resolutions[report.resolutions.length - 1]
      expect(done?.before.length).toBeGreaterThan(0)
      expect(done?.after[0]).toMatch(/^demo-lane-hardened/)
    }
  })

  it('knows every way onto the red-face list but the monthly dispatch, and the ways off it', () => {
    const episodes = reports.flatMap((report) => report.redFaces)
    const running = episodes.filter((episode) => episode.endedAt === undefined)
    expect(new Set(running.map(hasBeenPublic))).toEqual(new Set([true, false]))
    expect(running.some((episode) => episode.posting)).toBe(true)
    const causes = new Set(episodes.flatMap((episode) => episode.causes.map((one) => one.cause)))
    expect(causes).toEqual(new Set(openedCauses))
    expect(new Set(episodes.flatMap((episode) => episode.consent ?? []))).toEqual(
      new Set(['reporter', 'posted', 'supporters', 'look', 'came-late', 'appeal-upheld']),
    )
    const isPublic = ofStory.some((report) => {
      const episode = activeEpisode(report.redFaces)
      return episode !== undefined && hasBeenPublic(episode)
    })
    expect(isPublic).toBe(true)
  })

  it('F3: disputes one cause and leaves the others of the same matter alone', () => {
    const appealed = ofStory.flatMap((report) =>
      report.requests.some((request) => request.kind === 'appeal-red-face')
        ? [activeEpisode(report.redFaces)]
        : [],
    )
    expect(appealed).toHaveLength(1)
    expect(appealed[0]?.causes.map((cause) => [cause.cause, cause.appeal !== undefined])).toEqual(
      expect.arrayContaining([
        ['accept-overdue', true],
        ['rated-unsolved', false],
      ]),
    )
  })

  it('leaves requests of nearly every kind for the township to rule on', () => {
    const pending = reports.flatMap((report) =>
      report.requests.flatMap((request) => (request.rulingUnitId === '150221104' ? request.kind : [])),
    )
    expect(new Set(pending)).toEqual(
      new Set([
        'suspend',
        'extend',
        'resume',
        'decline',
        'pass-on',
        'reclassify',
        'look',
        'appeal-closing',
        'appeal-red-face',
      ]),
    )
    // Against a decline that the township granted, the banner hears the appeal.
    const above = reports.flatMap((report) =>
      report.requests.flatMap((request) => (request.rulingUnitId === '150221' ? request.kind : [])),
    )
    expect(above).toContain('appeal-decline')
  })

  it('shows what the steps between residents and branch look like', () => {
    const kinds = new Set(reports.flatMap((report) => report.timeline.map((event) => event.kind)))
    expect([...kinds]).toEqual(
      expect.arrayContaining([
        'declared',
        'asked',
        'answered',
        'added',
        'urged',
        'contact-denied',
        'message-opened',
        'phone-revealed',
        'plan-laid',
        'recalled',
        'reclassified',
        'relocated',
        'summary-corrected',
        'reassigned',
        'supervised',
        'absorbed',
        'looked',
        'evidence-laid',
        'request-granted',
        'request-denied',
        'request-agreed',
        'handed-on',
      ]),
    )
  })

  it('was routed by every policy', () => {
    const policies = new Set(reports.map((report) => report.routing.policy))
    expect(policies).toEqual(
      new Set([
        'about-branch',
        'temporary-unit',
        'specialised-branch',
        'border',
        'cell',
        'nearest-cell',
        'named-unit',
        'hand-sorting',
        'by-hand',
        'transfer',
        'take-over',
        'reassigned',
        'declared',
      ]),
    )
  })

  it('gives each persona work: own reports to rate, queues, handlers', () => {
    const mine = (persona: string) =>
      participants
        .filter((one) => one.accountId === accountOf(persona) && one.part === 'reporter')
        .flatMap((one) => reports.filter((report) => report._id === one.reportId))
    const statuses = mine('resident-1').map((report) => report.status)
    expect(statuses).toEqual(
      expect.arrayContaining(['resolved', 'closed', 'dispatched', 'declined', 'withdrawn']),
    )
    expect(mine('resident-2').length).toBeGreaterThan(1)

    const handled = (unitId: string) => reports.filter((report) => report.handlerUnitId === unitId)
    expect(handled('150221-housing').map((report) => report.status)).toEqual(
      expect.arrayContaining(['dispatched', 'awaiting-check']),
    )
    const village = reports.filter((report) => report.queueUnitId === '150421201207')
    expect(village.map((report) => report.tab)).toEqual(
      expect.arrayContaining(['waiting', 'working', 'check', 'suspended', 'done']),
    )
    for (const township of ['150221104', '150421201']) {
      const here = reports.filter((report) => report.unitPath[3] === township)
      expect(here.map((report) => report.tab)).toContain('sorting')
      expect(here.some((report) => report.rulingUnitIds.includes(township))).toBe(true)
      expect(here.some((report) => report.categoryId === 'about-branch' && report.tab !== 'done')).toBe(true)
    }
  })
})

describe('the memberships of the personas', () => {
  const now = usualNow
  let memberships: DemoDocuments['memberships']
  let inboxMarks: DemoDocuments['inbox_marks']

  beforeAll(async () => {
    const demo = await demoAt(now)
    memberships = demo.memberships
    inboxMarks = demo.inbox_marks
  })

  const held = (persona: string) =>
    memberships
      .filter((one) => one.accountId === `custom:${persona}`)
      .map((one) => `${one.unitName} ${one.role}`)

  it('make residents members of nothing', () => {
    expect(held('resident-1')).toEqual([])
    expect(held('resident-2')).toEqual([])
  })

  it('give each of the others the posts that the picker names', () => {
    expect(held('secretary-150221104004')).toEqual(['后炭市社区党支部 secretary'])
    expect(held('grid-worker-150221104004')).toEqual(['后炭市社区党支部 grid-worker'])
    expect(held('partner-150221-housing')).toEqual(['土默特右旗住房和城乡建设局 partner-staff'])
    expect(held('upper-150221104')).toEqual(['萨拉齐镇党委 clerk'])
    expect(held('upper-150221')).toEqual(['土默特右旗委 clerk'])
    expect(held('chair-150221')).toEqual(['土默特右旗委 chair'])
    expect(held('upper-1502')).toEqual(['包头市委 clerk'])
    expect(held('upper-15')).toEqual(['内蒙古自治区党委 clerk'])
    expect(held('upper-150421201')).toEqual(['先锋乡党委 clerk'])
    expect(held('secretary-150421201207')).toEqual([
      '张家伙房村党支部 secretary',
      '先锋乡农牧业综合服务中心 partner-staff',
    ])
  })

  it('leave the personas only the messages of the last two days to read', () => {
    const marks = new Map(inboxMarks.map((mark) => [mark._id, mark.untilAt]))
    const offered = new Set(demoPersonas.map(({ id }) => accountOf(id)))
    for (const one of memberships.filter(({ accountId }) => offered.has(accountId))) {
      expect(marks.get(`${one.accountId}@unit:${one.unitId}`)).toBe(now - 2 * dayMs)
    }
    for (const { id } of demoPersonas) {
      expect(marks.get(`${accountOf(id)}@account:${accountOf(id)}`)).toBe(now - 2 * dayMs)
    }
  })

  it('belong to personas that the picker offers, or to accounts marked as filling a seat', () => {
    const offered = new Set(demoPersonas.map(({ id }) => accountOf(id)))
    for (const one of memberships) {
      if (!one.accountId.startsWith('custom:demo-')) expect(offered).toContain(one.accountId)
      expect(demoUnit(one.unitId)).toMatchObject({ name: one.unitName, level: one.unitLevel })
    }
    for (const persona of demoPersonas) expect(persona.name).toContain('演示')
  })
})

describe('rule books of the demonstration', () => {
  it('let 土默特右旗 publish its rates, in its own version', async () => {
    const { rule_books: books } = await demoAt(usualNow)
    expect(books).toMatchObject([
      { _id: '150221@150221-2026-1', version: '150221-2026-1', rates: { isPublished: true } },
      { _id: '150221', current: '150221-2026-1' },
    ])
  })
})

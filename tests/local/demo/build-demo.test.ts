import { chineseCalendar } from '../../../cloudfunctions/adapters/calendar/chinese-calendar'
import { toReport } from '../../../cloudfunctions/adapters/cloudbase/documents'
import { keyedWith } from '../../../cloudfunctions/adapters/cloudbase/environment'
import { setDeadlines } from '../../../cloudfunctions/domain/deadline/deadlines'
import { dayMs } from '../../../cloudfunctions/domain/instant'
import { redFaceCauses } from '../../../cloudfunctions/domain/red-face/red-face'
import { mayFollow, reportStatuses } from '../../../cloudfunctions/domain/report/lifecycle'
import { catchUp } from '../../../cloudfunctions/domain/report/tick'
import { distanceMetres } from '../../../cloudfunctions/domain/routing/geometry'
import { categoryOf, defaultRuleBook } from '../../../cloudfunctions/domain/rules'
import { reportIdOf } from '../../../cloudfunctions/use-cases/participant-key'
import { alleys, storyPlace } from '../../../local/demo/alleys'
import { buildDemo } from '../../../local/demo/build-demo'
import { demoUnit, storyCommunityId } from '../../../local/demo/divisions'
import { accountOf, demoPersonas } from '../../../local/demo/personas'
import { photoIds } from '../../../local/demo/photo-ids'
import { testSecret } from '../../support/cloud'

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

describe.each(nows)('the demonstration as of %s', (text) => {
  const now = at(text)
  const demo = buildDemo({ now, keyed })
  const { reports, participants } = demo
  const ofStory = reports.filter((report) => report.branchId === storyCommunityId)

  it('is the same every time', () => {
    expect(JSON.stringify(buildDemo({ now, keyed })) === JSON.stringify(demo)).toBe(true)
  })

  it('has reports in every status', () => {
    expect(new Set(reports.map((report) => report.status))).toEqual(new Set(reportStatuses))
    expect(reports.length).toBeGreaterThanOrEqual(240)
    expect(new Set(reports.map((report) => report._id)).size).toBe(reports.length)
  })

  it('has exactly one responsible unit, or one that sorts by hand, for every report', () => {
    const without = reports.filter((report) => {
      const last = demoUnit(report.unitPath[report.unitPath.length - 1] ?? '')
      const isPlaced = last.path.join() === report.unitPath.join() && last.name === report.branchName
      return !isPlaced || report.branchId !== (report.status === 'unrouted' ? null : last.id)
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
        if (event.text.includes('。，')) wrong.push(event.text)
        if (before === undefined) continue
        const isStep =
          event.rev === before.rev
            ? event.status === before.status
            : event.status === before.status ||
              mayFollow(before.status, event.status) ||
              event.kind === 'reopened' ||
              event.kind === 'rated'
        if (event.at < before.at || event.rev < before.rev || !isStep) {
          wrong.push(`${report._id} ${before.kind} → ${event.kind}`)
        }
      }
    }
    expect(wrong).toEqual([])
  })

  it('leaves nothing to be caught up with', () => {
    const rules = demo.rule_books[0] ?? defaultRuleBook
    const behind = reports.map(toReport).filter((report) => {
      const own = report.unitPath[2] === '150221' ? rules : defaultRuleBook
      return catchUp(report, now, own) !== report
    })
    expect(behind).toEqual([])
  })

  it('knows one reporter of every report, and every supporter', () => {
    const ids = new Set(participants.map((one) => one._id))
    expect(ids.size).toBe(participants.length)
    const wrong = reports.filter((report) => {
      const people = participants.filter((one) => one.reportId === report._id)
      const reporters = people.filter((one) => one.part === 'reporter')
      const supporters = people.filter((one) => one.part === 'supporter').map((one) => one.key)
      return (
        reporters.length !== 1 ||
        (reporters[0]?.phone !== null) !== report.hasPhone ||
        people.some((one) => one.joinedAt > now) ||
        supporters.sort().join() !==
          report.supporters
            .map((one) => one.key)
            .sort()
            .join()
      )
    })
    expect(wrong.map((report) => report._id)).toEqual([])
  })

  it('shows only photographs that are drawn, and one wherever the category asks for it', () => {
    const drawn = new Set<string>(photoIds)
    const shown = reports.flatMap((report) => [
      ...report.photos,
      ...report.resolutions.flatMap((one) => [...one.before, ...one.after]),
      ...(report.fixClaim ? [...report.fixClaim.before, ...report.fixClaim.after] : []),
      ...report.timeline.flatMap((event) => event.photos ?? []),
    ])
    expect([...new Set(shown)].filter((id) => !drawn.has(id))).toEqual([])
    const without = reports.filter(
      (report) =>
        report.photos.length === 0 && !categoryOf(defaultRuleBook, report.categoryId)?.isPhotoOptional,
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

  it('has nothing near the place of the story that a new report could be taken for', () => {
    const near = reports.filter(({ place, categoryId }) => {
      const metres = place.point ? distanceMetres(place.point, storyPlace.point) : Number.POSITIVE_INFINITY
      return metres < (categoryId === 'lane-hardening' ? 150 : 100)
    })
    expect(near).toEqual([])
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

  it('knows every way onto the red-face list but an order from above, and every way off it', () => {
    const episodes = reports.flatMap((report) => report.redFaces)
    expect(new Set(episodes.map((episode) => episode.state))).toEqual(
      new Set(['noticed', 'public', 'frozen', 'cleared']),
    )
    const causes = new Set(episodes.flatMap((episode) => episode.causes.map((one) => one.cause)))
    expect(causes).toEqual(new Set(redFaceCauses.filter((cause) => cause !== 'supervised')))
    expect(new Set(episodes.flatMap((episode) => episode.consent ?? []))).toEqual(
      new Set(['reporter', 'supporters', 'one-level-up', 'appeal-upheld']),
    )
    expect(ofStory.some((report) => report.redFaces.some((episode) => episode.state === 'public'))).toBe(true)
  })

  it('leaves a request of every kind for the township to decide', () => {
    const pending = reports.flatMap((report) =>
      report.unitPath.includes('150221104') ? (report.pendingRequest?.kind ?? []) : [],
    )
    expect(new Set(pending)).toEqual(
      new Set(['suspend', 'extend', 'transfer', 'appeal-decline', 'appeal-red-face']),
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
    const village = reports.filter((report) => report.branchId === '150421201207')
    expect(village.map((report) => report.tab)).toEqual(
      expect.arrayContaining(['waiting', 'working', 'check', 'suspended', 'done']),
    )
    for (const township of ['150221104', '150421201']) {
      const here = reports.filter((report) => report.unitPath[3] === township)
      expect(here.map((report) => report.tab)).toContain('sorting')
      expect(here.some((report) => report.requestedAt !== null)).toBe(true)
      expect(here.some((report) => report.categoryId === 'about-branch' && report.isOpen)).toBe(true)
    }
  })
})

describe('the memberships of the personas', () => {
  const { memberships } = buildDemo({ now: at('2026-06-12T15:00:00'), keyed })
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
    expect(held('upper-150221104')).toEqual(['萨拉齐镇党委 upper'])
    expect(held('upper-150221')).toEqual(['土默特右旗委 upper'])
    expect(held('upper-150421201')).toEqual(['先锋乡党委 upper'])
    expect(held('secretary-150421201207')).toEqual([
      '张家伙房村党支部 secretary',
      '先锋乡农牧业综合服务中心 partner-staff',
    ])
  })

  it('leave the personas only the messages of the last two days to read', () => {
    const now = at('2026-06-12T15:00:00')
    const marks = new Map(buildDemo({ now, keyed }).inbox_marks.map((mark) => [mark._id, mark.untilAt]))
    for (const one of memberships) {
      expect(marks.get(`${one.accountId}@unit:${one.unitId}`)).toBe(now - 2 * dayMs)
    }
    for (const { id } of demoPersonas) {
      expect(marks.get(`${accountOf(id)}@account:${accountOf(id)}`)).toBe(now - 2 * dayMs)
    }
  })

  it('belong to personas that the picker offers, each of them marked as a demonstration', () => {
    const offered = new Set(demoPersonas.map(({ id }) => accountOf(id)))
    for (const one of memberships) {
      expect(offered).toContain(one.accountId)
      expect(demoUnit(one.unitId)).toMatchObject({ name: one.unitName, level: one.unitLevel })
    }
    for (const persona of demoPersonas) expect(persona.name).toContain('演示')
  })
})

describe('rule books of the demonstration', () => {
  it('let 土默特右旗 publish its rates, in its own version', () => {
    const { rule_books: books } = buildDemo({ now: at('2026-06-12T15:00:00'), keyed })
    expect(books).toMatchObject([
      { _id: '150221@150221-2026-1', version: '150221-2026-1', rates: { isPublished: true } },
      { _id: '150221', current: '150221-2026-1' },
    ])
  })
})

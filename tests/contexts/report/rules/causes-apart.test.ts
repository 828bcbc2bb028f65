import { activeEpisode, type CauseRecord } from '../../../../cloudfunctions/contexts/red-face/rules/red-face'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aCategory,
  aChild,
  aReport,
  aVerdict,
  bannerClerk,
  branch,
  clerk,
  madePublic,
  otherBranch,
  otherSecretary,
  reporter,
  ruleOn,
  secretary,
  take,
  takeAll,
  unitFacts,
  wait,
} from '../../../support/builders'

const causesOf = (report: Report): readonly CauseRecord[] => activeEpisode(report.redFaces)?.causes ?? []
const standing = (report: Report): readonly string[] =>
  causesOf(report).flatMap((one) => (one.struckAt === undefined ? [one.cause] : []))
const lateIn = (report: Report): Report => wait(report, report.deadlines.acceptDueAt)

describe('F3, F5: a new miss is a cause of its own', () => {
  test('resolved too late a second time while the first is disputed, it stays on the list when the appeal is upheld', () => {
    const working = takeAll(aReport(), 'accept', 'contact')
    const disputed = take(wait(working, working.deadlines.resolveDueAt), 'appeal-red-face', { by: secretary })
    const rated = take(
      take(disputed, 'resolve'),
      { kind: 'rate', rating: aVerdict({ solved: 'partly' }) },
      { by: reporter },
    )
    const reopened = take(rated, 'reopen', { by: reporter })
    const again = wait(reopened, reopened.deadlines.resolveDueAt)
    expect(standing(again)).toEqual(['resolve-overdue', 'resolve-overdue'])
    const upheld = take(again, ruleOn('appeal-red-face'), { by: clerk })
    expect(standing(upheld)).toEqual(['resolve-overdue'])
  })

  test('got back, and not accepted in time once more while the first miss is disputed', () => {
    const disputed = take(lateIn(aReport({ category: aCategory('complex') })), 'appeal-red-face', {
      by: secretary,
    })
    const away = take(disputed, { kind: 'reassign', to: unitFacts(otherBranch), note: '就近' }, { by: clerk })
    const back = take(away, { kind: 'transfer', to: unitFacts(branch), note: '' }, { by: otherSecretary })
    const upheld = take(lateIn(back), ruleOn('appeal-red-face'), { by: clerk })
    expect(standing(upheld)).toEqual(['accept-overdue'])
  })

  test('whose late decline was overturned, and who then does not accept, does not leave the page as come late', () => {
    const late = madePublic(lateIn(aReport({ category: aCategory('lane-hardening') })))
    const declined = take(take(late, 'decline'), ruleOn('decline'), { by: clerk })
    const overturned = take(take(declined, 'appeal', { by: reporter }), ruleOn('appeal-decline'), {
      by: bannerClerk,
    })
    const again = lateIn(overturned)
    expect(standing(again)).toEqual(['accept-overdue', 'accept-overdue'])
    expect(causesOf(again)[1]?.cameAt).toBeUndefined()
  })

  test('nor does a level that is denied its decline, and then does not sort', () => {
    const late = madePublic(lateIn(aReport({ responsible: null, category: aCategory('complex') })))
    const denied = take(take(late, 'decline', { by: clerk }), ruleOn('decline', false), { by: bannerClerk })
    expect(standing(lateIn(denied))).toEqual(['accept-overdue', 'accept-overdue'])
  })

  test('what was public in a merged report is public in the family, whatever disputes or holds the like there', () => {
    const publicCause = causesOf(madePublic(lateIn(aReport())))
    const within = lateIn(aReport({ id: 'r-earlier' }))
    const held = take(within, 'appeal-red-face', { by: secretary })
    for (const parent of [within, held]) {
      const family = take(
        parent,
        { kind: 'absorb', child: aChild({ causes: publicCause }) },
        { now: parent.changedAt + minuteMs },
      )
      expect(causesOf(family).map((one) => one.publishedAt !== undefined)).toEqual([false, true])
    }
  })
})

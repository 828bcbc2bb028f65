import type { RedFaceEntry } from '../../../../cloudfunctions/contexts/red-face/ports'
import { redFaceProjectors } from '../../../../cloudfunctions/contexts/red-face/projectors'
import { hasPage } from '../../../../cloudfunctions/contexts/red-face/rules/entries'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { presentReport } from '../../../../cloudfunctions/contexts/report/use-cases/present-report'
import { minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aReport,
  callerOf,
  clerk,
  law,
  madePublic,
  otherBranch,
  type Person,
  reporter,
  ruleOn,
  secretary,
  stranger,
  take,
  takeAll,
  unitFacts,
  wait,
} from '../../../support/builders'
import { somePorts } from '../../../support/some-ports'

const stayFor = (report: Report, person: Person) =>
  presentReport(report, callerOf(person, report), {
    law,
    now: report.changedAt,
    urls: new Map(),
    actorId: '',
  })?.redFace

/** The entries of the list that have a page. */
const pagesOf = async (report: Report): Promise<readonly string[]> => {
  const entries = new Map<string, RedFaceEntry>()
  const ports = somePorts({
    ledger: {},
    redFaceEntries: { project: async (entry) => void entries.set(entry.id, entry) },
  })
  const projector = redFaceProjectors(ports)['red-face']
  if (!('project' in projector)) throw new Error('the list is projected one stay at a time')
  const at = report.changedAt
  for (const { no } of report.redFaces)
    await projector.project(report, { id: `e${no}`, at, kind: 'red-face', episodeNo: no }, at, undefined)
  return [...entries.values()].filter(hasPage).map(({ id }) => id)
}

const late = wait(aReport(), aReport().deadlines.acceptDueAt)
const appeal = { kind: 'appeal-red-face', reason: '当天停电', causeNos: [1] } as const
const struckInNotice = take(take(late, appeal, { by: secretary }), ruleOn('appeal-red-face'), { by: clerk })
const onceMore = takeAll(struckInNotice, 'accept', 'contact', 'declare-red-face')
const published = madePublic(onceMore)
const readers = [reporter, secretary, clerk, stranger]

describe('F2, F3: a report leads to its entry on the list', () => {
  test('which is the one that everybody numbers, to staff too who count what was struck within its notice', async () => {
    const pages = await pagesOf(published)
    expect(pages).toHaveLength(1)
    expect(stayFor(published, secretary)).toMatchObject({ no: 2 })
    expect(stayFor(published, stranger)).toMatchObject({ no: 1 })
    for (const reader of readers) expect(stayFor(published, reader)?.entryId).toBe(pages[0])
  })

  test('and to none while it has no page, whoever reads of the stay', async () => {
    for (const report of [late, struckInNotice, onceMore]) {
      expect(await pagesOf(report)).toEqual([])
      for (const reader of readers) expect(stayFor(report, reader)?.entryId).toBeUndefined()
    }
  })

  test('nor once all that was public of it is struck', async () => {
    const shown = madePublic(late)
    expect(stayFor(shown, secretary)?.entryId).toBe((await pagesOf(shown))[0])
    const struck = take(take(shown, appeal, { by: secretary }), ruleOn('appeal-red-face'), { by: clerk })
    expect(await pagesOf(struck)).toEqual([])
    for (const reader of readers) expect(stayFor(struck, reader)?.entryId).toBeUndefined()
  })

  test('nor to that of a unit that has the report no more', async () => {
    const shown = madePublic(late)
    const away = take(
      shown,
      { kind: 'reassign', to: unitFacts(otherBranch), note: '就近' },
      { by: clerk, now: shown.changedAt + minuteMs },
    )
    expect(await pagesOf(away)).toHaveLength(1)
    expect(stayFor(away, clerk)?.entryId).toBeUndefined()
  })
})

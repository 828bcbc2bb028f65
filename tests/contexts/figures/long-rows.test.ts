import type { ReportRow } from '../../../cloudfunctions/contexts/figures/ports'
import { figuresRepository } from '../../../cloudfunctions/contexts/figures/store'
import { sheetsOf } from '../../../cloudfunctions/entrypoints/ports'
import type { CollectionName, Store } from '../../../cloudfunctions/platform/cloudbase/database'
import { mostDocumentBytes, readWhole } from '../../../cloudfunctions/platform/cloudbase/long-documents'
import { openMemoryStore } from '../../../local/demo/memory-store'
import { branch, mondayAt } from '../../support/builders'

const month = `${branch.id}@2026-03`
const coReporters = 500
const fixes = 4

/** What a family of so many says of a month, each of them on every fix. */
const aRow = (rev: number, answer: 'yes' | 'no'): ReportRow => {
  const by = Array.from({ length: coReporters }, (_, no) => {
    const sayingId = `r1:key-of-co-reporter-${no}`
    return { personId: sayingId, sayingId }
  })
  return {
    id: 'r1',
    rev,
    months: [month],
    formerMonths: [],
    facts: {
      contact: null,
      answers: Array.from({ length: fixes }, (_, no) => ({
        at: mondayAt + no,
        unitId: branch.id,
        solved: { answer, by },
        satisfaction: null,
        isReopened: false,
      })),
      closing: null,
      received: [],
      declined: null,
    },
    flows: [],
  }
}

const openRows = () => {
  const store: Store<CollectionName> = openMemoryStore()
  const lengths = async () => {
    const all = await Promise.all(
      (['figure_rows', 'figure_row_sheets'] as const).map((name) =>
        store.findAll<object>(name, {}, { atMost: 1000 }),
      ),
    )
    return all.map((some) => some.map((one) => Buffer.byteLength(JSON.stringify(one))))
  }
  return { figures: figuresRepository(readWhole<CollectionName>(store, sheetsOf)), lengths }
}

describe('what a family of five hundred says of a month', () => {
  test('lies in no document longer than any may be, and is read whole', async () => {
    const { figures, lengths } = openRows()
    const row = aRow(1, 'yes')
    expect(Buffer.byteLength(JSON.stringify(row))).toBeGreaterThan(3 * mostDocumentBytes)
    await figures.putRow(row)
    expect(await figures.row('r1')).toMatchObject(row)
    expect(await figures.rowsOf(month, null, 10)).toMatchObject([row])
    expect(await figures.monthsSaidBy(['r1'])).toEqual(new Map([['r1', [month]]]))
    const [rows = [], sheets = []] = await lengths()
    expect(Math.max(...rows, ...sheets)).toBeLessThanOrEqual(mostDocumentBytes)
  })

  test('is what it said last, whoever tells it late, twice or without having read it; no sheet is left behind', async () => {
    const { figures, lengths } = openRows()
    await figures.putRow(aRow(1, 'yes'))
    const before = (await lengths())[1]?.length
    const known = await figures.row('r1')
    await figures.putRow(aRow(3, 'no'), known)
    // Another run had read it before that, and tells what it was in between; a third had read nothing.
    await figures.putRow(aRow(2, 'yes'), known)
    await figures.putRow(aRow(1, 'yes'))
    expect(await figures.row('r1')).toMatchObject(aRow(3, 'no'))
    await figures.putRow(aRow(4, 'yes'))
    expect(await figures.row('r1')).toMatchObject(aRow(4, 'yes'))
    expect((await lengths())[1]?.length).toBe(before)
    const few = { ...aRow(5, 'yes'), facts: { ...aRow(5, 'yes').facts, answers: [] } }
    await figures.putRow(few, await figures.row('r1'))
    expect(await figures.rowsOf(month, null, 10)).toMatchObject([few])
    expect((await lengths())[1]).toEqual([])
  })
})

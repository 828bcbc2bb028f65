import type { StoredLedgerRow } from '../../../cloudfunctions/contexts/red-face/ports'
import type { LedgerFate } from '../../../cloudfunctions/contexts/red-face/rules/ledger'
import { episodeRows } from '../../../cloudfunctions/contexts/red-face/use-cases/read-ledger'
import { branch, mondayAt } from '../../support/builders'

const row = (seq: number, episodeKey: string, fate: LedgerFate): StoredLedgerRow => ({
  shape: 2,
  id: `150221:${seq}`,
  chainId: '150221',
  seq,
  on: '2026-03-02',
  commitment: `commitment-${seq}`,
  previousHash: '',
  hash: `hash-${seq}`,
  opened: {
    salt: 'salt',
    facts: {
      at: mondayAt + seq,
      kind: 'opened',
      reportId: 'r1',
      episodeKey,
      unitId: branch.id,
      unitName: branch.name,
      unitPath: branch.path,
      text: '路面坑洼',
      causes: ['declared'],
    },
  },
  eventKey: `event-${seq}`,
  subjectKey: `subject-${seq}`,
  fate,
})

describe('F6: what the ledger shows beside an entry', () => {
  test('is every row of that stay on the list, and none of another one', () => {
    const rows = [row(3, 'r1:1', 'revealed'), row(2, 'r1:2', 'revealed'), row(1, 'r1:1', 'revealed')]
    expect(episodeRows(rows, 'r1:1').map((one) => one.seq)).toEqual([1, 3])
  })

  test.each<LedgerFate>(['withheld', 'closed'])('is no row that is %s', (fate) => {
    expect(episodeRows([row(1, 'r1:1', 'revealed'), row(2, 'r1:1', fate)], 'r1:1')).toHaveLength(1)
  })
})

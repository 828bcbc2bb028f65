import { redFaceWeight } from '../../../cloudfunctions/contexts/red-face/rules/red-face'
import { redFaceRepository } from '../../../cloudfunctions/contexts/red-face/store'
import { contract } from '../../../cloudfunctions/contract/contract'
import { parseInput } from '../../../cloudfunctions/contract/parse-input'
import { openMemoryStore } from '../../../local/demo/memory-store'
import { aRedFaceEntry, branch, mondayAt } from '../../support/builders'

test('whatever cursor the list hands out is taken back', async () => {
  const entries = redFaceRepository(openMemoryStore())
  // The matter was handed on 50 ms after its deadline: its entry counts its days up to then, for good (A4).
  const heldUntilAt = mondayAt + 50
  const weight = redFaceWeight({ since: mondayAt, until: heldUntilAt, isCleared: false }, 0, mondayAt + 1e9)
  await entries.project(aRedFaceEntry('r1:1:u', { noticedAt: mondayAt, heldUntilAt, weight }))
  await entries.project(aRedFaceEntry('r2:1:u', { weight: 0 }))
  const { nextCursor } = await entries.list(branch.id, 'public', { limit: 1 })
  expect(nextCursor).not.toBeNull()
  expect(
    parseInput(contract['redFace.list'].input, { unitId: branch.id, tab: 'public', cursor: nextCursor }),
  ).toMatchObject({ ok: true })
})

import { toCausesOfOneUnit } from '../../../cloudfunctions/contexts/report/cause-shapes'
import { branch, otherBranch, township } from '../../support/builders'

const cause = {
  no: 1,
  cause: 'resolve-overdue',
  units: [branch, otherBranch].map(({ id, name, path }) => ({ id, name, path })),
  at: 1000,
  publicAt: 2000,
  wasAppealed: true,
  appeal: { requestNo: 4, at: 1500, heldUntil: 3000 },
}
const stored = {
  _id: 'r1',
  redFaces: [{ no: 1, openedAt: 1000, causes: [cause, { ...cause, no: 2, units: [township] }], words: [] }],
  requests: [{ no: 4, kind: 'appeal-red-face', byUnitId: otherBranch.id, causeNos: [1] }],
}

test('a cause of several units is one of each: the appeal that waits is of the unit that asked', () => {
  const { redFaces, requests } = toCausesOfOneUnit(stored)
  expect(redFaces).toMatchObject([
    {
      causes: [
        { no: 1, unit: { id: branch.id }, wasAppealed: false },
        { no: 3, sharedNo: 1, unit: { id: otherBranch.id }, wasAppealed: true, appeal: { requestNo: 4 } },
        { no: 2, unit: { id: township.id } },
      ],
    },
  ])
  expect(requests).toMatchObject([{ causeNos: [3] }])
  expect(toCausesOfOneUnit(toCausesOfOneUnit(stored))).toEqual(toCausesOfOneUnit(stored))
})

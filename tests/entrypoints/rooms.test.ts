import { type Action, contract } from '../../cloudfunctions/contract/contract'
import { apiRooms } from '../../cloudfunctions/entrypoints/api/rooms'
import { ordinarySteps } from '../../cloudfunctions/terms/limits'
import { somePorts } from '../support/some-ports'

const find = apiRooms(
  somePorts({
    reports: {},
    participants: {},
    units: {},
    seats: {},
    invitations: {},
    grid: {},
    redFaceEntries: {},
    ledger: {},
    inbox: {},
    coverageGaps: {},
    photos: {},
    limits: {},
    figures: {},
    unitKeeping: {},
    unitChanges: {},
    jobs: {},
    checkedLists: {},
    signIns: {},
    webSessions: {},
  }),
)

const actions = Object.keys(contract) as readonly Action[]

test.each(actions.filter((action) => action !== 'photo.admit' && action !== 'job.nudge'))(
  '%s is served by the room that agreed to it',
  async (action) => {
    const served = await find(action)
    expect(served?.action).toBe(action)
  },
)

test.each(['photo.admit', 'job.nudge', '__proto__', 'constructor', 'toString', 'report.drop', 'report', ''])(
  'nobody serves %p',
  async (name) => {
    expect(await find(name)).toBeUndefined()
  },
)

test('an action is asked with what its contract checked', async () => {
  const served = await find('inbox.read')
  expect(served?.check({ untilAt: 'now' })).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
  expect(served?.check({ untilAt: Date.UTC(2026, 3), more: 1 })).toMatchObject({ ok: false })
  expect(served?.check({ untilAt: Date.UTC(2026, 3) })).toMatchObject({
    ok: true,
    value: {
      kind: 'command',
      input: { untilAt: Date.UTC(2026, 3) },
      limits: { ...ordinarySteps, group: 'inbox.read' },
    },
  })
})

test('a query is asked with how often its contract lets it be read', async () => {
  const served = await find('category.list')
  const reading = contract['category.list'].readingOf({})
  expect(served?.check({})).toMatchObject({ ok: true, value: { kind: 'query', reading } })
})

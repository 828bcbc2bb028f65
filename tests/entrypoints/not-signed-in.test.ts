import { randomUUID } from 'node:crypto'
import { reportRoom } from '../../cloudfunctions/contexts/report/routes'
import { serveCalls } from '../../cloudfunctions/entrypoints/serve-calls'
import { actionsOf } from '../../cloudfunctions/entrypoints/served-action'
import type { Cloud } from '../../cloudfunctions/platform/cloudbase/database'
import { openKeptBuckets } from '../contexts/limits/kept-buckets'
import { somePorts } from '../support/some-ports'

test('a command of somebody who has not signed in asks the database for nothing', async () => {
  // Whatever it asked for would fail the test: nobody gave it.
  const ports = somePorts({ limits: openKeptBuckets().limits, units: {}, reports: {}, webSessions: {} })
  const find = actionsOf(reportRoom({ ...ports, projectors: {} } as never))
  const cloud = {
    auth: () => ({ getUserInfo: () => ({}), getClientIP: () => '203.0.113.7' }),
    getCloudbaseContext: () => ({}),
  } as unknown as Cloud
  const main = serveCalls(cloud, ports, async (action) => find(action))
  const input = { commandId: randomUUID(), reportId: 'r1', rev: 1 }
  expect(await main({ action: 'report.accept', input })).toMatchObject({
    ok: false,
    error: { code: 'sign-in-required' },
  })
})

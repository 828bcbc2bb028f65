import { killCloud } from '../../checks/killed-cloud'

test('killed in the middle of writing, it has lost nothing that it answered, does nothing twice and holds nothing half', async () => {
  const report = await killCloud({ kills: 5, writers: 16, documents: 100 })
  expect(report).toMatchObject({ kills: 5, lost: 0, duplicated: 0, torn: 0 })
  expect(report.acknowledged).toBeGreaterThan(100)
})

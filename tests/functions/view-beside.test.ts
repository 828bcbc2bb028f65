import { openTestCloud, type TestCloud } from '../support/cloud'

jest.setTimeout(300_000)

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
afterAll(() => town.close())

test('a step whose view cannot be shown is done all the same, and the log says why there is none', async () => {
  const { reportId } = await town.as('resident').submit({ categoryId: 'ordinary' })
  await town.as('secretary').step('report.accept', reportId, {})
  let without = 0
  // Which of the calls that go side by side comes first differs: what one round does not strike another does.
  for (let no = 0; no < 8 * 16 && without === 0; no += 1) {
    const skip = no % 16
    const { rev } = await town.as('secretary').get('report.get', { reportId })
    // A new instance has to look everything up that it shows.
    town.cloud.reloadFunctions()
    town.complaints.length = 0
    const id = town.cloud.faults.add({
      kind: 'error',
      action: 'database.',
      code: 'AS_ASKED',
      when: 'before',
      skip,
      times: 1,
    })
    const answer = await town.as('secretary').send('report.progress', {
      commandId: `00000000-0000-4000-8000-${String(no).padStart(12, '0')}`,
      reportId,
      rev,
      note: '拉来了砂石',
      photos: [],
      isPublic: true,
    })
    town.cloud.faults.remove(id)
    if (!answer.ok || 'view' in (answer.value as object)) continue
    without += 1
    expect(town.complaints.join('\n')).toContain(reportId)
  }
  expect(without).toBeGreaterThan(0)
})

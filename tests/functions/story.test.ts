import { hourMs } from '../../cloudfunctions/domain/instant'
import { branch, housingBureau } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
}, 60_000)
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

describe('the story', () => {
  test('begins', async () => {
    const receipt = await town.as('resident').submit()
    expect(receipt).toMatchObject({ status: 'routed', branchName: branch.name })
    await town.later(hourMs)
    expect(housingBureau.id).toBeDefined()
  })
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Cloud } from '../../local/cloudbase'
import { openProduct } from '../../local/product'
import { layDemonstration } from '../support/demonstration'
import { type LookingPhone, lookAround, lookAtLargeType, reportWithPhone } from '../support/looks'
import { opened } from '../support/opened'
import { type Person, type Phone, pickUpPhone } from './phone'

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

describe('what the story does not show, in the compiled mini-program', () => {
  let folder = ''
  let cloud: Cloud
  let phone: Phone
  let looking: LookingPhone

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'weapp-looks-'))
    opened(() => rm(folder, { recursive: true, force: true }))
    await layDemonstration(folder)
    cloud = await openProduct({ port: 0, folder, isTimersOn: false, unindexedQueries: 'refuse' })
    opened(cloud.close)
    await reportWithPhone(cloud)
    phone = await pickUpPhone(cloud)
    let person: Person = { openId: 'looks-newcomer-in-wechat' }
    looking = {
      become: async (persona) => {
        person = persona ? { customUserId: persona } : { openId: 'looks-newcomer-in-wechat' }
      },
      home: () => phone.home(person),
      tapTab: phone.tapTab,
      goBack: phone.goBack,
      open: phone.open,
      texts: phone.texts,
      find: phone.find,
      tap: phone.tap,
      picture: phone.picture,
      enlarge: () => phone.tap('switch'),
    }
  })

  afterEach(() => {
    expect(phone.complaints()).toEqual([])
  })

  test('empty pages, sheets, forms and mistakes say what to do next', () => lookAround(looking))

  test('大字版 fits the screen on every main page', () => lookAtLargeType(looking))
})

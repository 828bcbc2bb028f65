import type { Cloud } from '../../local/cloudbase'
import { type LookingPhone, lookAround, lookAtLargeType, reportWithPhone } from '../support/looks'
import { openDemonstration } from '../support/open-demonstration'
import { type Person, type Phone, pickUpPhone } from './phone'

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

describe('what the story does not show, in the compiled mini-program', () => {
  let cloud: Cloud
  let phone: Phone
  let looking: LookingPhone

  beforeAll(async () => {
    cloud = await openDemonstration('weapp-looks')
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

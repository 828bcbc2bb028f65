import type { Cloud } from '../../local/cloudbase'
import { openDemonstration } from '../support/open-demonstration'
import { handOver, inviteAndEnd, type PeoplePhone, squad, tooLate, twoPersons } from '../support/people-story'
import { letTimePass } from '../support/time'
import { type Person, type Phone, pickUpPhone } from './phone'

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

const handling = (phone: Phone): PeoplePhone => {
  let person: Person = { customUserId: 'resident-1' }
  return {
    become: async (persona) => {
      person = { customUserId: persona }
    },
    home: () => phone.home(person),
    tapTab: phone.tapTab,
    goBack: phone.goBack,
    find: phone.find,
    tap: phone.tap,
    tapOnly: async (selector, words, mayGoOn) => {
      await phone.find(selector, words)
      const isMeant = (text: string) => (mayGoOn ? text.startsWith(words) : text === words)
      const at = (await phone.texts(selector)).findIndex((text) => isMeant(text.trim()))
      expect({ words, isThere: at >= 0 }).toEqual({ words, isThere: true })
      await phone.tap(selector, undefined, at)
    },
    texts: phone.texts,
    type: phone.type,
    pickDay: phone.pickDay,
    picture: phone.picture,
  }
}

describe('people are invited, confirmed, handed over and leave, in the compiled mini-program', () => {
  let cloud: Cloud
  let first: Phone
  let second: Phone
  let cast: { admin: PeoplePhone; other: PeoplePhone }

  beforeAll(async () => {
    cloud = await openDemonstration('weapp-people')
    first = await pickUpPhone(cloud)
    second = await pickUpPhone(cloud)
    cast = { admin: handling(first), other: handling(second) }
  })

  afterEach(() => {
    expect([...first.complaints(), ...second.complaints()]).toEqual([])
  })

  test('a grid worker is invited, comes, is confirmed, and leaves', () => inviteAndEnd(cast))

  test('WeChat hands on the address that it has scanned', async () => {
    const q = encodeURIComponent('https://red.example/?invited=7K2M9QXP')
    await second.open(`/pages/account/invited?q=${q}`, { openId: 'scanned-in-wechat' })
    await second.see('没有这个邀请码')
    const computer = encodeURIComponent('https://red.example/?sign-in=7K2M9QXP')
    await second.open(`/pages/account/computers?q=${computer}`, { openId: 'scanned-in-wechat' })
    await second.find('.form-row__error')
  })

  test('a secretary hands over: the old one has the queue no more, the next one has it', () => handOver(cast))

  test('an admin’s seat takes two persons', () => twoPersons(cast))

  test('a code that is late or was taken back says so', () => tooLate(cast, (ms) => cloud.clock.move(ms)))

  test('a squad has a secretary until its last day, and then nobody', () =>
    squad(cast, cloud.clock.now, (ms) => letTimePass(cloud, ms)))
})

import type { Cloud } from '../../local/cloudbase'
import {
  launchBrowser,
  openWindow,
  pickUpPhone as pickUpBrowser,
  type Phone as Screen,
} from '../browser/phone'
import { nameOf } from '../support/looks'
import { openDemonstration } from '../support/open-demonstration'
import { type Person, type Phone, pickUpPhone } from './phone'

const adminId = 'admin-150221'
const admin: Person = { customUserId: adminId }
const secretaryId = 'secretary-150221104004'
const words = '巷口的路灯好几天不亮了，晚上看不见路'
const water = '土默特右旗水务局'

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

describe('what an admin keeps besides units and people, from home', () => {
  let cloud: Cloud
  let phone: Screen
  let desk: Screen
  let secretary: Screen

  beforeAll(async () => {
    cloud = await openDemonstration('bonds')
    const browser = await launchBrowser()
    phone = await pickUpBrowser(browser, cloud.url)
    desk = await openWindow(browser, cloud.url)
    secretary = await pickUpBrowser(browser, cloud.url)
  })

  afterEach(() => {
    for (const screen of [phone, desk, secretary]) expect(screen.complaints.splice(0)).toEqual([])
  })

  const openBonds = async (screen: Screen, tab?: string): Promise<void> => {
    await screen.home()
    await screen.tapTab('我的')
    await screen.tap('open-settings')
    await screen.tap('open-bonds')
    if (tab) await screen.tap(`tab-${tab}`)
    await screen.part('add-bond').waitFor()
  }
  const press = (screen: Screen, name: string): Promise<void> =>
    screen.part(name).locator('.big-button').first().click()
  const write = (screen: Screen, name: string, text: string): Promise<void> =>
    screen.part(name).locator('input, textarea').first().fill(text)
  const choose = async (screen: Screen, field: string, beginning: string, name: string): Promise<void> => {
    await screen.tap(`${field}-open`)
    await write(screen, `${field}-search`, beginning)
    await screen.part(`${field}-row`).filter({ hasText: name }).first().click()
  }
  const rowOf = (screen: Screen, name: string) => screen.part('bond-row').filter({ hasText: name }).first()
  const gone = async (screen: Screen, name: string): Promise<void> => {
    await screen.part('bond-row').filter({ hasText: name }).first().waitFor({ state: 'detached' })
  }

  /** Opens the secretary's form for handing the matter on. */
  const openDispatch = async (): Promise<void> => {
    await secretary.home()
    await secretary.tapTab('我的')
    await secretary.tap('open-queue')
    await secretary.tap('tab-working')
    const row = secretary.part('report-row').filter({ hasText: words })
    await secretary.drawOut(row)
    await row.first().click()
    await secretary.see('办理轨迹')
    await secretary.tap('more-actions')
    await secretary.tap('action-dispatch')
    await secretary.part('target-150221-housing').first().waitFor()
  }
  const offersWater = async (): Promise<boolean> => secretary.part('target-150221-water').first().isVisible()

  test('a matter that a secretary has in hand is not offered to a bureau that nobody has agreed with', async () => {
    const resident = { kind: 'wechat', openId: 'bonds-neighbour-in-wechat', appId: 'wxlocal' } as const
    const sent = (await cloud.invoke(
      'api',
      {
        action: 'report.submit',
        input: {
          commandId: '6a0d5f30-7d0b-4d39-9a46-0d8f6f1b2a78',
          categoryId: 'street-lamp',
          text: words,
          photos: [],
          place: { point: { lng: 110.51071, lat: 40.562608 }, words: '巷口' },
        },
      },
      resident,
    )) as { value: { ok: boolean } }
    expect(sent.value.ok).toBe(true)
    await secretary.become(nameOf(secretaryId))
    await secretary.home()
    await secretary.tapTab('我的')
    await secretary.tap('open-queue')
    const row = secretary.part('report-row').filter({ hasText: words })
    await secretary.drawOut(row)
    await row.first().click()
    await secretary.tap('action-accept')
    await secretary.tap('send-action')
    await secretary.see('办理轨迹')
    await openDispatch()
    expect(await offersWater()).toBe(false)
  })

  test('on the telephone an admin binds the bureau to the community, for lamps, and it is offered', async () => {
    await phone.become(nameOf(adminId))
    await openBonds(phone)
    await rowOf(phone, '住房和城乡建设局').waitFor()
    await phone.picture('bonds')
    await press(phone, 'add-bond')
    await press(phone, 'send-bond')
    await phone.see('请选共建单位')
    await phone.picture('steps-bond-missing')
    await choose(phone, 'bond-unit', '后炭市社区', '后炭市社区')
    await choose(phone, 'bond-partner', water, water)
    await phone.tap('bond-group-lighting')
    await phone.part('bond-unit').scrollIntoViewIfNeeded()
    await phone.picture('bond-form')
    await press(phone, 'send-bond')
    await write(phone, 'bond-search', water)
    const row = phone.part('bond-row').filter({ hasText: '帮后炭市社区党支部：路灯' }).first()
    await row.waitFor()
    await row.click()
    await phone.see('改动记录')
    await phone.picture('bond-detail')
    await openDispatch()
    expect(await offersWater()).toBe(true)
    await secretary.picture('steps-bond-offered')
  })

  test('she ends it, the bureau is no longer offered, and the end can be undone', async () => {
    await press(phone, 'end-bond')
    await phone.see('到哪天止')
    await phone.picture('steps-bond-end')
    await press(phone, 'send-end')
    await phone.see('已结束')
    await openDispatch()
    expect(await offersWater()).toBe(false)
    await press(phone, 'undo-bond')
    await phone.part('end-bond').waitFor()
    await openDispatch()
    expect(await offersWater()).toBe(true)
  })

  test('at a desk an alliance is begun, stands on the page of its members, and ends', async () => {
    await desk.become(nameOf(adminId))
    await openBonds(desk, 'alliance')
    await press(desk, 'add-bond')
    await write(desk, 'bond-name', '黄河湾共建联合体')
    await write(desk, 'bond-purpose', '一起修路、卖瓜')
    await choose(desk, 'bond-members', '后炭市社区', '后炭市社区')
    await write(desk, 'bond-outside', '一家驻地企业\n一所学校')
    await press(desk, 'send-bond')
    await rowOf(desk, '黄河湾共建联合体').click()
    await desk.see('改动记录')
    await desk.picture('steps-bonds-wide')
    await secretary.home()
    await secretary.tap('matter-row')
    await secretary.tap('open-branch')
    await secretary.part('alliance-row').filter({ hasText: '黄河湾共建联合体' }).first().waitFor()
    await press(desk, 'end-bond')
    await press(desk, 'send-end')
    await gone(desk, '黄河湾共建联合体')
    await desk.part('bonds-whole').locator('[role="switch"]').click()
    await rowOf(desk, '黄河湾共建联合体').waitFor()
  })

  test('a leader is written down for a township, which is no gap any more, and ends', async () => {
    await openBonds(desk, 'contact')
    const gap = desk.part('gap-row').filter({ hasText: '双龙镇' }).first()
    await gap.waitFor()
    await desk.picture('steps-bond-gaps')
    await gap.click()
    await desk.see('新加联系领导')
    await write(desk, 'bond-name', '一名副书记')
    await write(desk, 'bond-post', '旗委副书记')
    await desk.picture('steps-bond-leader')
    await press(desk, 'send-bond')
    await gap.waitFor({ state: 'detached' })
    await rowOf(desk, '一名副书记').click()
    await press(desk, 'end-bond')
    await press(desk, 'send-end')
    await gone(desk, '一名副书记')
  })

  test('a resident finds the service centre on the branch’s page, and a visitor where they are told how to report', async () => {
    await secretary.part('visit-card').first().waitFor()
    await secretary.see('到这里也能报')
    await secretary.part('visit-card').first().scrollIntoViewIfNeeded()
    await secretary.picture('steps-centre')
    const visitor = await openWindow(await launchBrowser(), cloud.url)
    await visitor.tap('open-report')
    await visitor.part('how-to-report').first().waitFor()
    await visitor.tap('find-centre')
    for (const area of ['包头市', '萨拉齐镇', '后炭市社区'])
      await visitor.part('community-row').filter({ hasText: area }).first().click()
    await visitor.part('visit-card').first().waitFor()
    await visitor.see('拿手机扫一扫')
    await visitor.part('visit-card').first().scrollIntoViewIfNeeded()
    await visitor.picture('steps-how-to-report-centre')
    expect(visitor.complaints).toEqual([])
    await visitor.close()
  })

  test('the same in the mini-program', async () => {
    const mini: Phone = await pickUpPhone(cloud)
    await mini.home(admin)
    await mini.tapTab('我的')
    await mini.tap('.list-row', '设置')
    await mini.tap('.list-row', '共建和服务')
    await mini.find('.bond-row', '住房和城乡建设局')
    await mini.picture('bonds')
    await mini.tap('.big-button', '新加包联共建')
    await mini.find('.unit-field')
    await mini.picture('bond-form')
    await mini.tap('.sheet__close')
    await mini.tap('.bond-row', '住房和城乡建设局')
    await mini.see('改动记录')
    await mini.picture('bond-detail')
    expect(mini.complaints()).toEqual([])
  })
})

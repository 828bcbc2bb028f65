import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Cloud } from '../../local/cloudbase'
import { keyedOf, openProduct } from '../../local/product'
import { openServerSdk } from '../../local/server-sdk'
import { setUpBanner } from '../../local/setup/set-up-banner'
import { launchBrowser, openWindow, type Phone as Screen } from '../browser/phone'
import { opened } from '../support/opened'
import { ownFolder } from '../support/own-folder'
import { spreadsheetOf } from '../support/spreadsheet'
import { type Person, type Phone, pickUpPhone } from './phone'

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

const township = { name: '萨拉齐镇党委', area: '萨拉齐镇', code: '150221104' }
const village = { name: '后炭市社区党支部', area: '后炭市社区', code: '150221104004' }

/** A township with its communities, as an organisation office keeps it. */
const unitList = spreadsheetOf([
  ['名称', '地名', '类别', '编码', '上级编码'],
  [township.name, township.area, '党委', township.code, '150221'],
  [village.name, village.area, '党支部', village.code, township.code],
  ['花苑社区党支部', '花苑社区', '党支部', '150221104005', township.code],
  ['果园社区党支部', '果园社区', '党支部', '150221104006', township.code],
])

const [first, second, secretary, resident]: readonly Person[] = [
  { openId: 'first-admin' },
  { openId: 'second-admin' },
  { openId: 'secretary-to-be' },
  { openId: 'somebody-at-home' },
]

const words = '我家门口这条巷子一下雨全是泥'

/** What people do by hand at each stage. */
interface Done {
  taps: number
  typed: number
}
type Stage = 'two admins' | 'a computer' | 'the list of units' | 'a secretary'

/** In the guide to operations stands what this takes in minutes. */
const most: Readonly<Record<Stage, Done>> = {
  'two admins': { taps: 18, typed: 24 },
  'a computer': { taps: 9, typed: 8 },
  'the list of units': { taps: 4, typed: 0 },
  'a secretary': { taps: 15, typed: 15 },
}

describe('an empty banner is set up by its own people', () => {
  let cloud: Cloud
  let folder = ''
  let phones: Record<'first' | 'second' | 'third', Phone>
  let screen: Screen
  const done = new Map<Stage, Done>()
  let stage: Stage = 'two admins'

  const count = (taps: number, typed = 0): void => {
    const before = done.get(stage) ?? { taps: 0, typed: 0 }
    done.set(stage, { taps: before.taps + taps, typed: before.typed + typed })
  }

  beforeAll(async () => {
    folder = await ownFolder('set-up')
    cloud = await openProduct({
      port: 0,
      folder: path.join(folder, 'cloud'),
      isEmpty: true,
      isTimersOn: false,
      unindexedQueries: 'refuse',
    })
    opened(cloud.close)
    phones = {
      first: await pickUpPhone(cloud),
      second: await pickUpPhone(cloud),
      third: await pickUpPhone(cloud),
    }
    screen = await openWindow(await launchBrowser(), cloud.url)
  })

  afterEach(() => {
    const all = Object.values(phones).flatMap((phone) => phone.complaints())
    expect([...all, ...screen.complaints.splice(0)]).toEqual([])
  })

  const tap = async (phone: Phone, selector: string, said?: string): Promise<void> => {
    count(1)
    await phone.tap(selector, said)
  }
  const type = async (phone: Phone, selector: string, text: string): Promise<void> => {
    count(1, [...text].length)
    await phone.type(selector, text)
  }
  /** The button that says just this: 是我 is a part of 不是我. */
  const press = async (phone: Phone, text: string): Promise<void> => {
    await phone.find('.big-button', text)
    const at = (await phone.texts('.big-button')).findIndex((one) => one.trim() === text)
    count(1)
    await phone.tap('.big-button', undefined, at)
  }
  const toMine = async (phone: Phone, person: Person): Promise<void> => {
    await phone.home(person)
    count(1)
    await phone.tapTab('我的')
  }
  const click = async (name: string): Promise<void> => {
    count(1)
    await screen.tap(name)
  }

  /** Types the code of an invitation, and says that it is them. */
  const comeWith = async (phone: Phone, person: Person, code: string): Promise<void> => {
    await toMine(phone, person)
    await tap(phone, '.list-row', '有邀请码')
    await type(phone, '.text-box__input', code.replace(' ', ''))
    await tap(phone, '.big-button', '下一步')
    await phone.find('.facts__value')
    await type(phone, '.text-box__input', '4471')
    await press(phone, '是我')
    await phone.find('.card__title', '等对方认人')
  }

  test('two codes from outside, and the first two admins say 就是他 to one another', async () => {
    const done = await setUpBanner(
      openServerSdk({ adminUrl: cloud.adminUrl }),
      await keyedOf(path.join(folder, 'cloud')),
      {
        unitId: '150221',
        names: ['云主任', '郝主任'],
        isAgain: false,
        isOneMore: false,
        areas: { league: '包头市', banner: '土默特右旗' },
      },
      Date.now(),
    )
    if (done.kind !== 'invited') throw new Error(done.kind)
    const [one, other] = done.invitations
    if (!one || !other) throw new Error('two codes are needed')
    await comeWith(phones.first, first as Person, one.code)
    await comeWith(phones.second, second as Person, other.code)
    await press(phones.second, '就是他')
    await toMine(phones.first, first as Person)
    for (const row of ['设置', '人', '本单位的人']) await tap(phones.first, '.list-row', row)
    await press(phones.first, '就是他')
    for (const [phone, person] of [
      [phones.first, first],
      [phones.second, second],
    ] as const) {
      await phone.home(person as Person)
      await phone.tapTab('我的')
      await phone.find('.list-row', '设置')
    }
  })

  test('one of them signs in on the computer at work', async () => {
    stage = 'a computer'
    await screen.home()
    count(1)
    await screen.tapTab('我的')
    await click('open-sign-in')
    const said = (await screen.part('sign-in-words').textContent()) ?? ''
    if (await screen.part('show-code').isVisible()) {
      count(1)
      await screen.part('show-code').locator('.big-button').click()
    }
    const code = (await screen.part('sign-in-code').textContent()) ?? ''
    await toMine(phones.first, first as Person)
    await tap(phones.first, '.list-row', '登录电脑')
    await type(phones.first, '.text-box__input', code.replace(/\s/g, ''))
    await tap(phones.first, '.big-button', '下一步')
    await phones.first.see('电脑上写的是哪几个字？')
    await tap(phones.first, '.choice-chips__chip', said)
    await tap(phones.first, '.big-button', '是我在登录')
    await phones.first.see('登录过的电脑')
    await screen.see('您管土默特右旗委的单位和人')
    await screen.picture('steps-set-up-signed-in')
  })

  test('the list of units is brought from Excel', async () => {
    stage = 'the list of units'
    const file = path.join(folder, '组织名单.xlsx')
    await writeFile(file, unitList)
    count(1)
    await screen.page.locator('.big-button:visible', { hasText: '去设置' }).click()
    await click('open-import')
    const chooser = screen.page.waitForEvent('filechooser')
    await click('choose-table')
    await (await chooser).setFiles(file)
    await screen.part('list-sum').getByText('4行里4行能导入').waitFor()
    await screen.picture('steps-set-up-list')
    await click('import-list')
    await screen.part('import-result').getByText('新增4个').waitFor()
  })

  test('a secretary is invited, comes with their own phone, and is confirmed at the computer', async () => {
    stage = 'a secretary'
    await screen.home()
    await screen.tapTab('我的')
    await click('open-settings')
    await screen.picture('steps-set-up-settings')
    await click('open-people')
    count(1)
    await screen.page
      .locator('[data-test="coverage-row"]:visible', { hasText: township.name })
      .first()
      .click()
    count(1)
    await screen.page.locator('.link-text:visible', { hasText: '看下面的单位' }).first().click()
    count(1)
    await screen.page.locator('[data-test="coverage-row"]:visible', { hasText: village.name }).first().click()
    count(1)
    await screen.part('invite').locator('.big-button').first().click()
    count(1, 3)
    await screen.page.locator('.choice-chips__chip:visible', { hasText: '支部书记' }).first().click()
    await screen.page.locator('.sheet__panel .text-box__input input:visible').first().fill('王书记')
    count(1)
    await screen.page.locator('.big-button:visible', { hasText: '发出邀请' }).first().click()
    const code = (await screen.part('invitation-code').first().textContent()) ?? ''
    await screen.picture('steps-set-up-code')
    await comeWith(phones.third, secretary as Person, code)
    // Beside the code that is still on the screen.
    count(1)
    await screen.page.locator('.big-button:visible', { hasText: '就是他' }).first().click()
    await screen.page.locator('.people-row__who:visible', { hasText: '王书记' }).first().waitFor()
    await screen.picture('steps-set-up-confirmed')
  })

  test('what a resident reports there, naming the community, is in that secretary’s queue', async () => {
    const phone = phones.second
    await phone.home(resident as Person)
    await phone.tap('.report-hero')
    await phone.tap('.place-block__community')
    // The only township there is has been opened by itself.
    await phone.tap('.community-sheet__row', village.area)
    await phone.type('.place-block .text-box__input, .text-box__input', '供销社往东第二条巷子')
    await phone.tap('.category-block__chip', '巷道泥泞要硬化')
    await phone.type('textarea', words)
    await phone.tap('.big-button', '提交')
    await phone.find('.sent-panel')
    await phones.third.home(secretary as Person)
    await phones.third.tapTab('我的')
    await phones.third.tap('.list-row', '工作台')
    await phones.third.find('.queue-row', words)
  })

  test('it takes no more by hand than is said', () => {
    for (const [name, limit] of Object.entries(most) as [Stage, Done][]) {
      const { taps, typed } = done.get(name) ?? { taps: Number.NaN, typed: Number.NaN }
      expect({ name, taps: Math.max(taps, limit.taps), typed: Math.max(typed, limit.typed) }).toEqual({
        name,
        ...limit,
      })
    }
  })
})

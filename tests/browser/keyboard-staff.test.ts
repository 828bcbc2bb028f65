import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import type { Cloud } from '../../local/cloudbase'
import { openDemonstration } from '../support/open-demonstration'
import { ownFolder } from '../support/own-folder'
import { newVillage, unitTable } from '../support/unit-table'
import { byKeyboard } from './by-keyboard'
import { launchBrowser, openWindow, type Phone } from './phone'

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

const admin = '土默特右旗管理员（演示）'

describe('whoever sets a banner up, or reports for others, needs no mouse', () => {
  let cloud: Cloud
  let browser: Browser
  let screen: Phone
  const { enter, look, openedPage, openedSheet, openMine, press, reach, isOn, become } = byKeyboard(
    () => screen,
  )

  beforeAll(async () => {
    cloud = await openDemonstration('keyboard-staff')
    browser = await launchBrowser()
  })

  beforeEach(async () => {
    screen = await openWindow(browser, cloud.url)
    await screen.part('open-report').first().waitFor()
  })

  afterEach(async () => {
    const seen = screen.complaints.splice(0)
    await screen.close()
    if (seen.length > 0) throw new Error(`a page complained:\n${seen.join('\n')}`)
  })

  const openSettings = async (): Promise<void> => {
    await become(admin)
    await openMine()
    await enter({ name: 'open-settings' })
    await openedPage('设置')
    await screen.part('open-units').waitFor()
  }
  const write = async (name: string, words: string): Promise<void> => {
    await reach({ name, selector: 'input, textarea' })
    await press('Control+A')
    await screen.page.keyboard.type(words)
  }

  test('a unit is found, renamed, and its name taken back', async () => {
    await openSettings()
    await look('the settings')
    await enter({ name: 'open-units' })
    await openedPage('单位')
    await write('unit-search', '后炭市社区')
    await screen.part('unit-150221104004').waitFor()
    await enter({ name: 'unit-150221104004' })
    await screen.part('deed-rename').waitFor()
    await enter({ name: 'deed-rename' })
    await openedSheet()
    await reach({ selector: '[role="dialog"] input' })
    await press('Control+A')
    await screen.page.keyboard.type('后炭市东社区党支部')
    await look('a name that is typed')
    await enter({ name: 'send-deed' })
    await screen.part('unit-history').getByText('→ 后炭市东社区党支部').waitFor()
    await enter({ name: 'undo-change' })
    await screen.part('unit-history').getByText('撤回了上一次改动').waitFor()
  })

  test('somebody is invited, and the invitation taken back', async () => {
    await openSettings()
    await enter({ name: 'open-people' })
    await openedPage('人')
    await enter({ name: 'coverage-row' })
    await enter({ name: 'invite' })
    await openedSheet()
    await reach({ selector: '[role="dialog"] [role="radio"]' })
    await press('Space')
    await write('name-0', '老云')
    await look('an invitation that is written')
    await enter({ name: 'send-invitations' })
    await screen.part('invitation-code').waitFor()
    await look('a code that is shown')
    await enter({ name: 'close-issued' })
    await enter({ selector: '.text-action', says: '收回邀请' })
    await screen.part('invitation').waitFor({ state: 'detached' })
  })

  test('a bureau is bound to a community, and ends to be', async () => {
    const choose = async (field: string, name: string): Promise<void> => {
      await enter({ name: `${field}-open` })
      await write(`${field}-search`, name)
      await screen.part(`${field}-row`).filter({ hasText: name }).first().waitFor()
      await enter({ name: `${field}-row`, says: name })
    }
    await openSettings()
    await enter({ name: 'open-bonds' })
    await openedPage('共建和服务')
    await enter({ name: 'add-bond' })
    await openedSheet()
    await choose('bond-unit', '后炭市社区')
    await choose('bond-partner', '土默特右旗水务局')
    await enter({ name: 'bond-group-lighting' }, 'Space')
    await look('a partnership that is written')
    await enter({ name: 'send-bond' })
    await write('bond-search', '土默特右旗水务局')
    await screen.part('bond-row').filter({ hasText: '帮后炭市社区党支部：路灯' }).first().waitFor()
    await enter({ name: 'bond-row', says: '土默特右旗水务局' })
    await screen.see('改动记录')
    await enter({ name: 'end-bond' })
    await enter({ name: 'send-end' })
    await screen.see('已结束')
    for (const tab of ['centre', 'contact', 'alliance']) {
      await reach({ selector: '[role="tab"][aria-selected="true"]' })
      await press('ArrowRight')
      await screen.part(`tab-${tab}`).and(screen.page.locator('[aria-selected="true"]')).waitFor()
      await look(`bonds of another kind: ${tab}`)
    }
  })

  test('a list of units is looked through and entered', async () => {
    const file = path.join(await ownFolder('keyboard-list'), '演示名单.xlsx')
    await writeFile(file, unitTable())
    await openSettings()
    await enter({ name: 'open-import' })
    await openedPage('导入名单')
    const chooser = screen.page.waitForEvent('filechooser')
    await enter({ name: 'choose-table' })
    await (await chooser).setFiles(file)
    await screen.part('list-sum').waitFor()
    await look('a list that is looked through')
    await enter({ name: 'import-list' })
    await screen.part('import-result').waitFor()
    await enter({ name: 'see-units' })
    await openedPage('单位')
    await write('unit-search', '演示')
    await screen.part(`unit-${newVillage.code}`).waitFor()
  })

  test('a counter reports for somebody, who follows it by the slip and adds to it', async () => {
    await become('窗口（演示）')
    await openMine()
    await enter({ name: 'open-counter' })
    await openedPage('窗口代办')
    await write('counter-text', '井盖响得睡不着')
    await enter({ name: 'category-street-lamp' }, 'Space')
    await write('place-words', '卫生院门口')
    await reach({ name: 'leaves-phone' })
    await press('ArrowRight')
    await screen.page.waitForFunction(() =>
      document.activeElement?.matches('[data-test="leaves-nothing"][aria-checked="true"]'),
    )
    await enter({ name: 'consent' }, 'Space')
    await look('a report for somebody that is ready to be sent')
    await enter({ name: 'submit-on-behalf' })
    await screen.part('slip').waitFor()
    await look('a slip')
    const number = ((await screen.part('slip-number').textContent()) ?? '').replaceAll('-', '')
    const code = ((await screen.part('slip-code').textContent()) ?? '').replace(' ', '')
    await enter({ name: 'next-one' })
    await enter({ name: 'open-poster' })
    await screen.part('poster').waitFor()
    await look('a poster')

    await screen.close()
    screen = await openWindow(browser, cloud.url)
    await screen.part('open-report').first().waitFor()
    await openMine()
    await enter({ name: 'open-receipt' })
    await openedPage('凭回执查')
    await write('receipt-number', number)
    await write('receipt-code', code)
    await enter({ name: 'open-by-receipt' })
    await screen.see('井盖响得睡不着')
    await look('a matter that is followed by its slip')
    await enter({ name: 'action-add-to' })
    await openedSheet()
    await write('step-words', '半夜响得最厉害')
    await enter({ name: 'send-step' })
    await screen.see('半夜响得最厉害')
  })

  test('a computer is signed in by another one that is in already', async () => {
    const waiting = screen
    await openMine()
    await enter({ name: 'open-sign-in' })
    await waiting.part('sign-in-words').waitFor()
    await look('a computer that waits to be let in')
    const words = (await waiting.part('sign-in-words').textContent()) ?? ''
    if (await waiting.part('show-code').isVisible()) await enter({ name: 'show-code' })
    const code = (await waiting.part('sign-in-code').textContent()) ?? ''

    screen = await openWindow(browser, cloud.url)
    await screen.part('open-report').first().waitFor()
    await become(admin)
    await openMine()
    await enter({ name: 'open-computers' })
    await openedPage('登录电脑')
    await reach({ selector: '.text-box__input input' })
    await screen.page.keyboard.type(code.replace(/\s/g, ''))
    await enter({ selector: '.big-button', says: '下一步' })
    await screen.see('电脑上写的是哪几个字？')
    await reach({ selector: '[role="radio"]' })
    await press('Space')
    for (let turns = 0; !(await isOn({ selector: '[role="radio"]', says: words })); turns += 1) {
      expect(turns).toBeLessThan(6)
      await press('ArrowDown')
    }
    await look('a computer that is to be let in')
    await enter({ selector: '.big-button', says: '是我在登录' })
    await screen.see('登录过的电脑')
    await waiting.see('您管土默特右旗委的单位和人')
    expect(waiting.complaints).toEqual([])
    await waiting.close()
  })
})

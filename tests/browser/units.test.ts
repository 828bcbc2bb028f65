import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { mostTableBytes } from '../../cloudfunctions/ground/table-size'
import { openDemonstration } from '../support/open-demonstration'
import { ownFolder } from '../support/own-folder'
import {
  doubledRow,
  formulaRow,
  mergedTable,
  newTownship,
  newVillage,
  orphanRow,
  otherHeadTable,
  secondTable,
  unitTable,
} from '../support/unit-table'
import { launchBrowser, openWindow, type Phone, pickUpPhone } from './phone'

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

const admin = '土默特右旗管理员（演示）'

describe('an admin brings a list of units and keeps them up, by tapping from home', () => {
  let phone: Phone
  let screen: Phone
  const files: Record<'good' | 'second' | 'merged' | 'otherHead' | 'large' | 'cutOff', string> = {
    good: '',
    second: '',
    merged: '',
    otherHead: '',
    large: '',
    cutOff: '',
  }

  beforeAll(async () => {
    const folder = await ownFolder('unit-lists')
    const lay = async (name: string, content: Buffer): Promise<string> => {
      const file = path.join(folder, name)
      await writeFile(file, content)
      return file
    }
    const table = unitTable()
    files.good = await lay('演示名单.xlsx', table)
    files.second = await lay('第二份名单.xlsx', secondTable())
    files.merged = await lay('合并的名单.xlsx', mergedTable())
    files.otherHead = await lay('别的列名.xlsx', otherHeadTable())
    files.large = await lay('太大的名单.xlsx', Buffer.concat([table, Buffer.alloc(mostTableBytes)]))
    files.cutOff = await lay('没存完的名单.xlsx', table.subarray(0, Math.floor(table.length / 2)))
    const cloud = await openDemonstration('units')
    const browser = await launchBrowser()
    phone = await pickUpPhone(browser, cloud.url)
    screen = await openWindow(browser, cloud.url)
    await phone.become(admin)
    await screen.become(admin)
  })

  afterEach(() => {
    for (const one of [phone, screen]) {
      const seen = one.complaints.splice(0)
      if (seen.length > 0) throw new Error(`a page complained:\n${seen.join('\n')}`)
    }
  })

  const toSettings = async (on: Phone): Promise<void> => {
    await on.home()
    await on.tapTab('我的')
    await on.tap('open-settings')
    await on.part('open-units').waitFor()
  }
  const toImport = async (on: Phone): Promise<void> => {
    await toSettings(on)
    await on.tap('open-import')
  }
  const choose = async (on: Phone, button: 'choose-table' | 'other-table', file: string): Promise<void> => {
    const chooser = on.page.waitForEvent('filechooser')
    await on.tap(button)
    await (await chooser).setFiles(file)
  }
  /** A picture without the word that has just been said over the page. */
  const picture = async (on: Phone, name: string): Promise<void> => {
    await on.page.waitForFunction(() => !document.getElementById('toast')?.textContent)
    await on.picture(name)
  }
  const said = async (on: Phone, name: string): Promise<string> =>
    (await on.part(name).first().textContent()) ?? ''
  const openUnit = async (on: Phone, id: string, name: string): Promise<void> => {
    await toSettings(on)
    await on.tap('open-units')
    await on.part('unit-search').locator('input').fill(name)
    await on.tap(`unit-${id}`)
    await on.part('unit-detail').locator('.card__title', { hasText: name }).first().waitFor()
    await on.part('unit-history').or(on.page.getByText('还没有人改过')).first().waitFor()
  }

  describe('on a phone', () => {
    test('what is no table that can be read is refused in words, and the next file is chosen', async () => {
      await toSettings(phone)
      await phone.part('missing-people').waitFor()
      await picture(phone, 'settings')
      await phone.tap('open-import')
      await phone.part('choose-table').waitFor()
      await picture(phone, 'import')
      await choose(phone, 'choose-table', files.large)
      await phone.part('import-trouble').waitFor()
      expect(await said(phone, 'import-trouble')).toContain('文件太大')
      await choose(phone, 'choose-table', files.merged)
      await phone.part('job-failed').waitFor()
      expect(await said(phone, 'job-failed')).toContain('表里有合并的单元格，请取消合并再传')
      await picture(phone, 'steps-import-merged')
      await choose(phone, 'other-table', files.cutOff)
      await phone.see('文件打不开，可能没有存完整，请重新存一份再传')
    })

    test('a blank sheet has the columns that are looked for', async () => {
      const download = phone.page.waitForEvent('download')
      await phone.tap('sample-table')
      expect((await download).suggestedFilename()).toBe('单位名单样表.csv')
    })

    test('the list is looked through: what goes in, what cannot be and why', async () => {
      await choose(phone, 'other-table', files.good)
      await phone.part(`bad-row-${doubledRow}`).waitFor()
      expect(await said(phone, 'list-sum')).toBe('7行里3行能导入，4行有问题，0行和现在一样。')
      expect(await said(phone, `bad-row-${doubledRow}`)).toContain('和第3行编码重复')
      expect(await said(phone, `bad-row-${formulaRow}`)).toContain('名称像公式，不会去算')
      expect(await said(phone, `bad-row-${orphanRow}`)).toContain('缺上级编码')
      await picture(phone, 'import-checked')
    })

    test('a row is mended with one tap, and what is left open is found again', async () => {
      await phone.part(`bad-row-${orphanRow}`).locator('[data-test="cure-1"]').click()
      await phone.see(`填 ${newTownship.code}`)
      await phone.part('import-list').getByText('导入4行').waitFor()
      await toImport(phone)
      await phone.part(`bad-row-${orphanRow}`).getByText('不这样改').waitFor()
    })

    test('what can be is entered, the others hold nothing up, and the units are there', async () => {
      await phone.tap('import-list')
      await phone.part('show-bad').getByText('3行没进去').waitFor()
      await picture(phone, 'import-done')
      // A number opens the rows that it is of.
      await phone.part('show-added').getByText('新增4个').click()
      await phone.page.locator('.list-rows__name:visible', { hasText: newTownship.name }).waitFor()
      await phone.tap('see-units')
      await phone.part('unit-search').locator('input').fill('演示')
      await phone.part(`unit-${newVillage.code}`).waitFor()
      await picture(phone, 'units')
      const names = await phone.page.locator('.units__name:visible').allTextContents()
      expect(names).toContain('演示北村党支部')
      expect(names.some((name) => name.includes('cmd'))).toBe(false)
    })

    test('a unit is renamed, says so, and is as before when that is taken back', async () => {
      await phone.tap(`unit-${newVillage.code}`)
      await phone.part('deed-rename').waitFor()
      await picture(phone, 'unit')
      await phone.tap('deed-rename')
      const field = phone.page.locator('.sheet__panel .text-box__input input:visible')
      await field.fill('演示东新村党支部')
      await picture(phone, 'unit-rename')
      await phone.tap('send-deed')
      await phone.part('unit-detail').getByText('名称：演示东村党支部 → 演示东新村党支部').waitFor()
      await phone.tap('undo-change')
      await phone.part('unit-history').getByText('撤回了上一次改动').waitFor()
      await phone.page.locator('.card__title:visible', { hasText: newVillage.name }).first().waitFor()
    })

    test('the jobs of a unit lead back to what came of them', async () => {
      await toSettings(phone)
      await phone.part('job-unit-import').first().waitFor()
      await phone.tap('job-unit-import')
      await phone.part('import-result').waitFor()
    })
  })

  describe('in a window', () => {
    test('a column is said to be another one, and the list is looked through once more', async () => {
      await toImport(screen)
      await choose(screen, 'choose-table', files.otherHead)
      await screen.part('job-failed').waitFor()
      await screen.part('column').filter({ hasText: '叫什么' }).click()
      await screen.tap('column-field-name')
      await picture(screen, 'steps-import-columns')
      await screen.tap('recheck')
      await screen.part(`bad-row-${orphanRow}`).waitFor()
      expect(await said(screen, 'list-sum')).toMatch(/^7行里/)
    })

    test('bad rows are worked off by keyboard: to the next, its suggestion, skipped', async () => {
      await choose(screen, 'other-table', files.second)
      await screen.page.locator('.import__title:visible', { hasText: '第二份名单' }).waitFor()
      await screen.part(`bad-row-${doubledRow}`).getByText('自己改').waitFor()
      await screen.page.keyboard.press('j')
      await screen.page.keyboard.press('s')
      await screen.part(`bad-row-${doubledRow}`).getByText('不这样改').waitFor()
      await screen.part('import-list').getByText('导入3行').waitFor()
      await picture(screen, 'steps-import-window')
      // It stands on the row below now; the suggestion of the one after that is taken.
      await screen.page.keyboard.press('j')
      await screen.page.keyboard.press('Enter')
      await screen.part(`bad-row-${orphanRow}`).getByText('不这样改').waitFor()
      await screen.part('import-list').getByText('导入4行').waitFor()
    })

    test('of two who change one unit the second is told, and what was typed stays', async () => {
      await openUnit(screen, newVillage.code, '演示')
      await picture(screen, 'steps-units-window')
      await openUnit(phone, newVillage.code, newVillage.name)
      for (const [on, name] of [
        [phone, '演示东一村党支部'],
        [screen, '演示东二村党支部'],
      ] as const) {
        await on.tap('deed-rename')
        await on.page.locator('.sheet__panel .text-box__input input:visible').fill(name)
      }
      await phone.tap('send-deed')
      await phone.part('unit-history').getByText('→ 演示东一村党支部').first().waitFor()
      await screen.tap('send-deed')
      await screen.part('clash').getByText('您写的还在').waitFor()
      expect(await said(screen, 'clash')).toContain('演示东一村党支部')
      await picture(screen, 'steps-unit-clash')
      await screen.tap('send-deed')
      await screen.part('unit-history').getByText('演示东一村党支部 → 演示东二村党支部').waitFor()
    })

    test('a unit is moved below another one, and goes on there', async () => {
      await screen.tap('deed-move')
      await screen.part('move-to-search').locator('input').fill('萨拉齐镇')
      await screen.tap('move-to-150221104')
      await picture(screen, 'steps-unit-move')
      await screen.tap('send-deed')
      await screen.part('unit-detail').getByText('→ 萨拉齐镇党委').first().waitFor()
    })

    test('a unit is added below another one, and one that waits to end is taken back', async () => {
      await openUnit(screen, newTownship.code, newTownship.name)
      await screen.tap('deed-add')
      await screen.page.locator('.sheet__panel .text-box__input input:visible').first().fill('演示服务站')
      await screen.tap('kind-department')
      await screen.tap('send-deed')
      await screen.page.locator('.work-frame__aside .card__title', { hasText: '演示服务站' }).waitFor()
      await screen.tap('deed-close')
      await screen.tap('close-how-end')
      await screen.tap('from-later')
      const on = await screen.part('pick-date').getAttribute('min')
      await screen.part('pick-date').fill(on ?? '')
      await screen.tap('send-deed')
      await screen.part('unit-detail').getByText('要撤销').first().waitFor()
      await picture(screen, 'steps-unit-planned')
      await screen.part('undo-change').first().click()
      await screen.part('unit-detail').getByText('没有生效就撤回了').first().waitFor()
      await screen.part('deed-close').waitFor()
    })
  })
})

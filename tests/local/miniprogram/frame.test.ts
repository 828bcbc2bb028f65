import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { launchChromium } from '../../../local/miniprogram/headless'
import { type Host, startHost } from '../../../local/miniprogram/server'
import { opened } from '../../support/opened'
import { writeFiles } from './a-mini-program'

const program = {
  'app.json': { pages: ['pages/a'], window: { enablePullDownRefresh: true } },
  'app.js': 'wx.cloud.init(); App({})',
  'pages/a.wxml': '<view class="said">{{said}}</view><button class="ask" bindtap="ask">x</button>',
  'pages/a.js': `Page({
  data: { said: wx.getAppBaseInfo().fontSizeSetting },
  ask() { wx.cloud.callFunction({ name: 'f', complete: ({ errMsg }) => this.setData({ said: errMsg }) }) },
  onPullDownRefresh() { this.setData({ said: 'drawn down' }) },
})`,
}

let folder: string
let host: Host
let closeHost: () => Promise<void>
let closeBrowser: () => Promise<void>
let page: Page
const chosen: string[] = []

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'framed-'))
  await writeFiles(folder, program)
  const nothing = async () => ({ fileList: [] })
  host = await startHost({
    folder,
    isWatching: true,
    people: {
      list: [
        { id: 'a', name: 'A' },
        { id: 'b', name: 'B' },
      ],
      choose: (id) => chosen.push(id),
    },
    cloud: {
      callFunction: async () => ({ result: 1, requestID: 'r' }),
      uploadFile: async () => ({ fileID: '' }),
      getTempFileURL: nothing,
      deleteFile: nothing,
    },
  })
  closeHost = opened(host.close)
  const browser = await launchChromium()
  closeBrowser = opened(() => browser.close())
  page = await browser.newPage()
  page.setDefaultTimeout(240_000)
  await page.goto(`${host.url}/frame`)
})
afterEach(async () => {
  await closeBrowser?.()
  await closeHost?.()
  await rm(folder, { recursive: true, force: true })
})

const phone = () => page.frameLocator('.screen')
const says = (words: string) => phone().locator('.said', { hasText: words }).waitFor()
const choose = (name: string, value: string) => page.selectOption(`[name=${name}]`, value)

test('large type and a lost network hold when the phone is opened anew', async () => {
  await says('16')
  await choose('network', 'none')
  await choose('fontSizeSetting', '23')
  await says('23')
  await phone().locator('.ask').click()
  await says('ERR_INTERNET_DISCONNECTED')
  await choose('network', 'wifi')
  await phone().locator('.ask').click()
  await says('cloud.callFunction:ok')
})

test('it is loaded anew when a file changes, and says why when it cannot be', async () => {
  await says('16')
  await writeFiles(folder, { 'pages/a.wxml': '<view class="said">second' })
  await phone().locator('.wx-failure', { hasText: 'pages/a.wxml: missing end tag' }).waitFor()
  await page.locator('.problems > li', { hasText: 'missing end tag' }).waitFor()
  await writeFiles(folder, { 'pages/a.wxml': '<view class="said">third</view>' })
  await says('third')
  await page.locator('.problems:empty').waitFor()
})

test('it is drawn down, sent to the back, and held by somebody else', async () => {
  await says('16')
  await page.click('[name=refresh]')
  await says('drawn down')
  await page.click('[name=back]')
  expect(await page.textContent('[name=back]')).toBe('回到前台')
  await choose('person', 'b')
  await says('16')
  expect(chosen).toEqual(['b'])
  expect(await page.textContent('[name=back]')).toBe('切到后台')
})

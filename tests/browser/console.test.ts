import type { Browser } from 'playwright-core'
import { aCloud, type TestCloud, withSdk } from '../local/cloudbase/a-cloud'
import { launchBrowser, type Phone, pickUpPhone } from './phone'

const dayMs = 86_400_000
/** One green dot. */
const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let running: TestCloud
let browser: Browser
let phone: Phone

beforeAll(async () => {
  running = await aCloud({
    functions: {
      writer: `${withSdk}
        exports.main = async (event) => {
          const { id } = await app.database().collection('bare').add({ by: event.TriggerName || 'call' })
          console.log('written', id)
          return id
        }`,
      teller: `exports.main = async (event) => { console.log('came', event); return 'told' }`,
    },
    timers: { writer: '0 0 3 * * * *' },
  })
  const works = running.database.collection('works')
  for (let at = 0; at < 45; at += 1)
    await works.add({
      _id: `w${String(at).padStart(2, '0')}`,
      branch: at % 3 === 0 ? 'north' : 'south',
      status: 'open',
      dueAt: new Date(at * dayMs),
      words: '巷子一下雨全是泥 <b>onerror=alert(1)</b>',
    })
  await running.app.uploadFile({ cloudPath: 'photos/dot.png', fileContent: dot as never })
  await running.app.uploadFile({ cloudPath: 'photos/notes.txt', fileContent: Buffer.from('words') as never })
  browser = await launchBrowser()
  phone = await pickUpPhone(browser, `${running.cloud.url}/console`)
})

afterEach(() => {
  running.cloud.faults.clear()
  const seen = phone.complaints.splice(0)
  if (seen.length > 0) throw new Error(`the page complained:\n${seen.join('\n')}`)
})

/** The browser itself notes each refusal; nothing else may be noted. */
const expectRefusals = (count: number): void => {
  const refusals = phone.complaints.splice(0)
  expect(refusals).toHaveLength(count)
  for (const one of refusals) expect(one).toContain('status of 400')
}

const views = ['collections', 'query', 'log', 'files', 'timers', 'clock', 'faults']
const show = async (hash: string): Promise<void> => {
  await phone.page.goto(`${running.cloud.url}/console#${hash}`)
  await phone.page.reload()
  await phone.page.locator('#view > *').first().waitFor()
}
const press = (name: string | RegExp) => phone.page.getByRole('button', { name, exact: true }).click()
const follow = (name: string | RegExp) => phone.page.getByRole('link', { name, exact: true }).click()
const text = async (selector: string) => (await phone.page.locator(selector).textContent()) ?? ''

test('a collection is browsed page by page, and a document opened', async () => {
  await show('collections')
  await phone.see('45 条')
  await phone.see('queue (branch, status, dueAt, _id)')
  await follow('works')
  const seen: string[] = []
  for (const length of [20, 20, 5]) {
    const titles = phone.page.locator('.card__title a')
    await titles.nth(length - 1).waitFor()
    await phone.page
      .getByRole('link', { name: `w${String(seen.length).padStart(2, '0')}`, exact: true })
      .waitFor()
    seen.push(...(await titles.allTextContents()))
    if (length === 20) await follow('下一页')
  }
  expect(new Set(seen).size).toBe(45)
  await follow('上一页')
  await follow('w25')
  await phone.see(/"branch": "south"/)
  // The address says what is shown.
  await phone.page.reload()
  await phone.see(/"_id": "w25"/)
  expect(await text('pre')).toContain('<b>onerror=alert(1)</b>')
  await follow('← 返回列表')
  await phone.page.getByRole('link', { name: 'w39', exact: true }).waitFor()
})

test('a query tells its plan, and its address can be handed on', async () => {
  await show('query')
  const { page } = phone
  await page.getByLabel('集合 collection').selectOption('works')
  await page
    .getByLabel('条件 filter')
    .fill('{"branch": "north", "status": "open", "dueAt": {"$gte": {"$date": "1970-02-01T00:00:00Z"}}}')
  await page.getByLabel('排序 sort').fill('-dueAt')
  await page.getByLabel('最多几条').fill('3')
  await press('运行')
  await phone.see(/找到 3 条/)
  expect(await text('#plan')).toContain('用索引 queue；只读了索引')
  expect(await text('pre')).toContain('"w42"')
  const handedOn = await pickUpPhone(browser, page.url())
  await handedOn.see(/找到 3 条/)
  expect(await handedOn.page.getByLabel('排序 sort').inputValue()).toBe('-dueAt')
  expect(handedOn.complaints).toEqual([])
  await handedOn.close()
})

test('an index that serves is named', async () => {
  await show(
    `query?${new URLSearchParams({ collection: 'works', kind: 'find', filter: '{"branch":"north"}', run: '1' })}`,
  )
  await phone.see(/用索引 (queue|latest)/)
  expect(await text('#plan')).toContain('只读了索引，找到 15 条')
})

test('a pipeline runs', async () => {
  await show('query?collection=works&kind=aggregate')
  await phone.page
    .getByLabel('管道 pipeline')
    .fill('[{"$match": {"branch": "north"}}, {"$group": {"_id": "$branch", "total": {"$sum": 1}}}]')
  await press('运行')
  await phone.see(/"total": 15/)
  expect(await text('#plan')).toContain('读了 15 条文档，找到 1 条')
})

test('a query without an index is refused in plain words, and so is what is no JSON', async () => {
  await show('query?collection=works')
  await phone.page.getByLabel('条件 filter').fill('{"colour": "red"}')
  await press('运行')
  await phone.see('需要索引 needs an index: (colour)')
  expectRefusals(1)
  await phone.page.getByLabel('条件 filter').fill('{colour}')
  await press('运行')
  await phone.see('条件不是正确的 JSON')
})

test('the function log shows an invocation with what it said, and hides what must be hidden', async () => {
  await running.cloud.invoke('teller', {
    words: '路灯坏了',
    phone: '13800000000',
    inner: [{ token: 'not-to-be-read' }],
  })
  await running.cloud.invoke('faulty', { how: 'throw' }).catch(() => {})
  await show('log')
  const invocation = phone.page.locator('details').filter({ hasText: 'teller' })
  await invocation.locator('summary').click()
  expect(await invocation.locator('pre').textContent()).toContain('"phone": "〈hidden〉"')
  expect(await invocation.textContent()).toContain('路灯坏了')
  expect(await invocation.textContent()).toMatch(/成功[\s\S]*控制台[\s\S]*ms/)
  for (const secret of ['13800000000', 'not-to-be-read'])
    expect(await phone.page.content()).not.toContain(secret)
  await phone.see('失败 FUNCTIONS_EXECUTE_FAIL')
  // What was opened stays open.
  await press('刷新')
  await phone.see('路灯坏了')
  await phone.page.getByLabel('函数', { exact: true }).selectOption('faulty')
  await phone.page.locator('details').filter({ hasText: 'teller' }).waitFor({ state: 'detached' })
})

test('files are browsed, a picture opens, and what is none is said to be none', async () => {
  await show('files')
  await follow('photos/')
  await follow('dot.png')
  await phone.page.waitForFunction(
    () => (document.querySelector('#picture') as HTMLImageElement)?.naturalWidth === 1,
  )
  await follow('notes.txt')
  await phone.see('这个文件不是能显示的图片')
})

test('a timer is run now', async () => {
  await show('timers')
  await phone.see('0 0 3 * * * *')
  await phone.page.getByRole('button', { name: '立即运行 writer / tick' }).click()
  await phone.see(/writer 运行成功/)
  expect(await phone.page.locator('.card').filter({ hasText: 'writer' }).textContent()).toContain('成功')
  // Whoever works with the keyboard is where they were.
  expect(await phone.page.evaluate(() => document.activeElement?.id)).toBe('run-writer-tick')
  expect((await running.database.collection('bare').doc('none').get()).data).toEqual([])
})

test('the clock is moved with its timers, stepped without them, and put back', async () => {
  const runs = () => running.cloud.invocations().filter((one) => one.trigger === 'timer').length
  await show('clock')
  const before = runs()
  await press('+1 天')
  await phone.see(/现在是.*拨快了 1 天/)
  expect(running.cloud.clock.now() - Date.now()).toBeGreaterThan(dayMs - 60_000)
  expect(await text('#offset')).toContain('拨快了 1 天')
  expect(runs()).toBe(before + 2)
  await phone.page.getByLabel('方式').selectOption('step-clock')
  await phone.page.getByLabel('多少').fill('-2')
  await phone.page.getByLabel('单位').selectOption('小时')
  await press('拨')
  await phone.see(/现在是.*拨快了 22 小时/)
  expect(runs()).toBe(before + 2)
  await press('回到真实时间')
  await phone.see(/现在是.*真实时间/)
})

test('while a fault is on every view says so, calls fail as asked, and then no more', async () => {
  await show('faults')
  await phone.page.getByLabel('种类').selectOption('error')
  await phone.page.getByLabel('错误码').fill('DATABASE_REQUEST_FAILED')
  await press('打开')
  await phone.see(/有 1 个故障开着/)
  for (const view of views) {
    await show(view)
    await phone.see('有 1 个故障开着：错误 DATABASE_REQUEST_FAILED：database.，做之前')
  }
  await show('timers')
  await phone.page.getByRole('button', { name: '立即运行 writer / tick' }).click()
  await phone.see('函数运行失败（FUNCTIONS_EXECUTE_FAIL）')
  expectRefusals(1)
  await show('log?functionName=writer')
  const latest = phone.page.locator('details').first()
  await latest.locator('summary').click()
  expect(await latest.textContent()).toMatch(/失败 FUNCTIONS_EXECUTE_FAIL[\s\S]*fails on purpose/)
  await press('全部关掉')
  await phone.see('没有故障')
  expect(running.cloud.faults.list()).toEqual([])
  await show('timers')
  await phone.page.getByRole('button', { name: '立即运行 writer / tick' }).click()
  await phone.see(/writer 运行成功/)
})

test('each kind of fault can be switched on and off by itself', async () => {
  await show('faults')
  for (const kind of ['latency', 'error', 'crash', 'delivery']) {
    await phone.page.getByLabel('种类').selectOption(kind)
    await press('打开')
    await phone.see('故障打开了')
    await press('关掉')
    await phone.see('故障关掉了')
  }
  expect(running.cloud.faults.list()).toEqual([])
})

test.each([
  ['a phone', { width: 375, height: 812 }],
  ['a desk', { width: 1280, height: 800 }],
])('on %s every view fits its width, and every control has its label', async (_where, viewport) => {
  const desk = await browser.newPage({ viewport })
  for (const view of [...views, 'collections?collection=works', 'collections?collection=works&id=w01']) {
    await desk.goto(`${running.cloud.url}/console#${view}`)
    await desk.reload()
    await desk.locator('#view > *').first().waitFor()
    const found = await desk.evaluate(() => ({
      overflow: document.documentElement.scrollWidth - innerWidth,
      unlabelled: [...document.querySelectorAll('input, select, textarea')].filter(
        (one) => (one as HTMLInputElement).labels?.length === 0,
      ).length,
      unnamed: [...document.querySelectorAll('button, a')].filter((one) => one.textContent === '').length,
    }))
    expect([view, found]).toEqual([view, { overflow: expect.any(Number), unlabelled: 0, unnamed: 0 }])
    expect(found.overflow).toBeLessThanOrEqual(0)
  }
  await desk.close()
})

test('all of it is reached with the keyboard', async () => {
  await show('timers')
  const { page } = phone
  const reached = new Set<string>()
  for (let at = 0; at < 30; at += 1) {
    await page.keyboard.press('Tab')
    reached.add(await page.evaluate(() => document.activeElement?.textContent?.trim() ?? ''))
  }
  for (const name of ['集合 Collections', '故障 Faults', '立即运行', '看日志'])
    expect([...reached].some((one) => one.startsWith(name))).toBe(true)
  await page.getByRole('link', { name: /^时钟/ }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '时钟', level: 1 }).waitFor()
})

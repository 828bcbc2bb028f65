import { hearComplaints, readPages } from '../checks/pages/builds'
import { crawl } from '../checks/pages/crawl'
import { launchBrowser } from './phone'

/** Pages with one of everything that a crawl must find, and of everything that it must not take for a fault. */
const pages: Readonly<Record<string, string>> = {
  home: `
    <button onclick="this.dataset.times = 1">answers</button>
    <button class="late" onclick="setTimeout(() => { this.dataset.times = 1 }, 1200)">answers late</button>
    <button class="still" onclick="0">does nothing</button>
    <button class="off" disabled>off</button>
    <div role="tab" aria-selected="true">shown already</div>
    <div class="silent" role="button">nobody listens</div>
    <div class="calls" role="button" onclick="fetch('/counted')">asks the server</div>
    <textarea placeholder="words"></textarea>
    <div class="row" role="button" onclick="location.hash = 'blank'">first</div>
    <div class="row" role="button" onclick="document.body.dataset.middle = 1">middle</div>
    <div class="row" role="button" onclick="location.hash = 'card'">last</div>
    <button class="loud" onclick="this.hidden = true; console.error('it broke')">complains</button>`,
  blank: '',
  card: `<div class="empty-state"><i class="circle-alert"></i>没有打开</div>
    <button class="deep" onclick="0">dead behind a press</button>`,
}

const shell = `<!doctype html><meta charset="utf-8"><body><script>
  const pages = ${JSON.stringify(pages)}
  const draw = () => {
    const name = location.hash.slice(1) || 'home'
    const back = name === 'home' ? '' : '<button class="page-frame__back" onclick="history.back()">back</button>'
    document.body.innerHTML = back + '<main class="page-frame__body">' + pages[name] + '</main>'
  }
  addEventListener('hashchange', draw)
  draw()
</script></body>`

test('a crawl finds what is dead, blank or in error, and nothing else', async () => {
  const browser = await launchBrowser()
  const context = await browser.newContext({ hasTouch: true })
  await readPages(context)
  const page = await context.newPage()
  await page.route('http://crawled.test/**', (route) =>
    route.fulfill({ contentType: 'text/html; charset=utf-8', body: shell }),
  )
  const complaints = hearComplaints(page)
  const crawled = await crawl(
    {
      page,
      startOver: async () => {
        await page.goto('about:blank')
        await page.goto('http://crawled.test/')
      },
      restore: async () => {},
      takeComplaints: () => complaints.splice(0),
      close: () => context.close(),
    },
    '',
    { presses: 100, depth: 12 },
  )
  const named = (found: readonly string[]) => found.map((one) => /“(.*)”/.exec(one)?.[1]).sort()
  expect(named(crawled.dead)).toEqual(['dead behind a press', 'does nothing', 'nobody listens'])
  expect(crawled.blank).toHaveLength(1)
  expect(crawled.errors).toHaveLength(2)
  expect(crawled.errors.join()).toMatch(/it broke/)
  expect(crawled.errors.join()).toMatch(/没有打开/)
  expect(crawled).toMatchObject({ covered: [], gone: [], cut: [] })
})

test('what the bounds leave out is said', async () => {
  const browser = await launchBrowser()
  const context = await browser.newContext({ hasTouch: true })
  await readPages(context)
  const page = await context.newPage()
  await page.route('http://crawled.test/**', (route) =>
    route.fulfill({ contentType: 'text/html; charset=utf-8', body: shell }),
  )
  const crawled = await crawl(
    {
      page,
      startOver: async () => {
        await page.goto('http://crawled.test/')
      },
      restore: async () => {},
      takeComplaints: () => [],
      close: () => context.close(),
    },
    '',
    { presses: 2, depth: 12 },
  )
  expect(crawled.pressed).toBe(2)
  expect(crawled.cut.length).toBeGreaterThan(5)
})

import automator from 'miniprogram-automator'
import { WebSocket } from 'ws'
import { MiniProgramFailure } from '../../../local/miniprogram/failure'
import { aMiniProgram, closeChromium, closeMiniPrograms, type Files } from './a-mini-program'

afterEach(closeMiniPrograms)
afterAll(closeChromium)

const page = { 'pages/a.wxml': 'x' }
const bar = { color: '#000000', selectedColor: '#ff0000', backgroundColor: '#ffffff' }
const tab = { pagePath: 'pages/a', text: 'A' }
const megabyte = 1024 * 1024

/** What WeChat's compiler refuses, and what is said of it. */
test.each<[string, Files, RegExp]>([
  [
    'a main package over 2 MB',
    { ...page, 'big.js': `// ${'x'.repeat(2 * megabyte)}` },
    /PACKAGE_TOO_LARGE: the main package has/,
  ],
  [
    'a subpackage over 2 MB',
    {
      ...page,
      'app.json': { pages: ['pages/a'], subPackages: [{ root: 'more', pages: ['b'] }] },
      'more/b.wxml': '',
      'more/b.js': `Page({}) // ${'x'.repeat(2 * megabyte)}`,
    },
    /the subpackage more\/ has/,
  ],
  [
    'more than 2 MB fetched ahead from one package',
    {
      ...page,
      'app.json': {
        pages: ['pages/a'],
        subPackages: [
          { root: 'one', pages: ['b'] },
          { root: 'two', name: 'second', pages: ['c'] },
        ],
        preloadRule: { 'pages/a': { packages: ['one', 'second'] } },
      },
      'one/b.wxml': '',
      'one/b.js': `Page({}) // ${'x'.repeat(1.2 * megabyte)}`,
      'two/c.wxml': '',
      'two/c.js': `Page({}) // ${'x'.repeat(1.2 * megabyte)}`,
    },
    /PRELOAD: file app.json: pages of the main package have/,
  ],
  [
    'a subpackage to fetch ahead that is none',
    {
      ...page,
      'app.json': { pages: ['pages/a'], preloadRule: { 'pages/a': { packages: ['more'] } } },
    },
    /PRELOAD: file app.json: preloadRule: more is no subpackage/,
  ],
  [
    'fetching ahead from a page that is none',
    {
      ...page,
      'app.json': { pages: ['pages/a'], preloadRule: { 'pages/z': { packages: ['__APP__'] } } },
    },
    /PRELOAD: file app.json: preloadRule: pages\/z is no page/,
  ],
  ['app.json that is no JSON', { ...page, 'app.json': '{' }, /JSON_SYNTAX: file app.json/],
  ['app.json without pages', { ...page, 'app.json': { pages: [] } }, /JSON_SCHEMA: file app.json: pages/],
  [
    'a page with a suffix in its path',
    { ...page, 'app.json': { pages: ['pages/a.wxml'] } },
    /JSON_SCHEMA: file app.json: pages.0/,
  ],
  [
    'a colour that is none',
    { ...page, 'pages/a.json': { navigationBarBackgroundColor: 'red' } },
    /JSON_SCHEMA: file pages\/a.json: navigationBarBackgroundColor: must be a colour/,
  ],
  [
    'a private interface that does not exist',
    { ...page, 'app.json': { pages: ['pages/a'], requiredPrivateInfos: ['readMind'] } },
    /requiredPrivateInfos/,
  ],
  [
    'a page that is not there',
    { ...page, 'app.json': { pages: ['pages/a', 'pages/b'] } },
    /PAGE_MISSING: file pages\/b.js: .*\n.*pages\/b.wxml/,
  ],
  ['a page listed twice', { ...page, 'app.json': { pages: ['pages/a', 'pages/a'] } }, /PAGE_TWICE/],
  [
    'a tab bar of one tab',
    { ...page, 'app.json': { pages: ['pages/a'], tabBar: { ...bar, list: [tab] } } },
    /a tab bar has at least two tabs/,
  ],
  [
    'a tab bar of six tabs',
    { ...page, 'app.json': { pages: ['pages/a'], tabBar: { ...bar, list: Array(6).fill(tab) } } },
    /a tab bar has at most five tabs/,
  ],
  [
    'a tab that is no page',
    {
      ...page,
      'app.json': { pages: ['pages/a'], tabBar: { ...bar, list: [tab, { pagePath: 'pages/z', text: 'Z' }] } },
    },
    /TAB_BAR: file app.json: the tab pages\/z/,
  ],
  [
    'a page in a tab bar twice',
    { ...page, 'app.json': { pages: ['pages/a'], tabBar: { ...bar, list: [tab, tab] } } },
    /a page is in a tab bar once/,
  ],
  [
    'interfaces of the exact and of the rough place together',
    {
      ...page,
      'app.json': { pages: ['pages/a'], requiredPrivateInfos: ['getFuzzyLocation', 'getLocation'] },
    },
    /requiredPrivateInfos: getFuzzyLocation excludes/,
  ],
  [
    'a subpackage in another one',
    {
      ...page,
      'app.json': {
        pages: ['pages/a'],
        subPackages: [
          { root: 'more', pages: ['b'] },
          { root: 'more/deep', pages: ['c'] },
        ],
      },
    },
    /SUBPACKAGE_TWICE: file app.json: another subpackage lies in more/,
  ],
  [
    'a colour that the theme does not have',
    {
      ...page,
      'theme.json': { light: {} },
      'app.json': { pages: ['pages/a'], themeLocation: 'theme.json', window: { backgroundColor: '@none' } },
    },
    /JSON_SCHEMA: file app.json: window.backgroundColor/,
  ],
  [
    'a sitemap that is not there',
    { ...page, 'app.json': { pages: ['pages/a'], sitemapLocation: 'sitemap.json' } },
    /FILE_MISSING: file app.json: sitemap.json/,
  ],
  [
    'an icon over 40 KB',
    {
      ...page,
      'i.png': 'x'.repeat(41 * 1024),
      'app.json': {
        pages: ['pages/a'],
        tabBar: { ...bar, list: [tab, { pagePath: 'pages/b', iconPath: 'i.png' }] },
      },
    },
    /more than 40 KB/,
  ],
  [
    'a component that is not there',
    { ...page, 'pages/a.json': { usingComponents: { one: './none' } } },
    /COMPONENT_MISSING: file pages\/a.json: <one>/,
  ],
  [
    'a component that does not say it is one',
    {
      ...page,
      'pages/a.json': { usingComponents: { one: '/one' } },
      'one.js': 'Component({})',
      'one.json': {},
      'one.wxml': '',
    },
    /NOT_A_COMPONENT: file one.json/,
  ],
  [
    'wxml that is not closed',
    { 'pages/a.wxml': '<view>\n<text>x</view>' },
    /WXML: file pages\/a.wxml: .*line/,
  ],
  [
    'a script that is none',
    { ...page, 'pages/a.js': 'Page({\n  onLoad( {}\n})' },
    /JS_SYNTAX: file pages\/a.js: .*line \d/,
  ],
  [
    'a script of the view that is none',
    { 'pages/a.wxml': '<wxs module="m">module.exports = (</wxs>x' },
    /WXS_SYNTAX: file pages\/a.wxml/,
  ],
  [
    'wxss that is not closed',
    { ...page, 'pages/a.wxss': '.a { color: red' },
    /WXSS_SYNTAX: file pages\/a.wxss/,
  ],
  [
    'wxss that imports what is not there',
    { ...page, 'pages/a.wxss': "@import './none.wxss';" },
    /WXSS_IMPORT_MISSING: file pages\/a.wxss: pages\/none.wxss/,
  ],
  ['wxss that imports itself', { ...page, 'pages/a.wxss': "@import './a.wxss';" }, /WXSS_IMPORT_CIRCLE/],
])('%s is refused with its file', async (_what, files, message) => {
  const refused = aMiniProgram(files)
  await expect(refused).rejects.toBeInstanceOf(MiniProgramFailure)
  await expect(refused).rejects.toThrow(message)
})

test('a theme gives its colours, and a tab bar without its own is told of', async () => {
  const running = await aMiniProgram({
    ...page,
    'pages/b.wxml': 'x',
    'theme.json': { light: { bar: '#ff0000' } },
    'app.json': {
      pages: ['pages/a', 'pages/b'],
      themeLocation: 'theme.json',
      window: { navigationBarBackgroundColor: '@bar' },
      tabBar: { list: [tab, { pagePath: 'pages/b' }] },
    },
  })
  await running.page()
  expect(
    await running.browserPage.$eval('.wx-navigation-bar', (bar) => getComputedStyle(bar).backgroundColor),
  ).toBe('rgb(255, 0, 0)')
  expect(running.problems().map(({ kind, code }) => [kind, code])).toEqual(
    Array(3).fill(['warning', 'TAB_BAR']),
  )
})

describe('setData (framework/performance)', () => {
  const open = (code: string) => aMiniProgram({ ...page, 'pages/a.js': `Page({ run() { ${code} } })` })

  test('over 1 MB is refused with its page', async () => {
    const running = await open(`this.setData({ text: 'x'.repeat(${megabyte}) })`)
    await expect((await running.page()).callMethod('run')).rejects.toThrow('SET_DATA_TOO_LARGE')
    expect(running.problems()).toMatchObject([{ kind: 'refused', page: 'pages/a', file: 'pages/a.js' }])
  })

  test('of what cannot be serialised is refused', async () => {
    const running = await open('const a = {}; a.a = a; this.setData({ a })')
    await expect((await running.page()).callMethod('run')).rejects.toThrow('SET_DATA_NOT_SERIALISABLE')
    expect(running.problems()).toMatchObject([{ kind: 'refused', page: 'pages/a' }])
  })

  test('of undefined is warned of', async () => {
    const running = await open('this.setData({ a: undefined })')
    await (await running.page()).callMethod('run')
    expect(running.problems()).toMatchObject([{ kind: 'warning', code: 'SET_DATA_UNDEFINED' }])
  })
})

test('a promise that is rejected and not heard is told', async () => {
  const running = await aMiniProgram({
    ...page,
    'pages/a.js': `Page({ onLoad() { Promise.reject(new Error('unheard')) } })`,
  })
  await (await running.page()).waitFor(50)
  expect(running.problems()).toMatchObject([
    { code: 'UNHANDLED_REJECTION', reason: expect.stringContaining('unheard') },
  ])
})

test('an app that throws at its launch is told, and nobody waits', async () => {
  const running = await aMiniProgram({ ...page, 'app.js': "throw new Error('no app')" })
  await expect(running.page()).rejects.toThrow('no app')
  expect(running.problems()).toMatchObject([{ code: 'LAUNCH_FAILED' }])
})

test('a page that cannot be made is told with its file, and the page before it stays', async () => {
  const running = await aMiniProgram({
    'pages/a.wxml': 'x',
    'pages/b.wxml': 'x',
    'pages/b.js': "throw new Error('no page')",
  })
  await expect(running.mini.callWxMethod('navigateTo', { url: '/pages/b' })).rejects.toThrow('no page')
  expect(running.problems()).toMatchObject([
    {
      code: 'PAGE_NOT_OPENED',
      page: 'pages/b',
      file: 'pages/b.js',
      reason: expect.stringContaining('no page'),
    },
  ])
  expect((await running.page()).path).toBe('pages/a')
  expect(await running.browserPage.locator('.wx-page-frame').count()).toBe(1)
})

test('a page that is closed answers whoever waits, and whoever asks afterwards', async () => {
  const running = await aMiniProgram(page)
  await running.page()
  const waiting = expect(
    running.mini.evaluate('function () { return new Promise(function () {}) }' as never),
  ).rejects.toThrow('the page was closed')
  await running.browserPage.close()
  await waiting
  // Only now the host is known to have heard of it: a browser calls a page closed before its sockets are.
  await expect(running.page()).rejects.toThrow('the page was closed')
})

test('a driver that speaks no JSON is sent away, and the next one is served', async () => {
  const running = await aMiniProgram(page)
  const socket = new WebSocket(running.host.wsEndpoint)
  await new Promise((resolve) => socket.once('open', resolve))
  socket.send('hello')
  await expect(new Promise((resolve) => socket.once('close', resolve))).resolves.toBe(1003)
  const next = await automator.connect({ wsEndpoint: running.host.wsEndpoint })
  expect((await next.currentPage())?.path).toBe('pages/a')
  next.disconnect()
})

test('an element that something lies over cannot be tapped', async () => {
  const running = await aMiniProgram({
    'pages/a.wxml':
      '<view class="under">x</view><view class="over" style="position: fixed; top: 0; left: 0; right: 0; bottom: 0"></view>',
  })
  await expect((await running.element('.under')).tap()).rejects.toThrow('lies over it')
})

test('nothing is left when a host is closed', async () => {
  const running = await aMiniProgram(page)
  await running.page()
  const { url } = running.host
  await running.close()
  await expect(fetch(url)).rejects.toThrow()
})

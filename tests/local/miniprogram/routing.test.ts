import { aMiniProgram, closeChromium, closeMiniPrograms, eventually, type Running } from './a-mini-program'

const docs = 'https://developers.weixin.qq.com/miniprogram/dev'
const routeTable = `${docs}/framework/app-service/route.html`

afterAll(closeChromium)

const saying = (name: string): string => `Page({
  onLoad(query) { log('${name}.onLoad') },
  onShow() { log('${name}.onShow') },
  onHide() { log('${name}.onHide') },
  onUnload() { log('${name}.onUnload') },
})`

const tabBar = {
  color: '#000000',
  selectedColor: '#ff0000',
  backgroundColor: '#ffffff',
  list: [
    { pagePath: 'pages/a', text: 'A' },
    { pagePath: 'pages/b', text: 'B' },
  ],
}

const fourPages = Object.fromEntries(
  ['a', 'b', 'c', 'd'].flatMap((name) => [
    [`pages/${name}.wxml`, `<view>${name}</view>`],
    [`pages/${name}.js`, saying(name)],
  ]),
)

type Move = readonly [method: string, given: object]
const to = (method: string, name: string): Move => [method, { url: `/pages/${name}` }]
const navigateTo = (name: string) => to('navigateTo', name)
const switchTab = (name: string) => to('switchTab', name)
const reLaunch = (name: string) => to('reLaunch', name)

/** A rule of the table, where the user is by which moves, the move, and what is called in this order. */
const table: readonly (readonly [rule: string, before: readonly Move[], move: Move, called: string])[] = [
  ['a new page hides the one below', [reLaunch('a')], navigateTo('c'), 'a.onHide c.onLoad c.onShow'],
  [
    'redirectTo unloads the page that it replaces',
    [reLaunch('a'), navigateTo('c')],
    to('redirectTo', 'd'),
    'c.onUnload d.onLoad d.onShow',
  ],
  [
    'a way back unloads the page that is left and shows the one below',
    [reLaunch('a'), navigateTo('c')],
    ['navigateBack', {}],
    'c.onUnload a.onShow',
  ],
  [
    'a way back over several pages unloads each, the top one first',
    [reLaunch('a'), navigateTo('c'), navigateTo('d')],
    ['navigateBack', { delta: 2 }],
    'd.onUnload c.onUnload a.onShow',
  ],
  [
    'a delta larger than the stack goes back to the first page',
    [reLaunch('a'), navigateTo('c'), navigateTo('d')],
    ['navigateBack', { delta: 9 }],
    'd.onUnload c.onUnload a.onShow',
  ],
  [
    'reLaunch unloads everything',
    [reLaunch('a'), navigateTo('c')],
    reLaunch('d'),
    'c.onUnload a.onUnload d.onLoad d.onShow',
  ],
  ['tab A to A: nothing happens', [reLaunch('a')], switchTab('a'), ''],
  ['tab A to B for the first time', [reLaunch('a')], switchTab('b'), 'a.onHide b.onLoad b.onShow'],
  [
    'tab A to B again: it was kept',
    [reLaunch('a'), switchTab('b'), switchTab('a')],
    switchTab('b'),
    'a.onHide b.onShow',
  ],
  ['C, opened from A, to A', [reLaunch('a'), navigateTo('c')], switchTab('a'), 'c.onUnload a.onShow'],
  [
    'C, opened from A, to B',
    [reLaunch('a'), navigateTo('c')],
    switchTab('b'),
    'c.onUnload b.onLoad b.onShow',
  ],
  [
    'D, opened from C, to B',
    [reLaunch('a'), navigateTo('c'), navigateTo('d')],
    switchTab('b'),
    'd.onUnload c.onUnload b.onLoad b.onShow',
  ],
  ['D, entered from outside, to A', [reLaunch('d')], switchTab('a'), 'd.onUnload a.onLoad a.onShow'],
  ['D, entered from outside, to B', [reLaunch('d')], switchTab('b'), 'd.onUnload b.onLoad b.onShow'],
  [
    'a tab that was left is kept while pages come and go over another one',
    [reLaunch('a'), switchTab('b'), navigateTo('c')],
    switchTab('a'),
    'c.onUnload a.onShow',
  ],
]

describe(`lifecycles by route (${routeTable})`, () => {
  let running: Running
  beforeAll(async () => {
    running = await aMiniProgram({
      ...fourPages,
      'app.json': { pages: ['pages/a', 'pages/b', 'pages/c', 'pages/d'], tabBar },
    })
  })
  afterAll(closeMiniPrograms)

  const go = ([method, given]: Move) => running.mini.callWxMethod(method, given)
  const stack = async () => (await running.mini.pageStack()).map(({ path }) => path.replace('pages/', ''))

  test.each(table)('%s', async (_rule, before, move, called) => {
    for (const one of before) await go(one)
    await running.logged()
    await go(move)
    expect((await running.logged()).join(' ')).toBe(called)
  })

  test('navigateTo pushes, redirectTo replaces, navigateBack pops, switchTab leaves the tab alone', async () => {
    await go(reLaunch('a'))
    await go(navigateTo('c'))
    expect(await stack()).toEqual(['a', 'c'])
    await go(to('redirectTo', 'd'))
    expect(await stack()).toEqual(['a', 'd'])
    await go(navigateTo('d'))
    expect(await stack()).toEqual(['a', 'd', 'd'])
    await go(['navigateBack', {}])
    expect(await stack()).toEqual(['a', 'd'])
    await go(switchTab('b'))
    expect(await stack()).toEqual(['b'])
  })

  test('navigateTo and redirectTo open no tab, switchTab opens nothing else', async () => {
    await go(reLaunch('a'))
    await expect(go(navigateTo('b'))).rejects.toThrow('navigateTo:fail can not navigateTo a tabbar page')
    await expect(go(to('redirectTo', 'b'))).rejects.toThrow(
      'redirectTo:fail can not redirectTo a tabbar page',
    )
    await expect(go(switchTab('c'))).rejects.toThrow('switchTab:fail can not switch to no-tabBar page')
    expect(await stack()).toEqual(['a'])
  })

  test('a page that is not there is named in the failure, and the page stays', async () => {
    await go(reLaunch('a'))
    for (const method of ['navigateTo', 'redirectTo', 'reLaunch', 'switchTab'])
      await expect(go(to(method, 'none'))).rejects.toThrow(`${method}:fail page "pages/none" is not found`)
    expect(await stack()).toEqual(['a'])
  })

  test(`a tab's address takes no query (${docs}/api/route/wx.switchTab.html)`, async () => {
    await go(reLaunch('a'))
    await expect(go(switchTab('b?x=1'))).rejects.toThrow('switchTab:fail')
  })

  test(`reLaunch may hand a query to any page (${docs}/api/route/wx.reLaunch.html)`, async () => {
    await go(reLaunch('b?x=1'))
    expect((await running.page()).query).toEqual({ x: '1' })
  })

  test('the first page has nothing to go back to', async () => {
    await go(reLaunch('a'))
    await expect(go(['navigateBack', {}])).rejects.toThrow('navigateBack:fail')
  })

  test(`a stack is ten pages deep (${docs}/api/route/wx.navigateTo.html)`, async () => {
    await go(reLaunch('a'))
    for (let depth = 2; depth <= 10; depth += 1) await go(navigateTo('c'))
    await expect(go(navigateTo('d'))).rejects.toThrow('navigateTo:fail')
    expect(await stack()).toHaveLength(10)
    expect(running.problems()).toMatchObject([{ kind: 'refused', code: 'PAGE_DEPTH', page: 'pages/c' }])
  })

  test('the arrow in the navigation bar goes back', async () => {
    await go(reLaunch('a'))
    await go(navigateTo('c'))
    await running.browserPage.click('.wx-navigation-bar:not([hidden]) .wx-navigation-back')
    await eventually(async () => expect(await stack()).toEqual(['a']))
    await eventually(async () =>
      expect(await running.browserPage.locator('.wx-navigation-back:visible').count()).toBe(0),
    )
  })
})

/** Subpackages whose code was asked for. They are heard of by another way than what the program says, so maybe later. */
const fetchesOf = ({ browserPage }: Running): string[] => {
  const asked: string[] = []
  browserPage.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/code/more')) asked.push(pathname)
  })
  return asked
}

describe('what pages know of each other', () => {
  let running: Running
  beforeAll(async () => {
    running = await aMiniProgram({
      'app.json': {
        pages: ['pages/a/index', 'pages/b/index'],
        subpackages: [{ root: 'more', pages: ['inside/c'] }],
      },
      'app.js': `App({
        globalData: { n: 1 },
        onShow(options) { log('app.onShow', options.path) },
        onHide() { log('app.onHide') },
      })
      wx.onAppShow(({ path }) => log('wx.onAppShow', path))
      wx.onAppHide(() => log('wx.onAppHide'))`,
      'pages/a/index.wxml': `<navigator class="there" url="../b/index?from=navigator" hover-class="none">there</navigator>
        <navigator class="replace" url="/pages/b/index" open-type="redirect">there</navigator>
        <navigator class="again" url="/pages/b/index" open-type="reLaunch">there</navigator>
        <navigator class="far" url="/more/inside/c">far</navigator>
        <navigator class="nowhere" url="/pages/none">nowhere</navigator>`,
      'pages/a/index.js': `Page({
        onShow() { log('a.onShow') },
        onHide() { log('a.onHide') },
        open() {
          wx.navigateTo({
            url: '/pages/b/index?x=1&y=%E7%BA%A2&z',
            events: {
              said(given) { log('heard by a', given) },
            },
            success({ eventChannel, errMsg }) { log('opened', errMsg); eventChannel.emit('start', { n: 1 }) },
            complete() { log('complete') },
          })
        },
        more() { wx.navigateTo({ url: '/more/inside/c?deep=1' }) },
      })`,
      'pages/b/index.wxml': '<navigator class="back" open-type="navigateBack" delta="1">back</navigator>',
      'pages/b/index.js': `Page({
        onLoad(query) {
          log('b.onLoad', query, this.route, this.options)
          const pages = getCurrentPages()
          log('stack', pages.map(({ route }) => route), pages[pages.length - 1] === this, getApp().globalData.n)
          const channel = this.getOpenerEventChannel()
          channel.on && channel.on('start', (given) => { log('heard by b', given); channel.emit('said', { n: 2 }) })
          channel.once && channel.once('twice', () => log('only once'))
        },
        relative() { wx.redirectTo({ url: '../../pages/./a/index?r=1' }) },
        late() { this.setData({ x: 1 }) },
      })`,
      'more/inside/c.wxml': '<view class="c">{{shown}}</view>',
      'more/inside/c.js': `log('c.js runs', require('../tool').name)
        Page({ data: { shown: 'far away' }, onLoad(query) { log('c.onLoad', query) } })`,
      'more/tool.js': `log('tool.js runs'); module.exports = { name: 'tool' }`,
    })
    await running.logged()
  })
  afterAll(closeMiniPrograms)
  beforeEach(async () => {
    await running.mini.callWxMethod('reLaunch', { url: '/pages/a/index' })
    await running.logged()
  })

  const path = async () => (await running.page()).path
  const arrives = (route: string) => eventually(async () => expect(await path()).toBe(route))

  test(`a page opened with events talks to its opener in both directions (${docs}/api/route/wx.navigateTo.html)`, async () => {
    await (await running.page()).callMethod('open')
    const said = await running.hears(7)
    expect(said).toEqual([
      'a.onHide',
      ['b.onLoad', { x: '1', y: '%E7%BA%A2', z: '' }, 'pages/b/index', { x: '1', y: '%E7%BA%A2', z: '' }],
      ['stack', ['pages/a/index', 'pages/b/index'], true, 1],
      ['opened', 'navigateTo:ok'],
      ['heard by b', { n: 1 }],
      ['heard by a', { n: 2 }],
      'complete',
    ])
  })

  test(`a path without / is seen from the page (${docs}/framework/app-service/route.html)`, async () => {
    await running.mini.callWxMethod('navigateTo', { url: '../b/index' })
    expect(await path()).toBe('pages/b/index')
    await (await running.page()).callMethod('relative')
    await arrives('pages/a/index')
    expect((await running.page()).query).toEqual({ r: '1' })
  })

  test(`a subpackage is loaded and run when a page of it is opened (${docs}/framework/subpackages/basic.html)`, async () => {
    const asked = fetchesOf(running)
    await running.mini.callWxMethod('navigateTo', { url: '/more/inside/c?deep=1' })
    expect((await running.logged()).filter((one) => one !== 'a.onHide')).toEqual([
      'tool.js runs',
      ['c.js runs', 'tool'],
      ['c.onLoad', { deep: '1' }],
    ])
    expect(await (await running.element('.c')).text()).toBe('far away')
    await eventually(() => expect(asked).toEqual(['/code/more%2F']))
    await running.mini.callWxMethod('navigateBack', {})
    await running.logged()
    await running.mini.callWxMethod('navigateTo', { url: '/more/inside/c' })
    expect(await running.logged()).toEqual(['a.onHide', ['c.onLoad', {}]])
  })

  describe(`navigator (${docs}/component/navigator.html)`, () => {
    test('opens a page beside its own by a path seen from it', async () => {
      await (await running.element('.there')).tap()
      await arrives('pages/b/index')
      expect((await running.page()).query).toEqual({ from: 'navigator' })
      await (await running.element('.back')).tap()
      await arrives('pages/a/index')
    })

    test.each([
      ['redirect', '.replace'],
      ['reLaunch', '.again'],
    ])('%s leaves no page below', async (_type, selector) => {
      await (await running.element(selector)).tap()
      await arrives('pages/b/index')
      expect(await running.mini.pageStack()).toHaveLength(1)
    })

    test('to a page that is not there is told with the page it stands on', async () => {
      await (await running.element('.nowhere')).tap()
      await eventually(() =>
        expect(running.problems()).toMatchObject([
          {
            code: 'NAVIGATOR',
            page: 'pages/a/index',
            reason: expect.stringContaining('page "pages/none" is not found'),
          },
        ]),
      )
    })
  })

  test(`an app that goes to the back is hidden with its page, and shown with it again (${docs}/reference/api/App.html)`, async () => {
    await running.ask('Host.showApp', { isShown: false })
    const hidden = await running.logged()
    expect(hidden).toEqual(expect.arrayContaining(['a.onHide', 'app.onHide', 'wx.onAppHide']))
    expect(hidden).toHaveLength(3)
    await running.ask('Host.showApp', { isShown: true })
    expect(await running.logged()).toEqual([
      ['app.onShow', 'pages/a/index'],
      ['wx.onAppShow', 'pages/a/index'],
      'a.onShow',
    ])
  })

  test('a page that was left may still set data, which nobody sees', async () => {
    await running.mini.callWxMethod('navigateTo', { url: '/pages/b/index' })
    await running.mini.evaluate(
      'function () { const b = getCurrentPages()[1]; getApp().late = () => b.late() }' as never,
    )
    await running.mini.callWxMethod('navigateBack', {})
    await running.mini.evaluate('function () { getApp().late() }' as never)
    expect(await path()).toBe('pages/a/index')
  })
})

describe(`what is fetched ahead (${docs}/framework/subpackages/preload.html)`, () => {
  afterEach(closeMiniPrograms)

  const files = (rule: object) => ({
    'app.json': {
      pages: ['pages/a', 'pages/b'],
      subpackages: [{ root: 'more', name: 'much', pages: ['c'] }],
      preloadRule: { 'pages/b': rule },
    },
    'pages/a.wxml': 'a',
    'pages/b.wxml': 'b',
    'more/c.wxml': 'c',
    'more/c.js': `log('c.js runs'); Page({})`,
  })
  const setNetwork = (running: Running, network: object) => running.ask('Host.setDevice', network)

  test.each([
    ['by its root, whatever the network', { packages: ['more'], network: 'all' }, '4g', ['/code/more%2F']],
    ['by its name, where there is no WLAN', { packages: ['much'], network: 'all' }, '4g', ['/code/more%2F']],
    ['on WLAN where nothing else is said', { packages: ['much'] }, 'wifi', ['/code/more%2F']],
    ['nothing without WLAN where nothing else is said', { packages: ['much'] }, '4g', []],
  ])(
    '%s, when the page is entered, once, and not run before it is needed',
    async (_what, rule, networkType, expected) => {
      const running = await aMiniProgram(files(rule))
      const asked = fetchesOf(running)
      await setNetwork(running, { networkType })
      expect(asked).toEqual([])
      await running.mini.callWxMethod('navigateTo', { url: '/pages/b' })
      await eventually(() => expect(asked).toEqual(expected))
      expect(await running.logged()).toEqual([])
      await running.mini.callWxMethod('navigateTo', { url: '/more/c' })
      expect(await running.logged()).toEqual(['c.js runs'])
      await eventually(() => expect(asked).toEqual(['/code/more%2F']))
    },
  )

  test('opens without a network; what was not fetched does not open, and is fetched when there is one again', async () => {
    const running = await aMiniProgram(files({ packages: ['more'], network: 'all' }))
    const asked = fetchesOf(running)
    await setNetwork(running, { isOnline: false })
    await expect(running.mini.callWxMethod('navigateTo', { url: '/more/c' })).rejects.toThrow(/no network/)
    expect(running.problems()).toMatchObject([{ code: 'PAGE_NOT_OPENED', page: 'more/c' }])
    await setNetwork(running, { isOnline: true })
    await running.mini.callWxMethod('navigateTo', { url: '/pages/b' })
    await eventually(() => expect(asked).toEqual(['/code/more%2F']))
    await running.browserPage.waitForLoadState('networkidle')
    await setNetwork(running, { isOnline: false })
    await running.mini.callWxMethod('navigateTo', { url: '/more/c' })
    expect((await running.page()).path).toBe('more/c')
  })
})

describe(`tab bars (${docs}/reference/configuration/app.html)`, () => {
  afterEach(closeMiniPrograms)

  test('a tapped tab is told to its page, also the one that is open already', async () => {
    const { browserPage, hears, logged } = await aMiniProgram({
      'app.json': { pages: ['pages/a', 'pages/b'], tabBar },
      'pages/a.wxml': '<view>a</view>',
      'pages/a.js': `Page({ onTabItemTap(tab) { log('a', tab) } })`,
      'pages/b.wxml': '<view>b</view>',
      'pages/b.js': `Page({ onShow() { log('b.onShow') }, onTabItemTap(tab) { log('b', tab) } })`,
    })
    await browserPage.click('.wx-bottom:not([hidden]) .wx-tab:nth-child(2)')
    expect(await hears(2)).toEqual(['b.onShow', ['b', { index: 1, pagePath: 'pages/b', text: 'B' }]])
    const tab = browserPage.locator('.wx-bottom:not([hidden]) .wx-tab')
    expect(await tab.nth(1).evaluate((one) => getComputedStyle(one).color)).toBe('rgb(255, 0, 0)')
    await tab.nth(1).click()
    expect(await hears(1)).toEqual([['b', { index: 1, pagePath: 'pages/b', text: 'B' }]])
    expect(await logged()).toEqual([])
  })

  test(`a page may have its own, an instance for each tab (${docs}/framework/ability/custom-tabbar.html)`, async () => {
    const { mini, page, browserPage } = await aMiniProgram({
      'app.json': { pages: ['pages/a', 'pages/b'], tabBar: { ...tabBar, custom: true } },
      'custom-tab-bar/index.json': { component: true },
      'custom-tab-bar/index.wxml':
        '<view class="bar"><view wx:for="{{list}}" wx:key="*this" class="tab" data-path="{{item}}" bindtap="go">{{index === selected ? "[" + item + "]" : item}}</view></view>',
      'custom-tab-bar/index.wxss': '.bar { height: 50px; display: flex } .tab { flex: 1 }',
      'custom-tab-bar/index.js': `Component({
        data: { selected: -1, list: ['/pages/a', '/pages/b'] },
        methods: { go(event) { wx.switchTab({ url: event.currentTarget.dataset.path }) } },
      })`,
      'pages/a.wxml': '<view>a</view>',
      'pages/a.js': `Page({ onShow() { this.getTabBar().setData({ selected: 0 }) } })`,
      'pages/b.wxml': '<view>b</view>',
      'pages/b.js': `Page({ onShow() { if (typeof this.getTabBar === 'function' && this.getTabBar()) this.getTabBar().setData({ selected: 1 }) } })`,
    })
    const shown = () => browserPage.locator('wx-view:text-matches("pages"):visible').allInnerTexts()
    await eventually(async () => expect((await shown()).at(-2)).toBe('[/pages/a]'))
    await browserPage.tap('text="/pages/b"')
    await eventually(async () => expect((await page()).path).toBe('pages/b'))
    await eventually(async () => expect((await shown()).at(-1)).toBe('[/pages/b]'))
    expect(
      await mini.evaluate(
        'function () { const bar = getCurrentPages()[0].getTabBar(); return [bar.data.selected, bar === getApp().bar] }' as never,
      ),
    ).toEqual([1, false])
    await mini.callWxMethod('switchTab', { url: '/pages/a' })
    await eventually(async () => expect((await shown()).at(-2)).toBe('[/pages/a]'))
  })
})

describe(`the first page (${docs}/reference/api/App.html)`, () => {
  afterEach(closeMiniPrograms)

  test('may be another one, with a query, which the app is told', async () => {
    const { page, hears, mini } = await aMiniProgram(
      {
        ...fourPages,
        'app.js': `App({ onLaunch({ path, query, scene }) { log('launch', path, query, scene) } })`,
      },
      { address: `/?page=${encodeURIComponent('pages/c?id=7')}` },
    )
    expect(await page()).toMatchObject({ path: 'pages/c', query: { id: '7' } })
    expect(await hears(3)).toEqual([['launch', 'pages/c', { id: '7' }, 1001], 'c.onLoad', 'c.onShow'])
    expect(await mini.callWxMethod('getLaunchOptionsSync')).toMatchObject({
      path: 'pages/c',
      query: { id: '7' },
    })
    expect(await mini.callWxMethod('getEnterOptionsSync')).toMatchObject({ path: 'pages/c' })
  })

  test('entryPagePath stands before the order of pages', async () => {
    const { page } = await aMiniProgram({
      ...fourPages,
      'app.json': { pages: ['pages/a', 'pages/b', 'pages/c', 'pages/d'], entryPagePath: 'pages/c' },
    })
    expect((await page()).path).toBe('pages/c')
  })

  test('that is not there is told to the app, which may send the user elsewhere', async () => {
    const { page, hears, logged } = await aMiniProgram(
      {
        ...fourPages,
        'app.js': `wx.onPageNotFound(({ path }) => log('wx', path))
        App({ onPageNotFound(given) { log('app', given); wx.redirectTo({ url: 'pages/d' }) } })`,
      },
      { address: `/?page=${encodeURIComponent('pages/none?id=7')}` },
    )
    await eventually(async () => expect((await page()).path).toBe('pages/d'))
    expect(await hears(4)).toEqual([
      ['app', { path: 'pages/none', query: { id: '7' }, isEntryPage: true }],
      ['wx', 'pages/none'],
      'd.onLoad',
      'd.onShow',
    ])
    expect(await logged()).toEqual([])
  })
})

describe(`sharing (${docs}/reference/api/Page.html)`, () => {
  afterEach(closeMiniPrograms)

  test('a button with open-type share asks the page what is shared', async () => {
    const { element, hears } = await aMiniProgram({
      'pages/a.wxml': '<button id="share" class="share" open-type="share" data-n="{{5}}">share</button>',
      'pages/a.js': `Page({
        onShareAppMessage({ from, target }) {
          log('share', from, target.id, target.dataset)
          return { title: 't', path: '/pages/a?x=1' }
        },
      })`,
    })
    await (await element('.share')).tap()
    expect(await hears(1)).toEqual([['share', 'button', 'share', { n: 5 }]])
  })
})

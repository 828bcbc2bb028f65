import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { opened } from '../../support/opened'
import { aMiniProgram, closeChromium, closeMiniPrograms, type Running } from './a-mini-program'

afterEach(closeMiniPrograms)
afterAll(closeChromium)

const call = async (running: Running, name: string, ...args: unknown[]) =>
  (await running.page()).callMethod(name, ...args)

describe('scripts (devtools/codecompile.html)', () => {
  test('may be written with import and export', async () => {
    const running = await aMiniProgram({
      'pages/a.wxml': 'x',
      'pages/a.js': `import greet, { name } from '../lib/greet'
import * as all from '../lib/old'
Page({ say: () => greet(name) + all.sign })`,
      'lib/greet.js': 'export const name = "you"\nexport default (who) => "hello " + who',
      'lib/old.js': 'module.exports = { sign: "!" }',
    })
    expect(await call(running, 'say')).toBe('hello you!')
  })

  test('may have names that a browser has', async () => {
    const running = await aMiniProgram({
      'pages/a.wxml': 'x',
      'pages/a.js':
        "const Image = 'i'; class Event {}; let top = 't'; Page({ say: () => Image + top + typeof Event })",
    })
    expect(await call(running, 'say')).toBe('itfunction')
  })
})

describe('components (framework/custom-component)', () => {
  const inPage = (wxml: string, component: string, more = {}) =>
    aMiniProgram({
      'pages/a.wxml': wxml,
      'pages/a.json': { usingComponents: { one: '/one' } },
      'one.json': { component: true },
      'one.wxml': '{{data}}{{shadowRoot}}',
      'one.js': component,
      ...more,
    })

  test('a property may be called like something of a node (component.html)', async () => {
    const running = await inPage(
      '<one class="one" data="{{1}}" shadow-root="{{2}}" />',
      `Component({ properties: { data: Number, shadowRoot: Number }, lifetimes: { attached() { log(this.data) } } })`,
    )
    expect(await running.hears(1)).toEqual([{ data: 1, shadowRoot: 2 }])
    expect(await (await running.element('.one')).text()).toBe('12')
  })

  test('a relation holds when the other component is first shown by a later page (relations.html)', async () => {
    const running = await aMiniProgram({
      'app.json': { pages: ['pages/a', 'pages/b'], usingComponents: { inner: '/parts/inner' } },
      'pages/a.wxml': '<inner />',
      'pages/b.wxml': '<outer><inner /></outer>',
      'pages/b.json': { usingComponents: { outer: '/parts/outer' } },
      'parts/inner.json': { component: true },
      'parts/inner.js': `Component({ relations: { './outer': { type: 'parent', linked() { log('inner linked') } } } })`,
      'parts/outer.json': { component: true },
      'parts/outer.wxml': '<slot />',
      'parts/outer.js': `Component({ relations: { './inner': { type: 'child', linked() { log('outer linked') } } } })`,
    })
    await running.page()
    await running.mini.callWxMethod('reLaunch', { url: '/pages/b' })
    expect(await running.hears(2)).toEqual(expect.arrayContaining(['inner linked', 'outer linked']))
  })

  test('a handler that is not there is told of (framework/view/wxml/event.html)', async () => {
    const running = await aMiniProgram({ 'pages/a.wxml': '<view class="one" bindtap="none">x</view>' })
    await (await running.element('.one')).tap()
    expect(running.problems()).toEqual([
      {
        kind: 'warning',
        code: 'HANDLER_MISSING',
        reason: 'Component "pages/a" does not have a method "none" to handle event "tap".',
        page: 'pages/a',
        file: 'pages/a.wxml',
      },
    ])
  })

  test('a handler may be given to this while the page runs (framework/app-service/page.html)', async () => {
    const running = await aMiniProgram({
      'pages/a.wxml': '<view class="one" bindtap="late">x</view>',
      'pages/a.js': `Page({ onLoad() { this.late = () => log('late') } })`,
    })
    await (await running.element('.one')).tap()
    expect(await running.hears(1)).toEqual(['late'])
  })

  test('functions given to setData stay in the logic (framework/performance)', async () => {
    const running = await aMiniProgram({
      'pages/a.wxml': '<view class="one">{{options.title}}</view>',
      'pages/a.js': `Page({
  onLoad() { this.setData({ options: { title: 't', done: () => 'called', list: [() => 'in a list'] } }) },
  run() { return [this.data.options.done(), this.data.options.list[0]()] },
})`,
    })
    expect(await call(running, 'run')).toEqual(['called', 'in a list'])
    expect(await (await running.element('.one')).text()).toBe('t')
  })

  test('wx:for-items is the first name of wx:for (framework/view/wxml/list.html)', async () => {
    const running = await aMiniProgram({
      'pages/a.wxml':
        '<view class="one"><block wx:for-items="{{[1, 2]}}" wx:key="*this">{{item}}</block></view>',
    })
    expect(await (await running.element('.one')).text()).toBe('12')
  })
})

describe('scripts of the view (framework/view/interactive-animation.html)', () => {
  test('hear events and changes, and move what they are given', async () => {
    const running = await aMiniProgram({
      'pages/a.wxml': `<wxs module="view">
module.exports = {
  tap: function (event, owner) {
    var box = owner.selectComponent('.box')
    box.setStyle({ width: '30px', 'background-color': '#00ff00' }).addClass('hit')
    box.getState().count = 7
    owner.callMethod('told', [event.instance.getDataset().who, box.getState().count, box.hasClass('hit'), event.type])
  },
  changed: function (value, before, owner, node) { owner.callMethod('told', ['changed', value, node.getDataset().who]) },
}
</wxs>
<view class="button" data-who="me" bindtap="{{view.tap}}">x</view>
<view class="box" data-who="box" prop="{{value}}" change:prop="{{view.changed}}" style="width: 10px; height: 10px"></view>`,
      'pages/a.js': 'Page({ data: { value: 1 }, told(given) { log(given) } })',
    })
    expect(await running.hears(1)).toEqual([['changed', 1, 'box']])
    await (await running.element('.button')).tap()
    expect(await running.hears(1)).toEqual([['me', 7, true, 'tap']])
    expect(await (await running.element('.box.hit')).size()).toEqual({ width: 30, height: 10 })
    await (await running.page()).setData({ value: 2 })
    expect(await running.hears(1)).toEqual([['changed', 2, 'box']])
  })

  test('may call a variable what only JavaScript keeps for itself (reference/wxs/02variate.html)', async () => {
    const running = await aMiniProgram({
      'pages/a.wxml':
        '<wxs module="m">function name(on) { var class = "off class"; if (on) { class = "on" } return class } module.exports = name</wxs><view class="{{m(true)}}">{{m(false)}}</view>',
    })
    expect(await (await running.element('.on')).text()).toBe('off class')
  })
})

describe('wx.createSelectorQuery (api/wxml/wx.createSelectorQuery.html)', () => {
  test('answers when what was set before is drawn', async () => {
    const running = await aMiniProgram({
      'pages/a.wxml': '<view wx:if="{{on}}" class="one" style="width: 30px">x</view>',
      'pages/a.js': `Page({ ask() { return new Promise((end) => {
  const query = wx.createSelectorQuery()
  query.select('.one').boundingClientRect()
  query.exec((answers) => end(answers[0] && answers[0].width))
  this.setData({ on: true })
}) } })`,
    })
    expect(await call(running, 'ask')).toBe(30)
  })

  test('answers after the page is ready', async () => {
    const running = await aMiniProgram({
      'pages/a.wxml': '<one />',
      'pages/a.json': { usingComponents: { one: '/one' } },
      'one.json': { component: true },
      'one.js': `Component({ lifetimes: {
  attached() { this.createSelectorQuery().selectViewport().boundingClientRect(() => log('answered')).exec() },
  ready() { log('ready') },
} })`,
    })
    expect(await running.hears(2)).toEqual(['ready', 'answered'])
  })

  test('tells styles, properties, marks and scrolling', async () => {
    const running = await aMiniProgram({
      'pages/a.wxml':
        '<view style="height: 3000px"><input id="one" class="one" mark:m="7" data-d="8" value="v" style="color: #ff0000" /></view>',
      'pages/a.js': `Page({ ask() { return new Promise((end) => {
  wx.pageScrollTo({ scrollTop: 40, duration: 0, success: () => this.createSelectorQuery()
    .select('.one').fields({ id: true, dataset: true, mark: true, properties: ['value'], computedStyle: ['color'] })
    .select('.none').fields({ id: true })
    .selectAll('.none').fields({ id: true })
    .selectViewport().scrollOffset()
    .exec(end) })
}) } })`,
    })
    expect(await call(running, 'ask')).toEqual([
      { id: 'one', dataset: { d: '8' }, mark: { m: '7' }, value: 'v', color: 'rgb(255, 0, 0)' },
      null,
      [],
      expect.objectContaining({ scrollTop: 40 }),
    ])
  })
})

describe('canvas (component/canvas.html)', () => {
  test('is drawn on by its node, and becomes a picture', async () => {
    const running = await aMiniProgram({
      'pages/a.wxml': '<canvas type="2d" id="c" style="width: 40px; height: 20px" />',
      'pages/a.js': `Page({ draw() { return new Promise((end) => wx.createSelectorQuery().select('#c').fields({ node: true, size: true }).exec(([{ node, width, height }]) => {
  node.width = width
  node.height = height
  const context = node.getContext('2d')
  context.fillStyle = '#00ff00'
  context.fillRect(0, 0, width, height)
  const seen = [...context.getImageData(1, 1, 1, 1).data]
  wx.canvasToTempFilePath({ canvas: node }).then(({ tempFilePath }) => wx.getImageInfo({ src: tempFilePath })).then((info) => end([seen, info.width, info.height, info.type]))
})) } })`,
    })
    expect(await call(running, 'draw')).toEqual([[0, 255, 0, 255], 40, 20, 'png'])
  })

  test('of the first kind draws when it is told to (api/canvas/CanvasContext.html)', async () => {
    const running = await aMiniProgram({
      'pages/a.wxml': '<canvas canvas-id="c" style="width: 40px; height: 20px" />',
      'pages/a.js': `Page({ draw() { return new Promise((end) => {
  const context = wx.createCanvasContext('c')
  context.setFillStyle('#00ff00')
  context.fillRect(0, 0, 40, 20)
  context.draw(false, () => wx.canvasToTempFilePath({ canvasId: 'c', destWidth: 80, success: ({ tempFilePath }) => wx.getImageInfo({ src: tempFilePath, success: ({ width }) => end(width) }) }))
}) } })`,
    })
    expect(await call(running, 'draw')).toBe(80)
    const green = await running.browserPage.$eval('wx-canvas > canvas', (canvas) => [
      ...((canvas as HTMLCanvasElement).getContext('2d')?.getImageData(1, 1, 1, 1).data ?? []),
    ])
    expect(green).toEqual([0, 255, 0, 255])
  })
})

describe('animations', () => {
  const told = (running: Running, selector: string): Promise<string[]> =>
    running.browserPage.evaluate((found) => {
      const dom = document.querySelector(found) as HTMLElement
      for (const animation of dom.getAnimations()) animation.finish()
      const { opacity, transform } = getComputedStyle(dom)
      return [opacity, transform]
    }, selector)

  test('wx.createAnimation moves what it is given to (api/ui/animation/wx.createAnimation.html)', async () => {
    const running = await aMiniProgram({
      'pages/a.wxml':
        '<view class="one" animation="{{moved}}">x</view><image class="two" animation="{{moved}}" />',
      'pages/a.js': `Page({ run() {
  const animation = wx.createAnimation({ duration: 5000 })
  animation.opacity(0.5).translate(10, 20).step()
  this.setData({ moved: animation.export() })
} })`,
    })
    await call(running, 'run')
    const moved = ['0.5', 'matrix(1, 0, 0, 1, 10, 20)']
    expect(await told(running, '.one')).toEqual(moved)
    expect(await told(running, '.two')).toEqual(moved)
  })

  test('this.animate plays key frames, this.clearAnimation takes them away (framework/view/animation.html)', async () => {
    const running = await aMiniProgram({
      'pages/a.wxml': '<view class="one">x</view>',
      'pages/a.js': `Page({
  run() { return new Promise((end) => this.animate('.one', [{ opacity: 1 }, { opacity: 0.5, scale: [2, 2] }], 10, () => end('played'))) },
  clear() { return new Promise((end) => this.clearAnimation('.one', () => end('cleared'))) },
})`,
    })
    expect(await call(running, 'run')).toBe('played')
    expect(await told(running, '.one')).toEqual(['0.5', 'matrix(2, 0, 0, 2, 0, 0)'])
    expect(await call(running, 'clear')).toBe('cleared')
    expect(await told(running, '.one')).toEqual(['1', 'none'])
  })
})

describe('built-in components', () => {
  test('picker-view stands where it is told and tells where it is turned to (component/picker-view.html)', async () => {
    const running = await aMiniProgram({
      'pages/a.wxml': `<picker-view class="wheels" value="{{value}}" indicator-style="height: 50px" style="height: 250px" bindchange="detail">
  <picker-view-column><view wx:for="{{5}}" wx:key="*this" style="line-height: 50px">{{item}}</view></picker-view-column>
  <picker-view-column class="second"><view wx:for="{{5}}" wx:key="*this">{{item}}</view></picker-view-column>
</picker-view>`,
      'pages/a.js': 'Page({ data: { value: [1, 2] }, detail({ detail }) { log(detail) } })',
    })
    await running.page()
    const tops = () =>
      running.browserPage.$$eval('wx-picker-view-column', (all) => all.map(({ scrollTop }) => scrollTop))
    await running.browserPage.waitForFunction(
      () => document.querySelectorAll('wx-picker-view-column')[1]?.scrollTop === 100,
    )
    expect(await tops()).toEqual([50, 100])
    await running.browserPage.$eval('.second', (column) => column.scrollTo({ top: 150, behavior: 'instant' }))
    expect(await running.hears(1)).toEqual([{ value: [1, 3] }])
  })

  test('progress fills its share, an icon is as large as it is told (component/progress.html, component/icon.html)', async () => {
    const running = await aMiniProgram({
      'pages/a.wxml':
        '<progress class="progress" percent="25" show-info style="width: 200px" /><icon class="icon" type="success" size="40" /><icon class="plain" type="info" />',
    })
    expect(await (await running.element('.progress')).text()).toBe('25%')
    expect(await (await running.element('.icon')).size()).toEqual({ width: 40, height: 40 })
    expect(await (await running.element('.plain')).size()).toEqual({ width: 23, height: 23 })
  })

  test('a swiper shows dots, margins and several slides (component/swiper.html)', async () => {
    const running = await aMiniProgram({
      'pages/a.wxml': `<swiper class="dots" indicator-dots current="1"><swiper-item>a</swiper-item><swiper-item>b</swiper-item></swiper>
<swiper class="many" display-multiple-items="2" previous-margin="20px" next-margin="35px" bindchange="detail" style="width: 255px"><swiper-item class="slide">a</swiper-item><swiper-item>b</swiper-item><swiper-item>c</swiper-item></swiper>`,
      'pages/a.js': 'Page({ detail({ detail }) { log(detail.current) } })',
    })
    expect(await (await running.element('.slide')).size()).toMatchObject({ width: 100 })
    await (await running.element('.many')).swipeTo(1)
    expect(await running.hears(1)).toEqual([1])
    const dots = await running.browserPage.$$eval('.dots .wx-swiper-dots > div', (all) =>
      all.map((dot) => getComputedStyle(dot).backgroundColor),
    )
    expect(dots).toEqual(['rgba(0, 0, 0, 0.3)', 'rgb(0, 0, 0)'])
  })

  test('page-meta and navigation-bar dress the page (component/page-meta.html)', async () => {
    const running = await aMiniProgram({
      'pages/a.wxml':
        '<page-meta page-style="{{style}}" background-color="#00ff00" page-font-size="20px"><navigation-bar title="{{title}}" front-color="#ffffff" background-color="#ff0000" /></page-meta><view class="one">x</view>',
      'pages/a.js': "Page({ data: { style: 'overflow: hidden', title: 'T' } })",
    })
    expect(await (await running.element('.one')).style('font-size')).toBe('20px')
    await (await running.page()).setData({ title: 'other' })
    const seen = await running.browserPage.evaluate(() => {
      const style = (selector: string) => getComputedStyle(document.querySelector(selector) as Element)
      return [
        document.querySelector('.wx-navigation-title')?.textContent,
        style('.wx-navigation-bar').backgroundColor,
        style('.wx-page-scroller').backgroundColor,
        style('.wx-page-scroller').overflowY,
      ]
    })
    expect(seen).toEqual(['other', 'rgb(255, 0, 0)', 'rgb(0, 255, 0)', 'hidden'])
  })

  test('a button tells of nobody, and an open-type that is none is told of (component/button.html)', async () => {
    const running = await aMiniProgram({
      'pages/a.wxml':
        '<button class="who" open-type="getUserInfo" bindgetuserinfo="detail">x</button><button class="none" open-type="fly">x</button><button class="app" open-type="launchApp">x</button>',
      'pages/a.js': 'Page({ detail({ detail }) { log(detail.userInfo.nickName) } })',
    })
    await (await running.element('.who')).tap()
    expect(await running.hears(1)).toEqual(['微信用户'])
    await (await running.element('.none')).tap()
    await (await running.element('.app')).tap()
    expect(running.problems()).toMatchObject([
      { kind: 'warning', reason: 'open-type="fly" of a button is unknown' },
      { kind: 'error', reason: expect.stringContaining('open-type="launchApp"> is not provided') },
    ])
  })

  test('a picture is seen from the file that names it (component/image.html)', async () => {
    const picture = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>'
    const running = await aMiniProgram({
      'pages/deep/a.wxml':
        '<image src="here.svg" bindload="said" /><image src="../up.svg" bindload="said" /><image src="./圖.svg" bindload="said" /><one />',
      'pages/deep/a.js': 'Page({ said({ detail }) { log(detail.width) } })',
      'pages/deep/a.json': { usingComponents: { one: '/parts/one' } },
      'pages/deep/here.svg': picture,
      'pages/deep/圖.svg': picture,
      'pages/up.svg': picture,
      'parts/one.json': { component: true },
      'parts/one.wxml': '<image src="mine.svg" bindload="said" />',
      'parts/one.js': 'Component({ methods: { said({ detail }) { log(detail.width) } } })',
      'parts/mine.svg': picture,
    })
    expect(await running.hears(4)).toEqual([40, 40, 40, 40])
  })

  test('a navigator tells how it went, and of a way that is none here (component/navigator.html)', async () => {
    const running = await aMiniProgram({
      'pages/a.wxml':
        '<navigator class="none" url="/pages/none" bindfail="said" bindcomplete="said">x</navigator><navigator class="exit" open-type="exit" bindfail="said">x</navigator><navigator class="there" url="/pages/b" bindsuccess="said">x</navigator>',
      'pages/a.js': 'Page({ said({ type, detail }) { log([type, detail.errMsg]) } })',
      'pages/b.wxml': 'x',
    })
    await (await running.element('.none')).tap()
    const missing = 'navigateTo:fail page "pages/none" is not found'
    expect(await running.hears(2)).toEqual([
      ['fail', missing],
      ['complete', missing],
    ])
    await (await running.element('.exit')).tap()
    expect(await running.hears(1)).toEqual([
      ['fail', '<navigator open-type="exit"> is not provided by this host'],
    ])
    await (await running.element('.there')).tap()
    expect(await running.hears(1)).toEqual([['success', 'navigateTo:ok']])
    expect(running.problems().map(({ code }) => code)).toEqual(['NAVIGATOR', 'NAVIGATOR'])
  })

  test('an advertisement says that there is none (component/ad.html)', async () => {
    const running = await aMiniProgram({
      'pages/a.wxml': '<ad unit-id="a" binderror="detail" />',
      'pages/a.js': 'Page({ detail({ detail }) { log(detail.errCode) } })',
    })
    expect(await running.hears(1)).toEqual([1004])
  })
})

describe('wx.request (api/network/request/wx.request.html)', () => {
  let server: Server
  let url: string
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = ''
      request.on('data', (part) => {
        body += part
      })
      request.on('end', () => {
        if (request.url === '/slow') return
        response
          .writeHead(request.url === '/none' ? 404 : 200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ path: request.url, type: request.headers['content-type'], body }))
      })
    })
    opened(() => {
      server.closeAllConnections()
      server.close()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })

  const open = (domains: readonly string[] = [url]) =>
    aMiniProgram(
      {
        'pages/a.wxml': 'x',
        'pages/a.js': `Page({
  ask(options) { return new Promise((end) => wx.request({ ...options, success: ({ statusCode, data }) => end({ statusCode, data }), fail: ({ errMsg }) => end(errMsg) })) },
  stop(options) { return new Promise((end) => { const task = wx.request({ ...options, fail: ({ errMsg }) => end(errMsg) }); task.abort() }) },
})`,
      },
      { domains },
    )

  test('writes data into the address, as JSON or as a form', async () => {
    const running = await open()
    expect(await call(running, 'ask', { url: `${url}/a`, data: { q: 'ä b' } })).toMatchObject({
      statusCode: 200,
      data: { path: '/a?q=%C3%A4%20b' },
    })
    expect(await call(running, 'ask', { url: `${url}/a`, method: 'POST', data: { n: 1 } })).toMatchObject({
      data: { type: 'application/json', body: '{"n":1}' },
    })
    const header = { 'Content-Type': 'application/x-www-form-urlencoded' }
    expect(await call(running, 'ask', { url, method: 'POST', header, data: { n: 1 } })).toMatchObject({
      data: { body: 'n=1' },
    })
  })

  test('succeeds with whatever the server answers', async () => {
    const running = await open()
    expect(await call(running, 'ask', { url: `${url}/none` })).toMatchObject({ statusCode: 404 })
  })

  test('goes nowhere but where it is registered to', async () => {
    const running = await open([])
    expect(await call(running, 'ask', { url: `${url}/a` })).toBe(
      `request:fail url not in domain list: ${url}`,
    )
  })

  test('ends by itself, by its task, and without a network', async () => {
    const running = await open()
    expect(await call(running, 'ask', { url: `${url}/slow`, timeout: 50 })).toBe('request:fail timeout')
    expect(await call(running, 'stop', { url: `${url}/slow` })).toBe('request:fail abort')
    await running.ask('Host.setDevice', { isOnline: false })
    expect(await call(running, 'ask', { url: `${url}/a` })).toMatch(/^request:fail .*DISCONNECTED/)
  })
})

test('an observer tells whose element is seen (api/wxml/IntersectionObserver.observe.html)', async () => {
  const running = await aMiniProgram({
    'pages/a.wxml': '<view id="one" class="one" data-n="7" style="height: 10px">x</view>',
    'pages/a.js': `Page({ onReady() { this.createIntersectionObserver().relativeToViewport().observe('.one', ({ id, dataset, intersectionRatio }) => log([id, dataset.n, intersectionRatio])) } })`,
  })
  expect(await running.hears(1)).toEqual([['one', '7', 1]])
})

test('elements are found by their path (automator/page.html)', async () => {
  const running = await aMiniProgram({
    'pages/a.wxml':
      '<view class="list"><view class="row"><text>one</text></view><view class="row"><text>two</text></view></view>',
  })
  const page = (await running.page()) as unknown as {
    getElementByXpath: (path: string) => Promise<{ text: () => Promise<string> } | null>
    getElementsByXpath: (path: string) => Promise<readonly unknown[]>
  }
  expect(await (await page.getElementByXpath('//view[@class="row"][2]/text'))?.text()).toBe('two')
  expect(await page.getElementsByXpath('/view/view')).toHaveLength(2)
  expect(await page.getElementByXpath('//button')).toBeNull()
})

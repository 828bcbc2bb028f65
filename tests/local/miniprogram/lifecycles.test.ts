import { aMiniProgram, closeChromium, closeMiniPrograms, eventually } from './a-mini-program'

afterEach(closeMiniPrograms)
afterAll(closeChromium)

const saying = (name: string): string => `Page({
  onLoad(query) { log('${name} onLoad', query) },
  onShow() { log('${name} onShow') },
  onReady() { log('${name} onReady') },
  onHide() { log('${name} onHide') },
  onUnload() { log('${name} onUnload') },
})`

const twoPages = {
  'app.js':
    'App({ onLaunch(options) { log("app onLaunch", options.path) }, onShow() { log("app onShow") } })',
  'pages/a.wxml': '<view class="a">a</view>',
  'pages/a.js': saying('a'),
  'pages/b.wxml': '<view class="b">b</view>',
  'pages/b.js': saying('b'),
}

describe('a page', () => {
  // https://developers.weixin.qq.com/miniprogram/dev/framework/app-service/page-life-cycle.html
  test('loads, is shown and then is ready, after its app', async () => {
    const { logged, page } = await aMiniProgram(twoPages)
    expect((await page()).path).toBe('pages/a')
    await (await page()).waitFor(200)
    expect(await logged()).toEqual([
      ['app onLaunch', 'pages/a'],
      'app onShow',
      ['a onLoad', {}],
      'a onShow',
      'a onReady',
    ])
  })

  test('that another one is opened over is hidden, and shown again when that one is left', async () => {
    const { logged, mini, page } = await aMiniProgram(twoPages)
    await (await page()).waitFor(200)
    await logged()
    await mini.callWxMethod('navigateTo', { url: '/pages/b?id=1&name=x' })
    await (await page()).waitFor(200)
    expect(await logged()).toEqual([
      'a onHide',
      ['b onLoad', { id: '1', name: 'x' }],
      'b onShow',
      'b onReady',
    ])
    await mini.callWxMethod('navigateBack', {})
    expect(await logged()).toEqual(['b onUnload', 'a onShow'])
  })

  test('that throws is named with its file', async () => {
    const { problems, page } = await aMiniProgram({
      'pages/a.wxml': '<view>a</view>',
      'pages/a.js': 'Page({ onLoad() { throw new Error("no data") } })',
    })
    await page()
    expect(problems()).toMatchObject([
      {
        kind: 'error',
        code: 'PAGE_FAILED',
        page: 'pages/a',
        file: 'pages/a.js',
        reason: expect.stringContaining('no data'),
      },
    ])
  })

  test('whose handler never ends is given up with its name', async () => {
    const { problems, element, page } = await aMiniProgram(
      {
        'pages/a.wxml': '<view class="stop" bindtap="stop">stop</view>',
        'pages/a.js': 'Page({ stop() { for (;;) {} } })',
      },
      { answerMs: 1500 },
    )
    const button = await eventually(() => element('.stop'))
    // What was not answered because the page was still opening is no matter here.
    problems()
    await expect(button.tap()).rejects.toThrow('no answer for 1500 ms')
    await eventually(() =>
      expect(page()).rejects.toThrow('no answer for 1500 ms; last entered: pages/a: stop'),
    )
    expect(new Set(problems().map((one) => one.code))).toEqual(new Set(['NO_ANSWER']))
  })
})

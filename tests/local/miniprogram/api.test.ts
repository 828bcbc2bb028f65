import { aMiniProgram, closeChromium, closeMiniPrograms, eventually, type Running } from './a-mini-program'

afterEach(closeMiniPrograms)
afterAll(closeChromium)

const long = (count: number) =>
  Array.from(
    { length: count },
    (_, at) => `<view class="row" id="row${at}" style="height: 50px">${at}</view>`,
  ).join('')

const inPage = (
  methods: string,
  wxml = '<view class="one" style="margin: 10px 0 0 20px; width: 30px; height: 40px" data-a="1">x</view>',
  more = {},
) => aMiniProgram({ 'pages/a.wxml': wxml, 'pages/a.js': `Page({ ${methods} })`, ...more })

const call = async (running: Running, name: string, ...args: unknown[]) =>
  (await running.page()).callMethod(name, ...args)

describe('functions of wx (framework/app-service/api.html)', () => {
  test('call success and then complete', async () => {
    const running = await inPage(
      `ask() { const said = []; return new Promise((end) => wx.getStorageInfo({ success: () => said.push('success'), fail: () => said.push('fail'), complete: () => end([...said, 'complete']) })) }`,
    )
    expect(await call(running, 'ask')).toEqual(['success', 'complete'])
  })

  test('call fail and then complete, with errMsg', async () => {
    const running = await inPage(
      `ask() { const said = []; return new Promise((end) => wx.getStorage({ key: 'none', success: () => said.push('success'), fail: ({ errMsg }) => said.push(errMsg), complete: () => end(said) })) }`,
    )
    expect(await call(running, 'ask')).toEqual(['getStorage:fail data not found'])
  })

  test('answer a promise where none of them is given', async () => {
    const running = await inPage(
      `ask() { return wx.getStorage({ key: 'none' }).catch(({ errMsg }) => errMsg) }`,
    )
    expect(await call(running, 'ask')).toBe('getStorage:fail data not found')
  })

  test('that are not there fail with their name', async () => {
    const running = await inPage(`onLoad() { wx.startBeaconDiscovery() }`)
    await running.page()
    expect(running.problems()).toMatchObject([
      { code: 'PAGE_FAILED', reason: expect.stringContaining('wx.startBeaconDiscovery is not') },
    ])
  })

  test('a browser’s own objects are not there', async () => {
    const running = await inPage(
      `look() { return [typeof window, typeof document, typeof fetch, typeof localStorage, typeof XMLHttpRequest] }`,
    )
    expect(await call(running, 'look')).toEqual(Array(5).fill('undefined'))
  })
})

describe('storage (framework/ability/storage.html)', () => {
  test('keeps values with their types, and clears them', async () => {
    const running = await inPage(`run() {
      wx.setStorageSync('a', { n: 1, list: ['x'] }); wx.setStorageSync('b', 'text'); wx.removeStorageSync('b')
      const found = [wx.getStorageSync('a'), wx.getStorageSync('b'), wx.getStorageInfoSync().keys]
      wx.clearStorageSync(); return [...found, wx.getStorageSync('a')] }`)
    expect(await call(running, 'run')).toEqual([{ n: 1, list: ['x'] }, '', ['a'], ''])
  })

  test('refuses an entry over 1 MB', async () => {
    const running = await inPage(
      `run() { return wx.setStorage({ key: 'a', data: 'x'.repeat(1024 * 1024) }).catch(({ errMsg }) => errMsg) }`,
    )
    expect(await call(running, 'run')).toBe('setStorage:fail entry size limit reached')
  })
})

describe('dialogs (api/ui/interaction)', () => {
  test('showModal waits for the answer', async () => {
    const running = await inPage(
      `ask() { wx.showModal({ title: 'T', content: 'C', success: ({ confirm, cancel }) => log([confirm, cancel]) }) }`,
    )
    await call(running, 'ask')
    await running.browserPage.click('.wx-dialog-confirm')
    await call(running, 'ask')
    await running.browserPage.click('.wx-dialog-cancel')
    await (await running.page()).waitFor(50)
    expect(await running.logged()).toEqual([
      [true, false],
      [false, true],
    ])
  })

  test('showModal refuses words of more than four letters on a button', async () => {
    const running = await inPage(
      `ask() { return wx.showModal({ confirmText: '五个字太长' }).catch(({ errMsg }) => errMsg) }`,
    )
    expect(await call(running, 'ask')).toContain('showModal:fail')
  })

  test('showActionSheet answers what is tapped, or fails', async () => {
    const running = await inPage(
      `ask() { wx.showActionSheet({ itemList: ['a', 'b'], success: ({ tapIndex }) => log(tapIndex), fail: ({ errMsg }) => log(errMsg) }) }`,
    )
    await call(running, 'ask')
    await running.browserPage.click('.wx-choice:nth-child(2)')
    await call(running, 'ask')
    await running.browserPage.click('.wx-choice-cancel')
    await (await running.page()).waitFor(50)
    expect(await running.logged()).toEqual([1, 'showActionSheet:fail cancel'])
  })

  test('showToast shows its words until its time is over or it is hidden', async () => {
    const running = await inPage(
      `say(duration) { wx.showToast({ title: '好了', icon: 'none', duration }) }, hush() { wx.hideToast() }`,
    )
    await call(running, 'say', 60_000)
    await eventually(async () => expect(await running.browserPage.textContent('.wx-toast')).toBe('好了'))
    await call(running, 'hush')
    await eventually(async () => expect(await running.browserPage.isVisible('.wx-toast')).toBe(false))
    await call(running, 'say', 50)
    await running.browserPage.waitForSelector('.wx-toast', { state: 'detached' })
  })
})

describe('measuring (api/wxml)', () => {
  test('a selector query answers places within the page', async () => {
    const running = await inPage(
      `ask() { return new Promise((end) => wx.createSelectorQuery().select('.one').boundingClientRect().select('.none').boundingClientRect().exec(end)) }`,
    )
    expect(await call(running, 'ask')).toMatchObject([
      { left: 20, top: 10, width: 30, height: 40, dataset: { a: '1' } },
      null,
    ])
  })

  test('an observer hears what comes into sight', async () => {
    const running = await inPage(
      `onReady() { wx.createIntersectionObserver(this).relativeToViewport().observe('#row30', ({ intersectionRatio }) => log(intersectionRatio > 0)) }`,
      long(40),
    )
    const page = await running.page()
    await page.waitFor(200)
    await running.mini.callWxMethod('pageScrollTo', { scrollTop: 1400, duration: 0 })
    await page.waitFor(200)
    expect((await running.logged()).at(-1)).toBe(true)
  })

  test('a margin of the window counts as seen; sides that are not named have none', async () => {
    const running = await inPage(
      `onReady() {
        for (const bottom of [0, 2000])
          wx.createIntersectionObserver(this).relativeToViewport({ bottom }).observe('#row30', () => log(bottom))
      }`,
      long(40),
    )
    expect(await running.hears(1)).toEqual([2000])
  })

  test('the first look is told when it differs from the ratio one began with', async () => {
    const running = await inPage(
      `onReady() {
        for (const initialRatio of [0, 1])
          this.createIntersectionObserver({ initialRatio }).relativeToViewport().observe('.one', () => log('seen', initialRatio))
        for (const initialRatio of [0, 1])
          this.createIntersectionObserver({ initialRatio }).relativeToViewport().observe('#row30', () => log('unseen', initialRatio))
      }`,
      `<view class="one" style="height: 50px" />${long(40)}`,
    )
    // Which of two observers looks first is not said.
    expect(new Set(await running.hears(2))).toEqual(
      new Set([
        ['seen', 0],
        ['unseen', 1],
      ]),
    )
  })
})

describe('scrolling (reference/api/Page.html)', () => {
  test('a page that has grown has another end', async () => {
    const running = await inPage(
      `data: { more: 0 }, onReachBottom() { log(this.data.more); this.setData({ more: this.data.more + 1 }) }`,
      `${long(40)}<view wx:for="{{more}}" wx:key="*this" style="height: 600px">{{item}}</view>`,
    )
    for (const end of [0, 1]) {
      await running.mini.callWxMethod('pageScrollTo', { scrollTop: 99_999, duration: 0 })
      expect(await running.hears(1)).toEqual([end])
    }
  })

  test('a page hears of it, and of its end', async () => {
    const running = await inPage(
      `onPageScroll({ scrollTop }) { this.top = scrollTop }, onReachBottom() { log('end') }, where() { return this.top }`,
      long(40),
    )
    await running.page()
    await running.mini.callWxMethod('pageScrollTo', { scrollTop: 300, duration: 0 })
    await (await running.page()).waitFor(100)
    expect(await call(running, 'where')).toBe(300)
    expect(await (await running.page()).scrollTop()).toBe(300)
    await running.mini.callWxMethod('pageScrollTo', { scrollTop: 99_999, duration: 0 })
    await (await running.page()).waitFor(150)
    expect(await running.logged()).toEqual(['end'])
  })

  test('pageScrollTo takes a selector', async () => {
    const running = await inPage('', long(40))
    await running.page()
    await running.mini.callWxMethod('pageScrollTo', { selector: '#row10', duration: 0 })
    expect(await (await running.page()).scrollTop()).toBe(500)
  })

  test('a page is drawn down, and let go', async () => {
    const running = await inPage(`onPullDownRefresh() { log('down') }`, 'x', {
      'pages/a.json': { enablePullDownRefresh: true },
    })
    await running.page()
    await running.mini.callWxMethod('startPullDownRefresh', {})
    expect(await running.logged()).toEqual(['down'])
    await eventually(async () => expect(await running.browserPage.isVisible('.wx-refreshing')).toBe(true))
    await running.mini.callWxMethod('stopPullDownRefresh', {})
    await eventually(async () => expect(await running.browserPage.isVisible('.wx-refreshing')).toBe(false))
  })
})

describe('the cloud (wxcloud/reference-sdk-api)', () => {
  const cloud = {
    callFunction: async (name: string, payload: unknown) => {
      if (name === 'broken') throw Object.assign(new Error('it broke'), { code: 'FUNCTIONS_EXECUTE_FAIL' })
      return { result: { name, payload }, requestID: 'r1' }
    },
    uploadFile: async (cloudPath: string, content: Buffer) => ({
      fileID: `cloud://${cloudPath}#${content.length}`,
    }),
    getTempFileURL: async (fileList: readonly string[]) => ({
      fileList: fileList.map((fileID) => ({ fileID, tempFileURL: 'data:,x' })),
    }),
    deleteFile: async () => ({ fileList: [] }),
  }
  const inCloud = (methods: string) =>
    aMiniProgram({ 'pages/a.wxml': 'x', 'pages/a.js': `Page({ ${methods} })` }, { cloud })

  test('must be initialised first', async () => {
    const running = await inCloud(
      `ask() { return wx.cloud.callFunction({ name: 'a' }).catch(({ errMsg }) => errMsg) }`,
    )
    expect(await call(running, 'ask')).toContain('please call wx.cloud.init first')
  })

  test('calls functions, with their result and their errors', async () => {
    const running = await inCloud(
      `ask(name) { wx.cloud.init(); return wx.cloud.callFunction({ name, data: { n: 1 } }).then(({ result }) => result, ({ errMsg, code }) => [errMsg, code]) }`,
    )
    expect(await call(running, 'ask', 'good')).toEqual({ name: 'good', payload: { n: 1 } })
    expect(await call(running, 'ask', 'broken')).toEqual([
      'cloud.callFunction:fail it broke',
      'FUNCTIONS_EXECUTE_FAIL',
    ])
  })

  test('takes files by their path', async () => {
    const running = await inCloud(`send() {
      wx.cloud.init(); const path = wx.env.USER_DATA_PATH + '/a.txt'
      wx.getFileSystemManager().writeFileSync(path, 'hello', 'utf8')
      return wx.cloud.uploadFile({ cloudPath: 'a/b.txt', filePath: path }).then(({ fileID }) => fileID) }`)
    expect(await call(running, 'send')).toBe('cloud://a/b.txt#5')
  })

  test('is out of reach without a network', async () => {
    const running = await inCloud(
      `ask() { wx.cloud.init(); wx.onNetworkStatusChange(({ isConnected }) => log(isConnected)); return wx.cloud.callFunction({ name: 'a' }).then(() => 'there', ({ errMsg }) => errMsg) }`,
    )
    expect(await call(running, 'ask')).toBe('there')
    await (running.mini as unknown as { send: (method: string, params: object) => Promise<void> }).send(
      'Host.setDevice',
      { isOnline: false },
    )
    expect(await call(running, 'ask')).toContain('cloud.callFunction:fail')
    expect(await running.logged()).toEqual([false])
  })
})

describe('privacy and permissions (framework/user-privacy)', () => {
  const strict = {
    'app.json': { pages: ['pages/a'], __usePrivacyCheck__: true, requiredPrivateInfos: ['chooseLocation'] },
  }
  const ask = `ask() { return wx.chooseLocation({}).then(({ name }) => name, ({ errMsg, errno }) => [errMsg, errno]) }`
  const places = [{ name: 'here', address: 'there', latitude: 40, longitude: 110 }]
  const open = (app: object, methods = ask) =>
    aMiniProgram({ 'pages/a.wxml': 'x', 'pages/a.js': `Page({ ${methods} })`, ...app }, { places })

  test('a refused privacy guide lets nothing be read', async () => {
    const running = await open(strict)
    const answer = call(running, 'ask')
    await running.browserPage.click('.wx-dialog-cancel')
    expect(await answer).toEqual(['chooseLocation:fail privacy permission is not authorized', 103])
  })

  test('an agreed one is asked for once', async () => {
    const running = await open(strict)
    const first = call(running, 'ask')
    await running.browserPage.click('.wx-dialog-confirm')
    await running.browserPage.click('.wx-choice')
    expect(await first).toBe('here')
    const second = call(running, 'ask')
    await running.browserPage.click('.wx-choice')
    expect(await second).toBe('here')
  })

  test('a program may ask in its own words', async () => {
    const running = await open(
      strict,
      `${ask}, onLoad() { wx.onNeedPrivacyAuthorization((resolve) => resolve({ event: 'agree' })) }`,
    )
    const answer = call(running, 'ask')
    await running.browserPage.click('.wx-choice')
    expect(await answer).toBe('here')
  })

  test('what was refused can be allowed in the settings, which say what was asked for (wx.openSetting)', async () => {
    const running = await open(
      {},
      `ask() { return wx.authorize({ scope: 'scope.camera' }).then(() => 'allowed', ({ errMsg }) => errMsg) },
       set() { return wx.openSetting().then(({ authSetting }) => authSetting) }`,
    )
    const first = call(running, 'ask')
    await running.browserPage.click('.wx-dialog-cancel')
    expect(await first).toBe('authorize:fail auth deny')
    const opened = call(running, 'set')
    expect(await running.browserPage.textContent('.wx-dialog-content')).toBe('使用你的摄像头：不允许')
    await running.browserPage.click('.wx-dialog-confirm')
    expect(await opened).toEqual({ 'scope.camera': true })
    expect(await call(running, 'ask')).toBe('allowed')
  })

  test('an interface that app.json does not declare is refused', async () => {
    const running = await open({})
    expect(await call(running, 'ask')).toEqual([expect.stringContaining('requiredPrivateInfos'), null])
    expect(running.problems()).toMatchObject([
      { kind: 'refused', code: 'PRIVATE_INFO_UNDECLARED', file: 'app.json' },
    ])
  })

  test('a place needs words for its permission', async () => {
    const running = await open(
      { 'app.json': { pages: ['pages/a'], requiredPrivateInfos: ['getLocation'] } },
      `ask() { return wx.getLocation({}).catch(({ errMsg }) => errMsg) }`,
    )
    expect(await call(running, 'ask')).toContain('has no description')
    expect(running.problems()).toMatchObject([{ kind: 'refused', code: 'PERMISSION_UNDECLARED' }])
  })

  test('a subscription asks for three templates at most', async () => {
    const running = await open(
      {},
      `ask(tmplIds) { return wx.requestSubscribeMessage({ tmplIds }).then((answer) => answer, ({ errMsg }) => errMsg) }`,
    )
    expect(await call(running, 'ask', ['1', '2', '3', '4'])).toContain('requestSubscribeMessage:fail')
    const answer = call(running, 'ask', ['t1'])
    await running.browserPage.click('.wx-dialog-confirm')
    expect(await answer).toMatchObject({ t1: 'accept' })
  })
})

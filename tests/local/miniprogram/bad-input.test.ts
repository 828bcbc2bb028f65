import { execFileSync } from 'node:child_process'
import { MiniProgramFailure } from '../../../local/miniprogram/failure'
import { launchChromium, openHeadless } from '../../../local/miniprogram/headless'
import { opened as toBeClosed } from '../../support/opened'
import { aMiniProgram, closeChromium, closeMiniPrograms, eventually, type Files } from './a-mini-program'

afterEach(closeMiniPrograms)
afterAll(closeChromium)

const page = { 'pages/a.wxml': 'x' }
const component = (script: string): Files => ({
  'pages/a.wxml': '<one />',
  'pages/a.json': { usingComponents: { one: '/one' } },
  'one.json': { component: true },
  'one.js': script,
})

describe('what never ends is given up with the place where it was entered', () => {
  test.each<[string, Files, string]>([
    ['app.js', { ...page, 'app.js': 'for (;;) {}' }, 'app.js: its script'],
    ['the launch', { ...page, 'app.js': 'App({ onLaunch() { for (;;) {} } })' }, 'app: onLaunch'],
    ['the script of a page', { ...page, 'pages/a.js': 'for (;;) {}' }, 'pages/a.js: its script'],
    ['a page that loads', { ...page, 'pages/a.js': 'Page({ onLoad() { for (;;) {} } })' }, 'pages/a: onLoad'],
    [
      'a component that is shown',
      component('Component({ lifetimes: { attached() { for (;;) {} } } })'),
      'one: attached',
    ],
    [
      'an observer',
      component(
        'Component({ data: { a: 1 }, observers: { a() { for (;;) {} } }, lifetimes: { attached() { this.setData({ a: 2 }) } } })',
      ),
      'one: a',
    ],
    [
      'a script of the view',
      { 'pages/a.wxml': '<wxs module="m">module.exports = function () { while (true) {} }</wxs>{{m()}}' },
      'pages/a.js: its script',
    ],
    [
      'promises after promises',
      {
        ...page,
        'pages/a.js': 'Page({ onLoad() { const next = () => Promise.resolve().then(next); next() } })',
      },
      'pages/a: onLoad',
    ],
  ])('%s', async (_what, files, place) => {
    const running = await aMiniProgram(files, { answerMs: 1500 })
    // As long as the page itself has not been opened, that is the answer.
    await eventually(() => expect(running.page()).rejects.toThrow(`last entered: ${place}`))
    expect(new Set(running.problems().map((one) => one.code))).toEqual(new Set(['NO_ANSWER']))
  })

  test('a picture of it is not waited for', async () => {
    const running = await aMiniProgram(
      { ...page, 'pages/a.js': 'Page({ stop() { setTimeout(() => { for (;;) {} }) } })' },
      { answerMs: 1500 },
    )
    const opened = await eventually(() => running.page())
    // Its own answer may come too late.
    await opened.callMethod('stop').catch(() => undefined)
    await eventually(() => expect(running.mini.screenshot()).rejects.toThrow('last entered: pages/a: stop'))
    expect(new Set(running.problems().map((one) => one.code))).toEqual(new Set(['NO_ANSWER']))
  })
})

describe('what is not there is told', () => {
  test.each<[string, Files, RegExp]>([
    [
      'an imported file',
      { 'pages/a.wxml': '<import src="./none.wxml" />' },
      /file pages\/a.wxml: pages\/none.wxml/,
    ],
    ['an included file', { 'pages/a.wxml': '<include src="/none.wxml" />' }, /file pages\/a.wxml: none.wxml/],
    [
      'a script of the view',
      { 'pages/a.wxml': '<wxs src="./none.wxs" module="m" />' },
      /file pages\/a.wxml: pages\/none.wxs/,
    ],
    ['the script of a component', { ...component(''), 'one.js': undefined }, /file one.js/],
    ['an expression without an end', { 'pages/a.wxml': '<view>\n{{ a + }}</view>' }, /WXML: .*line 2/],
    ['an else without an if', { 'pages/a.wxml': '<view wx:else>x</view>' }, /wx:else without wx:if/],
  ])('%s refuses the program', async (_what, files, message) => {
    const given = Object.fromEntries(Object.entries(files).filter(([, content]) => content !== undefined))
    const refused = aMiniProgram(given)
    await expect(refused).rejects.toBeInstanceOf(MiniProgramFailure)
    await expect(refused).rejects.toThrow(message)
  })

  test.each<[string, Files, object]>([
    [
      'an element that nobody knows',
      { 'pages/a.wxml': '<!-- <b> --><div>x</div><wxs module="m">var a = "<b>"</wxs><view>{{"<b>"}}</view>' },
      { kind: 'warning', code: 'UNKNOWN_ELEMENT', file: 'pages/a.wxml' },
    ],
    [
      'a page that registers nothing',
      { ...page, 'pages/a.js': '' },
      { kind: 'error', code: 'NOT_REGISTERED', page: 'pages/a', file: 'pages/a.js' },
    ],
    [
      'a part of wx',
      { ...page, 'pages/a.js': 'Page({ onLoad() { wx.worklet.shared() } })' },
      { code: 'PAGE_FAILED', reason: expect.stringContaining('wx.worklet is not provided by this host') },
    ],
    [
      'a picture',
      { 'pages/a.wxml': '<image src="/none.png" />' },
      { kind: 'warning', code: 'IMAGE_FAILED', reason: 'Failed to load image /none.png' },
    ],
    [
      'a module',
      { ...page, 'pages/a.js': "Page({ onLoad() { require('./none') } })" },
      { code: 'PAGE_FAILED', reason: expect.stringContaining("module 'pages/none.js' is not defined") },
    ],
  ])('%s is told', async (_what, files, problem) => {
    const running = await aMiniProgram(files)
    await running.page()
    const said: unknown[] = []
    await eventually(() => {
      said.push(...running.problems())
      expect(said).toMatchObject([problem])
    })
  })
})

test('what cannot be carried to a test is refused with its reason', async () => {
  const running = await aMiniProgram({
    ...page,
    'pages/a.js': 'Page({ circle() { const a = {}; a.a = a; return a } })',
  })
  await expect((await running.page()).callMethod('circle')).rejects.toThrow('circular')
})

/** Browsers that this process has started. */
const browsers = (): readonly number[] =>
  execFileSync('ps', ['-o', 'pid=,comm=', '--ppid', String(process.pid)], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => /chrom/i.test(line))
    .map((line) => Number.parseInt(line, 10))

test('a browser that is killed answers whoever waits, and nothing is left of it', async () => {
  const running = await aMiniProgram(page)
  await running.browserPage.close()
  const others = browsers()
  const browser = await launchChromium()
  const closeBrowser = toBeClosed(() => browser.close())
  const [id] = browsers().filter((one) => !others.includes(one))
  await openHeadless(browser, running.host)
  await eventually(() => running.page())
  const waiting = running.mini.evaluate('function () { return new Promise(function () {}) }' as never)
  process.kill(Number(id), 'SIGKILL')
  await expect(waiting).rejects.toThrow('the page was closed')
  await running.close()
  await closeBrowser()
  expect(browsers()).toEqual(others)
})

test('a driver whose line is lost is forgotten, and its successor goes on', async () => {
  const running = await aMiniProgram({ ...page, 'pages/a.js': 'Page({ data: { n: 1 } })' })
  await (await running.page()).setData({ n: 2 })
  running.mini.disconnect()
  const automator = (await import('miniprogram-automator')).default
  const next = await automator.connect({ wsEndpoint: running.host.wsEndpoint })
  expect(await (await next.currentPage())?.data('n')).toBe(2)
  next.disconnect()
})

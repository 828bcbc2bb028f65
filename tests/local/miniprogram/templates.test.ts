import { aMiniProgram, closeChromium, closeMiniPrograms, type Running } from './a-mini-program'

const wxml = 'https://developers.weixin.qq.com/miniprogram/dev/reference/wxml'
const wxs = 'https://developers.weixin.qq.com/miniprogram/dev/reference/wxs'
const component = 'https://developers.weixin.qq.com/miniprogram/dev/component'

const shared = {
  n: 3,
  zero: 0,
  name: '红脸',
  flag: true,
  off: false,
  nothing: null,
  o: { a: 1, b: { c: 'deep' } },
  list: ['x', 'y', 'z'],
  rows: [
    { id: 7, t: 'seven', inner: [1, 2] },
    { id: 8, t: 'eight', inner: [3] },
  ],
  view: 'second',
}

/** A rule, where it is written, a piece of template, and the text it shows with the data above. */
const texts: readonly (readonly [rule: string, source: string, template: string, shown: string])[] = [
  ['data is put in place of its name', `${wxml}/data.html`, '{{name}}', '红脸'],
  ['several pieces of data stand in one text', `${wxml}/data.html`, '{{name}}-{{n}}!', '红脸-3!'],
  ['a sum is computed', `${wxml}/data.html`, '{{n + 1}}', '4'],
  ['arithmetic keeps its order', `${wxml}/data.html`, '{{1 + n * 2 - 1}}', '6'],
  ['texts are put together', `${wxml}/data.html`, "{{'a' + name}}", 'a红脸'],
  ['a condition chooses', `${wxml}/data.html`, "{{flag ? 'yes' : 'no'}}", 'yes'],
  ['comparisons and logic', `${wxml}/data.html`, "{{n > 2 && !off ? 'ok' : 'no'}}", 'ok'],
  ['or takes what is there', `${wxml}/data.html`, "{{off || 'else'}}", 'else'],
  ['a path goes into objects', `${wxml}/data.html`, '{{o.b.c}}', 'deep'],
  ['a path goes into lists', `${wxml}/data.html`, '{{list[1]}}', 'y'],
  ['a name in brackets is looked up', `${wxml}/data.html`, "{{o['a']}}", '1'],
  ['zero is shown', `${wxml}/data.html`, '{{zero}}', '0'],
  [
    'what is missing inside of nothing shows nothing and breaks nothing',
    `${wxml}/data.html`,
    'a{{missing.deep.deeper}}b',
    'ab',
  ],
  ['true and false are shown as words', `${wxml}/data.html`, '{{flag}} {{off}}', 'true false'],
  ['a list is written in place', `${wxml}/data.html`, '<block wx:for="{{[n, 4]}}">{{item}},</block>', '3,4,'],
  ['the length of a list', `${wxml}/data.html`, '{{list.length}}', '3'],
  [
    'wx:if shows what is true',
    `${wxml}/conditional.html`,
    '<text wx:if="{{flag}}">A</text><text wx:if="{{off}}">B</text>',
    'A',
  ],
  [
    'wx:elif and wx:else',
    `${wxml}/conditional.html`,
    '<text wx:if="{{n > 5}}">1</text><text wx:elif="{{n > 2}}">2</text><text wx:else>3</text>',
    '2',
  ],
  [
    'wx:else alone is taken last',
    `${wxml}/conditional.html`,
    '<text wx:if="{{off}}">1</text><text wx:else>2</text>',
    '2',
  ],
  [
    'block is no element',
    `${wxml}/conditional.html`,
    '<block wx:if="{{flag}}"><text>a</text><text>b</text></block>',
    'ab',
  ],
  [
    'wx:for gives item and index',
    `${wxml}/list.html`,
    '<block wx:for="{{list}}" wx:key="*this">{{index}}{{item}} </block>',
    '0x 1y 2z',
  ],
  [
    'wx:for-item and wx:for-index name them',
    `${wxml}/list.html`,
    '<block wx:for="{{list}}" wx:for-item="one" wx:for-index="at" wx:key="*this">{{at}}{{one}} </block>',
    '0x 1y 2z',
  ],
  [
    'wx:for in wx:for',
    `${wxml}/list.html`,
    '<block wx:for="{{rows}}" wx:for-item="row" wx:key="id"><block wx:for="{{row.inner}}" wx:key="*this">{{row.id}}:{{item}} </block></block>',
    '7:1 7:2 8:3',
  ],
  ['wx:for over a number counts', `${wxml}/list.html`, '<block wx:for="{{3}}">{{item}}</block>', '012'],
  [
    'wx:for over a text goes through its letters',
    `${wxml}/list.html`,
    '<block wx:for="{{name}}">[{{item}}]</block>',
    '[红][脸]',
  ],
  [
    'wx:for over an object goes through its fields',
    `${wxml}/list.html`,
    '<block wx:for="{{{p: 1, q: 2}}}">{{index}}={{item}};</block>',
    'p=1;q=2;',
  ],
  ['wx:for over nothing shows nothing', `${wxml}/list.html`, '<block wx:for="{{nothing}}">x</block>-', '-'],
  ['a template is used by its name', `${wxml}/template.html`, '<template is="row" data="{{...o}}" />', 'a=1'],
  [
    'a template’s name may be data',
    `${wxml}/template.html`,
    '<template is="{{view}}" data="{{word: name}}" />',
    '2:红脸',
  ],
  ['a template sees only the data it is given', `${wxml}/template.html`, '<template is="second" />', '2:'],
  [
    'data of a template is put together with ...',
    `${wxml}/data.html`,
    '<template is="row" data="{{...o, a: 9}}" />',
    'a=9',
  ],
  [
    'import brings the templates of another file',
    `${wxml}/import.html`,
    '<template is="other" data="{{x: 5}}" />',
    'other 5',
  ],
  [
    'include puts another file in its place',
    `${wxml}/import.html`,
    '<include src="../parts/included.wxml" />',
    'included 红脸',
  ],
  ['a module of wxs computes', `${wxs}/01wxs-module.html`, '{{inline.twice(n)}}', '6'],
  ['wxs in a file', `${wxs}/01wxs-module.html`, '{{tool.shout(name)}}', '红脸!!'],
  ['wxs requires wxs', `${wxs}/01wxs-module.html`, '{{tool.far(2)}}', '12'],
  [
    'wxs knows Math, JSON and regular expressions',
    `${wxs}/06datatype.html`,
    "{{inline.standard('a1b22')}}",
    '22 3 {"x":1}',
  ],
  ['entities are characters', `${wxml}/`, 'a&lt;b&gt;&amp;', 'a<b>&'],
  ['a comment is not shown', `${wxml}/`, 'a<!-- hidden -->b', 'ab'],
  ['a text keeps its line breaks', `${component}/text.html`, "<text>{{'a\\nb'}}</text>", 'a\nb'],
]

let running: Running
beforeAll(async () => {
  running = await aMiniProgram({
    'pages/a.wxml': `<import src="../parts/other.wxml" />
<wxs src="../parts/tool.wxs" module="tool" />
<wxs module="inline">
module.exports = {
  twice: function (x) { return x * 2 },
  standard: function (text) {
    var found = text.match(getRegExp('[0-9]{2}'))
    return found[0] + ' ' + Math.max(1, 3) + ' ' + JSON.stringify({ x: 1 })
  },
}
</wxs>
<template name="row">a={{a}}</template>
<template name="second">2:{{word}}</template>
${texts.map(([, , template], at) => `<view id="r${at}">${template}</view>`).join('\n')}
<view id="shown" class="one {{flag ? 'two' : ''}}" style="width: {{n * 10}}px; height: 20rpx" data-long-name="{{o}}" data-camelCase="x" hidden="{{off}}">x</view>
<view id="hidden" hidden="{{flag}}">x</view>
<view class="keyed" wx:for="{{rows}}" wx:key="id"><input class="field" value="{{item.t}}" /></view>
<view class="many {{item}}" wx:for="{{list}}" wx:key="*this">{{item}}</view>`,
    'pages/a.js': `Page({ data: ${JSON.stringify(shared)}, turn() { this.setData({ rows: this.data.rows.slice().reverse(), list: ['z', 'w', 'x'] }) } })`,
    'pages/a.wxss': '.one { color: rgb(1, 2, 3) } .two { padding: 100rpx }',
    'parts/other.wxml': '<template name="other">other {{x}}</template>',
    'parts/included.wxml': 'included {{name}}',
    'parts/tool.wxs': `var far = require('./far.wxs')
module.exports = { shout: function (text) { return text + '!!' }, far: function (x) { return far.add(x) } }`,
    'parts/far.wxs': 'module.exports = { add: function (x) { return x + 10 } }',
  })
})
afterAll(async () => {
  await closeMiniPrograms()
  await closeChromium()
})

test.each(texts)('%s (%s)', async (_rule, _source, _template, shown) => {
  const at = texts.findIndex(([rule]) => rule === _rule)
  const element = await running.element(`#r${at}`)
  expect((await element.text()).trim()).toBe(shown)
})

describe(`attributes (${wxml}/data.html)`, () => {
  test('class and style take data', async () => {
    const shown = await running.element('#shown')
    expect((await shown.attribute('class')).split(' ')).toEqual(expect.arrayContaining(['one', 'two']))
    expect(await shown.style('color')).toBe('rgb(1, 2, 3)')
    expect(await shown.style('width')).toBe('30px')
  })

  test('750rpx are as wide as the screen, in styles and in style', async () => {
    const shown = await running.element('#shown')
    expect(await shown.style('padding-left')).toBe('50px')
    expect(await shown.style('height')).toBe('10px')
  })

  test('data-long-name is longName, data-camelCase is camelcase; an object stays one', async () => {
    const shown = await running.element('#shown')
    expect(await shown.attribute('data-long-name')).toEqual(shared.o)
    expect(await shown.attribute('data-camelcase')).toBe('x')
  })

  test('hidden takes an element’s place away', async () => {
    expect(await (await running.element('#hidden')).size()).toEqual({ width: 0, height: 0 })
    expect((await (await running.element('#shown')).size()).width).toBeGreaterThan(0)
  })
})

test(`what WeChat's compiler warns of is told with its place (${wxml}/)`, () => {
  expect(running.problems()).toMatchObject([
    { kind: 'warning', code: 'WXML', file: 'pages/a.wxml', reason: expect.stringMatching(/uppercase.*line/) },
  ])
})

describe(`wx:key (${wxml}/list.html)`, () => {
  test('moves what belongs to a row with the row', async () => {
    const page = await running.page()
    const before = await page.$$('.keyed')
    const [first] = await page.$$('.field')
    await first?.input('typed')
    await page.callMethod('turn')
    const after = await page.$$('.keyed')
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id).reverse())
  })

  test('removes and adds rows by their key', async () => {
    const rows = await (await running.page()).$$('.many')
    expect(await Promise.all(rows.map((row) => row.text()))).toEqual(['z', 'w', 'x'])
  })
})

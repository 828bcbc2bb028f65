import { aMiniProgram, closeChromium, closeMiniPrograms, type Running } from './a-mini-program'

/** https://developers.weixin.qq.com/miniprogram/dev/framework/view/wxml/event.html */
const events = 'framework/view/wxml/event.html'
/** https://developers.weixin.qq.com/miniprogram/dev/framework/custom-component/events.html */
const custom = 'framework/custom-component/events.html'

/**
 * A rule, its page, what is on the mini-program's page, what is tapped, and what was heard. A handler says the name it
 * is bound with and what it is asked for.
 */
const taps: readonly (readonly [rule: string, source: string, template: string, heard: unknown])[] = [
  [
    'a tap bubbles from the inside out',
    events,
    '<view bindtap="one"><view bindtap="two"><view class="hit" bindtap="three">x</view></view></view>',
    ['three', 'two', 'one'],
  ],
  [
    'bind with and without a colon is the same',
    events,
    '<view bind:tap="one"><view class="hit" bindtap="two">x</view></view>',
    ['two', 'one'],
  ],
  [
    'catch stops an event',
    events,
    '<view bindtap="one"><view catchtap="two"><view class="hit" bindtap="three">x</view></view></view>',
    ['three', 'two'],
  ],
  [
    'capture-bind is heard before, from the outside in',
    events,
    '<view capture-bind:tap="one" bindtap="two"><view class="hit" capture-bind:tap="three" bindtap="four">x</view></view>',
    ['one', 'three', 'four', 'two'],
  ],
  [
    'capture-catch lets nothing through',
    events,
    '<view capture-catch:tap="one"><view class="hit" bindtap="two">x</view></view>',
    ['one'],
  ],
  [
    'mut-bind is heard by the first one only, others go on',
    events,
    '<view mut-bind:tap="one"><view bindtap="two"><view class="hit" mut-bind:tap="three">x</view></view></view>',
    ['three', 'two'],
  ],
  [
    'an element that nobody listens to is passed over',
    events,
    '<view bindtap="one"><view><view class="hit">x</view></view></view>',
    ['one'],
  ],
  ['the name of a handler may be data', events, '<view class="hit" bindtap="{{handler}}">x</view>', ['two']],
  [
    'target is what was tapped, currentTarget who listens',
    events,
    '<view id="outer" data-who="outer" bindtap="places"><view id="inner" data-who="inner" class="hit">x</view></view>',
    [{ target: ['inner', 'inner'], current: ['outer', 'outer'] }],
  ],
  [
    'data-* are read with small letters, parts of a name joined',
    events,
    '<view class="hit" data-element-type="a" data-n="{{5}}" bindtap="readData">x</view>',
    [{ elementType: 'a', n: 5 }],
  ],
  [
    'mark holds those of every element on the way',
    events,
    '<view mark:last="1" mark:both="outer" bindtap="marks"><view mark:first="2" mark:both="inner" class="hit">x</view></view>',
    [{ first: '2', last: '1', both: 'inner' }],
  ],
  [
    'a tap tells where it was, and its touches',
    events,
    '<view class="hit" bindtap="shape">x</view>',
    [['tap', 'number', 'number', 1, 1]],
  ],
  [
    'an event knows the row it happened in',
    events,
    '<view wx:for="{{list}}" wx:key="*this" class="{{index === 1 ? \'hit\' : \'\'}}" data-row="{{item}}" bindtap="readData">{{item}}</view>',
    [{ row: 'y' }],
  ],
  [
    'touchstart, touchend, then tap',
    events,
    '<view class="hit" bindtouchstart="one" bindtouchend="two" bindtap="three">x</view>',
    ['one', 'two', 'three'],
  ],
  [
    'a component’s own event has its detail',
    custom,
    '<sender class="inside" bind:said="detail" />',
    [{ word: 'hello' }],
  ],
  [
    'a component’s event does not bubble by itself',
    custom,
    '<view bind:said="one"><sender bind:said="two" /></view>',
    ['two'],
  ],
  ['with bubbles it does', custom, '<view bind:loud="one"><sender bind:loud="two" /></view>', ['two', 'one']],
  [
    'a tap inside of a component is heard outside, from the component',
    events,
    '<view bindtap="places" id="outer"><sender id="component" data-who="component" /></view>',
    [{ target: ['component', 'component'], current: ['outer', undefined] }],
  ],
]

const handlers = ['one', 'two', 'three', 'four'].map((name) => `${name}() { log('${name}') }`).join(', ')

let running: Running
beforeAll(async () => {
  running = await aMiniProgram({
    'pages/a.json': { usingComponents: { sender: '/parts/sender' } },
    'pages/a.wxml':
      taps
        .map(([, , template], at) => `<view id="case${at}" wx:if="{{at === ${at}}}">${template}</view>`)
        .join('\n') +
      '<view class="press" bindlongpress="one" bindtap="two">x</view><view class="press-alone" bindtap="three">x</view>',
    'pages/a.js': `Page({
  data: { at: -1, handler: 'two', list: ['x', 'y'] },
  ${handlers},
  places({ target, currentTarget }) {
    log({ target: [target.id, target.dataset.who], current: [currentTarget.id, currentTarget.dataset.who] })
  },
  readData({ currentTarget }) { log(currentTarget.dataset) },
  marks({ mark }) { log(mark) },
  shape({ type, detail, touches, changedTouches }) {
    log([type, typeof detail.x, typeof detail.y, touches.length, changedTouches.length])
  },
  detail({ detail }) { log(detail) },
})`,
    'parts/sender.json': { component: true },
    'parts/sender.wxml': '<view class="hit-inside" bindtap="say">send</view>',
    'parts/sender.js': `Component({ methods: { say() {
  this.triggerEvent('said', { word: 'hello' })
  this.triggerEvent('loud', {}, { bubbles: true })
} } })`,
  })
})
afterAll(async () => {
  await closeMiniPrograms()
  await closeChromium()
})

test.each(taps)('%s (%s)', async (rule, _source, template, heard) => {
  const at = taps.findIndex(([one]) => one === rule)
  const page = await running.page()
  await page.setData({ at })
  const target = template.includes('<sender')
    ? await (await running.element('sender')).$('.hit-inside')
    : await running.element('.hit')
  await running.logged()
  await target.tap()
  // Undefined does not travel in JSON.
  expect(await running.logged()).toEqual(JSON.parse(JSON.stringify(heard)))
})

test(`a long press is heard after 350 ms, and no tap then (${events})`, async () => {
  await running.logged()
  const press = await running.element('.press')
  await press.longpress()
  await press.touchend()
  expect(await running.logged()).toEqual(['one'])
})

test(`where nobody listens to a long press, a tap is heard however long it was (${events})`, async () => {
  const press = await running.element('.press-alone')
  await press.longpress()
  expect(await running.logged()).toEqual(['three'])
})

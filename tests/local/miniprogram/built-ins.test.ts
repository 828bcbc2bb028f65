import { aMiniProgram, closeChromium, closeMiniPrograms, type Running } from './a-mini-program'

/** Everything of https://developers.weixin.qq.com/miniprogram/dev/component/ that is asked of a component here. */
const template = `<form class="form" bindsubmit="detail" bindreset="detail">
  <input class="input" name="name" value="{{value}}" bindinput="typed" bindfocus="name" bindblur="name" bindconfirm="name" maxlength="5" />
  <input class="changed" bindinput="upper" />
  <input class="default" placeholder="w" />
  <input class="pale" placeholder="w" placeholder-style="color: #77726c" />
  <textarea class="textarea" name="words" value="w" bindinput="detail" />
  <switch class="switch" name="on" bindchange="detail" />
  <checkbox-group name="many" bindchange="detail"><checkbox class="box1" value="a" checked /><checkbox class="box2" value="b" /></checkbox-group>
  <radio-group name="one" bindchange="detail"><radio class="radio1" value="x" checked /><radio class="radio2" value="y" /></radio-group>
  <slider class="slider" name="far" value="20" bindchange="detail" />
  <label class="label"><switch class="labelled" bindchange="detail" />words</label>
  <button class="submit" form-type="submit">send</button>
  <button class="reset" form-type="reset">clear</button>
</form>
<button class="disabled" disabled bindtap="name">x</button>
<picker class="picker" range="{{rows}}" range-key="t" value="1" bindchange="detail" bindcancel="name">pick</picker>
<picker class="multi" mode="multiSelector" range="{{wheels}}" value="{{[0, 1]}}" bindchange="detail" bindcolumnchange="detail">pick</picker>
<picker class="date" mode="date" value="2026-02-28" start="2026-01-01" end="2026-12-31" bindchange="detail">pick</picker>
<picker class="time" mode="time" value="08:30" bindchange="detail">pick</picker>
<image class="image" src="/dot.svg" bindload="detail" style="width: 100px" mode="widthFix" />
<image class="broken" src="/none.png" binderror="kind" />
<image class="plain" />
<scroll-view class="scroll" scroll-y style="height: 100px" bindscroll="kind" bindscrolltolower="kind" scroll-into-view="{{into}}"><view id="far" style="margin-top: 400px; height: 100px">x</view></scroll-view>
<swiper class="swiper" bindchange="detail"><swiper-item>a</swiper-item><swiper-item>b</swiper-item></swiper>
<map class="map" latitude="40" longitude="110" markers="{{markers}}" polygons="{{polygons}}" include-points="{{corners}}" bindmarkertap="detail" />`

let running: Running
beforeAll(async () => {
  running = await aMiniProgram({
    'app.json': { pages: ['pages/a'], window: { navigationBarTitleText: 'T' } },
    'pages/a.wxml': template,
    'pages/a.js': `Page({
  data: {
    value: 'v', rows: [{ t: 'first' }, { t: 'second' }, { t: 'third' }], wheels: [['a', 'b'], ['1', '2']], into: '',
    markers: [{ id: 7, latitude: 40, longitude: 110 }],
    corners: [{ latitude: 40, longitude: 110 }, { latitude: 40, longitude: 110.01 }],
    polygons: [{
      points: [{ latitude: 40, longitude: 110 }, { latitude: 40, longitude: 110.01 }, { latitude: 39.99, longitude: 110 }],
      fillColor: '#9c2b2322',
    }],
  },
  detail({ detail }) { log(detail) },
  kind({ type }) { log(type) },
  name({ type, detail }) { log([type, detail.value]) },
  typed({ detail }) { log([detail.value, detail.cursor]) },
  upper({ detail }) { return detail.value.toUpperCase() },
})`,
    'dot.svg':
      '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>',
  })
  await running.page()
})
afterAll(async () => {
  try {
    expect(running.problems()).toMatchObject([
      { code: 'IMAGE_FAILED', reason: 'Failed to load image /none.png' },
    ])
    await closeMiniPrograms()
  } finally {
    await closeChromium()
  }
})
beforeEach(() => running.logged())

const settle = async () => (await running.page()).waitFor(120)
const said = async (): Promise<readonly unknown[]> => {
  await settle()
  return running.logged()
}

describe('input and textarea', () => {
  test('tell what is typed, at most as much as is allowed', async () => {
    await (await running.element('.input')).input('abcdefgh')
    expect(await said()).toContainEqual(['abcde', 5])
  })

  test('take what their handler answers in place of what was typed', async () => {
    const input = await running.element('.changed')
    await input.input('ab')
    await settle()
    expect(await input.value()).toBe('AB')
  })

  test('take 140 letters unless told otherwise', async () => {
    const input = await running.element('.default')
    await input.input('x'.repeat(200))
    expect(String(await input.value())).toHaveLength(140)
  })

  test('show what data says', async () => {
    await (await running.page()).setData({ value: 'new' })
    expect(await (await running.element('.input')).value()).toBe('new')
  })

  test('a placeholder is grey unless its style says otherwise', async () => {
    const colourOf = (name: string) =>
      running.browserPage
        .locator(`.${name} > input`)
        .evaluate((field) => getComputedStyle(field, '::placeholder').color)
    expect(await colourOf('default')).toBe('rgb(128, 128, 128)')
    expect(await colourOf('pale')).toBe('rgb(119, 114, 108)')
  })

  test('a textarea tells what is typed', async () => {
    await (await running.element('.textarea')).input('two')
    expect(await said()).toMatchObject([{ value: 'two' }])
  })
})

describe('choices', () => {
  test('a switch turns and tells', async () => {
    await (await running.element('.switch')).tap()
    expect(await said()).toEqual([{ value: true }])
  })

  test('checkboxes tell all that are chosen, in their order', async () => {
    await (await running.element('.box2')).tap()
    expect(await said()).toEqual([{ value: ['a', 'b'] }])
  })

  test('of radios one is chosen', async () => {
    await (await running.element('.radio2')).tap()
    expect(await said()).toEqual([{ value: 'y' }])
  })

  test('a slider tells where it was left', async () => {
    await (await running.element('.slider')).slideTo(60)
    expect(await said()).toEqual([{ value: 60 }])
  })

  test('a label passes its tap on', async () => {
    await running.browserPage.tap('.label', { position: { x: 80, y: 10 } })
    expect(await said()).toEqual([{ value: true }])
  })
})

describe('forms and buttons', () => {
  test('a form tells the values of everything that has a name, and is cleared', async () => {
    await (await running.element('.submit')).tap()
    expect(await said()).toMatchObject([
      { value: { name: 'new', words: 'two', on: true, many: ['a', 'b'], one: 'y', far: 60 } },
    ])
    await (await running.element('.reset')).tap()
    await said()
    await (await running.element('.submit')).tap()
    expect(await said()).toMatchObject([{ value: { name: '', on: false, many: [] } }])
  })
})

describe('pickers', () => {
  const choose = async (selector: string, indexes: readonly number[], button = '.wx-picker-confirm') => {
    await (await running.element(selector)).tap()
    for (const [wheel, index] of indexes.entries())
      await running.browserPage.selectOption(`.wx-picker-wheels select:nth-child(${wheel + 1})`, { index })
    await running.browserPage.tap(button)
    return said()
  }

  test('one of a list', async () => expect(await choose('.picker', [2])).toEqual([{ value: '2' }]))
  test('none of it', async () =>
    expect(await choose('.picker', [], '.wx-picker-cancel')).toEqual([['cancel', null]]))
  test('several wheels, each told of when it is turned', async () =>
    expect(await choose('.multi', [1])).toEqual([{ column: 0, value: 1 }, { value: [1, 1] }]))
  test('a date within its month', async () =>
    expect(await choose('.date', [0, 1, 30])).toEqual([{ value: '2026-02-28' }]))
  test('a time', async () => expect(await choose('.time', [9, 5])).toEqual([{ value: '09:05' }]))
})

describe('pictures', () => {
  test('are 320 by 240 unless told otherwise, and with widthFix as high as they are', async () => {
    expect(await (await running.element('.plain')).size()).toEqual({ width: 320, height: 240 })
    expect(await (await running.element('.image')).size()).toEqual({ width: 100, height: 50 })
  })
})

describe('scrolling', () => {
  test('a scroll view goes where it is told, and tells', async () => {
    await (await running.page()).setData({ into: 'far' })
    expect(await said()).toEqual(expect.arrayContaining(['scroll', 'scrolltolower']))
  })

  test('a swiper tells which slide is shown', async () => {
    await (await running.element('.swiper')).swipeTo(1)
    expect(await said()).toContainEqual({ current: 1, source: 'touch', currentItemId: '' })
  })

  test('a map shows the points that have to be in sight, and its polygons', async () => {
    const map = running.browserPage.locator('wx-map')
    const { width = 0 } = (await map.boundingBox()) ?? {}
    const shape = await map.locator('polygon').evaluate((drawn: SVGPolygonElement) => {
      const { x, width: across } = drawn.getBBox()
      return { x, across, fill: drawn.getAttribute('fill') }
    })
    expect(shape.across).toBeCloseTo(width, 0)
    expect(shape.x).toBeCloseTo(-width / 2, 0)
    expect(shape.fill).toBe('#9c2b2322')
  })

  test('a marker on a map is tapped', async () => {
    await running.browserPage.locator('.wx-map-marker').dispatchEvent('click')
    expect(await said()).toEqual([{ markerId: 7 }])
  })
})

test('rich-text and its like are refused by name', async () => {
  const other = await aMiniProgram({ 'pages/a.wxml': '<rich-text nodes="x" />' })
  await other.page()
  expect(other.problems()).toMatchObject([
    { kind: 'error', reason: expect.stringContaining('<rich-text> is not provided') },
  ])
  await other.close()
})

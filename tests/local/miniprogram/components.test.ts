import { aMiniProgram, closeChromium, closeMiniPrograms } from './a-mini-program'

/** https://developers.weixin.qq.com/miniprogram/dev/framework/custom-component/ */
const guide = 'framework/custom-component'

afterEach(closeMiniPrograms)
afterAll(closeChromium)

/** A component `one` on a page, with everything that it needs. */
const withComponent = (script: string, template = '<slot />', page = '<one class="one" />', more = {}) => ({
  'pages/a.json': { usingComponents: { one: '/parts/one' } },
  'pages/a.wxml': page,
  'parts/one.json': { component: true },
  'parts/one.wxml': template,
  'parts/one.js': script,
  ...more,
})

describe(`lifetimes (${guide}/lifetimes.html)`, () => {
  test('are created, attached, ready and detached; pages tell their components when they are shown and hidden', async () => {
    const { page, logged } = await aMiniProgram(
      withComponent(
        `Component({
  lifetimes: Object.fromEntries(['created', 'attached', 'ready', 'detached'].map((name) => [name, function () { log(name) }])),
  pageLifetimes: { show() { log('show') }, hide() { log('hide') } },
})`,
        '',
        '<one wx:if="{{isShown}}" />',
        {
          'pages/a.js': 'Page({ data: { isShown: true } })',
          'pages/b.wxml': '',
          'app.json': { pages: ['pages/a', 'pages/b'] },
        },
      ),
    )
    const first = await page()
    await first.waitFor(150)
    expect(await logged()).toEqual(['created', 'attached', 'show', 'ready'])
    await first.setData({ isShown: false })
    expect(await logged()).toEqual(['detached'])
  })

  test('lifetimes take the place of functions of the same name', async () => {
    const { page, logged } = await aMiniProgram(
      withComponent(`Component({ attached() { log('old') }, lifetimes: { attached() { log('new') } } })`),
    )
    await (await page()).waitFor(100)
    expect(await logged()).toEqual(['new'])
  })

  test('an error in one is told with its component', async () => {
    const { page, problems } = await aMiniProgram(
      withComponent(`Component({ lifetimes: { attached() { throw new Error('no') } } })`),
    )
    await page()
    expect(problems()).toMatchObject([
      { kind: 'error', file: 'parts/one.js', reason: expect.stringContaining('no') },
    ])
  })
})

describe(`properties and data (${guide}/component.html)`, () => {
  test('properties have types and defaults, and are given from outside', async () => {
    const { element } = await aMiniProgram(
      withComponent(
        `Component({ properties: {
  text: String, count: { type: Number, value: 7 }, isOn: Boolean, list: { type: Array, value: [] }, rule: Object,
} })`,
        '{{text}}|{{count}}|{{isOn}}|{{list.length}}|{{rule.a}}',
        '<one text="{{5}}" isOn list="{{[1, 2]}}" rule="{{ {a: 1} }}" />',
      ),
    )
    const one = await element('one')
    expect(await one.text()).toBe('5|7|true|2|1')
  })

  test('names with dashes are names with capitals', async () => {
    const { element } = await aMiniProgram(
      withComponent(
        `Component({ properties: { longName: String } })`,
        '{{longName}}',
        '<one long-name="x" />',
      ),
    )
    expect(await (await element('one')).text()).toBe('x')
  })

  test('data is each instance’s own', async () => {
    const { page } = await aMiniProgram(
      withComponent(
        `Component({ data: { list: [] }, lifetimes: { attached() { this.data.list.push(1); this.setData({ list: this.data.list }) } } })`,
        '{{list.length}}',
        '<one class="one" /><one class="one" />',
      ),
    )
    const ones = await (await page()).$$('.one')
    expect(await Promise.all(ones.map((one) => one.text()))).toEqual(['1', '1'])
  })

  test('setData takes paths, and calls back when it is shown', async () => {
    const { page, logged } = await aMiniProgram({
      'pages/a.wxml': '<view class="shown">{{a.b[1].c}}-{{list[0]}}</view>',
      'pages/a.js': `Page({ data: { a: { b: [{}, { c: 1 }] }, list: [] }, change() {
  this.setData({ 'a.b[1].c': 2, 'list[0]': 'x' }, () => log('shown', this.data.a.b[1].c))
  log('now', this.data.a.b[1].c)
} })`,
    })
    const open = await page()
    await open.callMethod('change')
    await open.waitFor(100)
    expect(await (await open.$('.shown')).text()).toBe('2-x')
    expect(await logged()).toEqual([
      ['now', 2],
      ['shown', 2],
    ])
  })

  test('pure data is not shown', async () => {
    const { element } = await aMiniProgram(
      withComponent(
        `Component({ options: { pureDataPattern: /^_/ }, data: { _hidden: 'h', shown: 's' }, lifetimes: { attached() { this.setData({ _hidden: 'x' }) } } })`,
        '{{shown}}{{_hidden}}',
      ),
    )
    expect(await (await element('one')).text()).toBe('s')
  })
})

describe(`observers (${guide}/observer.html)`, () => {
  test('hear of fields, of several together, of paths and of everything below', async () => {
    const { element, logged } = await aMiniProgram(
      withComponent(
        `Component({
  data: { a: 1, b: 2, o: { x: { y: 1 } }, list: [1] },
  observers: {
    a(value) { log('a', value) },
    'a, b'(one, other) { log('a,b', [one, other]) },
    'o.x.y'(value) { log('o.x.y', value) },
    'o.**'(value) { log('o.**', value.x.y) },
    'list[0]'(value) { log('list[0]', value) },
  },
  methods: { change(values) { this.setData(values) } },
})`,
      ),
    )
    const one = await element('.one')
    await logged()
    await one.callMethod('change', { a: 5 })
    expect(await logged()).toEqual([
      ['a', 5],
      ['a,b', [5, 2]],
    ])
    await one.callMethod('change', { 'o.x.y': 9, 'list[0]': 3 })
    expect(await logged()).toEqual([
      ['o.x.y', 9],
      ['o.**', 9],
      ['list[0]', 3],
    ])
  })

  test('hear of a value that is set to what it was', async () => {
    const { element, logged } = await aMiniProgram(
      withComponent(
        `Component({ data: { a: 1 }, observers: { a(value) { log(value) } }, methods: { change() { this.setData({ a: 1 }) } } })`,
      ),
    )
    const one = await element('.one')
    await logged()
    await one.callMethod('change')
    expect(await logged()).toEqual([1])
  })
})

describe(`behaviors (${guide}/behaviors.html)`, () => {
  test('bring properties, data and methods; the component’s own win; lifetimes are all called', async () => {
    const { element, logged } = await aMiniProgram(
      withComponent(
        `const shared = require('./shared')
Component({
  behaviors: [shared], data: { own: 'component' },
  lifetimes: { attached() { log('component') } },
  methods: { name() { return 'component' } },
})`,
        '{{own}}-{{brought}}-{{given}}',
        '<one class="one" given="g" />',
        {
          'parts/shared.js': `module.exports = Behavior({
  properties: { given: String }, data: { own: 'behavior', brought: 'b' },
  lifetimes: { attached() { log('behavior') } },
  methods: { name() { return 'behavior' }, more() { return this.name() + '!' } },
})`,
        },
      ),
    )
    const one = await element('.one')
    expect(await one.text()).toBe('component-b-g')
    expect(await one.callMethod('more')).toBe('component!')
    expect(await logged()).toEqual(['behavior', 'component'])
  })
})

describe(`slots (${guide}/wxml-wxss.html)`, () => {
  test('one slot takes everything that is inside', async () => {
    const { element } = await aMiniProgram(
      withComponent('Component({})', '[<slot />]', '<one class="one"><text>a</text>b</one>'),
    )
    expect(await (await element('.one')).text()).toBe('[ab]')
  })

  test('several slots take what names them', async () => {
    const { element } = await aMiniProgram(
      withComponent(
        'Component({ options: { multipleSlots: true } })',
        '<slot name="after" />-<slot name="before" />',
        '<one class="one"><text slot="before">b</text><text slot="after">a</text></one>',
      ),
    )
    expect((await (await element('.one')).text()).replace(/\s/g, '')).toBe('a-b')
  })
})

describe(`styles (${guide}/wxml-wxss.html)`, () => {
  const styled = (options: object) =>
    withComponent(
      'Component({})',
      '<view class="box">x</view>',
      '<one class="one" /><view class="box outer">y</view>',
      {
        'parts/one.json': { component: true, ...options },
        'parts/one.wxss': '.box { color: rgb(1, 1, 1) }',
        'pages/a.wxss': '.box { width: 123px }',
      },
    )
  const both = async (options: object) => {
    const { element, close } = await aMiniProgram(styled(options))
    const inner = await (await element('.one')).$('.box')
    const outer = await element('.outer')
    const seen = [await inner.style('color'), await inner.style('width'), await outer.style('color')]
    await close()
    return seen
  }

  test('of a component stay inside, and those of the page outside', async () => {
    expect(await both({})).toEqual(['rgb(1, 1, 1)', '375px', 'rgb(0, 0, 0)'])
  })

  test('apply-shared lets those of the page in', async () => {
    expect(await both({ styleIsolation: 'apply-shared' })).toEqual(['rgb(1, 1, 1)', '123px', 'rgb(0, 0, 0)'])
  })

  test('shared lets them go both ways', async () => {
    expect(await both({ styleIsolation: 'shared' })).toEqual(['rgb(1, 1, 1)', '123px', 'rgb(1, 1, 1)'])
  })

  test('external classes are the page’s', async () => {
    const { element } = await aMiniProgram(
      withComponent(
        `Component({ externalClasses: ['my-class'] })`,
        '<view class="my-class inner">x</view>',
        '<one class="one" my-class="red" />',
        { 'pages/a.wxss': '.red { color: rgb(200, 0, 0) }' },
      ),
    )
    const inner = await (await element('.one')).$('.inner')
    expect(await inner.style('color')).toBe('rgb(200, 0, 0)')
  })
})

describe(`relations (${guide}/relations.html)`, () => {
  test('tell parents and children of each other', async () => {
    const { element, logged } = await aMiniProgram({
      'pages/a.json': { usingComponents: { 'my-ul': '/parts/ul', 'my-li': '/parts/li' } },
      'pages/a.wxml': '<my-ul class="ul"><my-li>a</my-li><my-li>b</my-li></my-ul>',
      'parts/ul.json': { component: true },
      'parts/ul.wxml': '<slot />',
      'parts/ul.js': `Component({
  relations: { './li': { type: 'child', linked() { log('linked') } } },
  methods: { count() { return this.getRelationNodes('./li').length } },
})`,
      'parts/li.json': { component: true },
      'parts/li.wxml': '<slot />',
      'parts/li.js': `Component({ relations: { './ul': { type: 'parent', linked() { log('to parent') } } } })`,
    })
    expect(await (await element('.ul')).callMethod('count')).toBe(2)
    const said = await logged()
    expect(said.filter((one) => one === 'linked')).toHaveLength(2)
    expect(said.filter((one) => one === 'to parent')).toHaveLength(2)
  })
})

describe(`finding components (${guide}/events.html)`, () => {
  test('selectComponent and selectAllComponents answer instances', async () => {
    const { page } = await aMiniProgram(
      withComponent(`Component({ data: { n: 4 } })`, '', '<one id="a" class="one" /><one class="one" />', {
        'pages/a.js': `Page({ look() { return [this.selectComponent('#a').data.n, this.selectAllComponents('.one').length] } })`,
      }),
    )
    expect(await (await page()).callMethod('look')).toEqual([4, 2])
  })

  test('wx://component-export decides what selectComponent answers', async () => {
    const { page } = await aMiniProgram(
      withComponent(
        `Component({ behaviors: ['wx://component-export'], export() { return { mine: 1 } } })`,
        '',
        '<one id="a" />',
        {
          'pages/a.js': `Page({ look() { return this.selectComponent('#a') } })`,
        },
      ),
    )
    expect(await (await page()).callMethod('look')).toEqual({ mine: 1 })
  })
})

describe(`pages and generics (${guide}/component.html)`, () => {
  test('a page may be made by Component, with its methods for a page’s events', async () => {
    const { page, logged } = await aMiniProgram({
      'pages/a.wxml': '<view>{{n}}</view>',
      'pages/a.json': { component: true },
      'pages/a.js': `Component({ data: { n: 1 }, methods: { onLoad(query) { log('onLoad', query) }, onShow() { log('onShow') } } })`,
    })
    await page()
    expect(await logged()).toEqual([['onLoad', {}], 'onShow'])
  })

  test('a generic component is chosen by who uses it', async () => {
    const { element } = await aMiniProgram({
      'pages/a.json': { usingComponents: { one: '/parts/one', blue: '/parts/blue' } },
      'pages/a.wxml': '<one class="one" generic:part="blue" />',
      'parts/one.json': { component: true, componentGenerics: { part: true } },
      'parts/one.wxml': '<part />',
      'parts/one.js': 'Component({})',
      'parts/blue.json': { component: true },
      'parts/blue.wxml': 'blue',
      'parts/blue.js': 'Component({})',
    })
    expect(await (await element('.one')).text()).toBe('blue')
  })

  test('components of app.json are everywhere, those of miniprogram_npm are found by their name', async () => {
    const { page } = await aMiniProgram({
      'app.json': { pages: ['pages/a'], usingComponents: { everywhere: '/parts/one' } },
      'pages/a.json': { usingComponents: { packed: 'some-kit/button' } },
      'pages/a.wxml': '<view class="all"><everywhere /><packed /></view>',
      'parts/one.json': { component: true },
      'parts/one.wxml': 'E',
      'parts/one.js': 'Component({})',
      'miniprogram_npm/some-kit/button/index.json': { component: true },
      'miniprogram_npm/some-kit/button/index.wxml': 'P',
      'miniprogram_npm/some-kit/button/index.js': 'Component({})',
    })
    expect(await (await (await page()).$('.all')).text()).toMatch(/E\s*P/)
  })
})

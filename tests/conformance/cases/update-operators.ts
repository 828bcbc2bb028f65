import type { Bench, Case } from '../case'

const manual = 'https://www.mongodb.com/docs/manual/reference/operator/update'
const anyRefusal = /^(INVALID_PARAM|DATABASE_[A-Z_]+)$/

type Change = (bench: Bench) => object
/** Where the rule is written, and what it leaves open. */
type Source = string | { readonly source: string; readonly uncertain: string }

const about = (name: string, source: Source) => {
  const written = typeof source === 'string' ? { source } : source
  return {
    name,
    ...written,
    source: written.source.includes('/') ? written.source : `${manual}/${written.source}/`,
  }
}

/** A document as it is before and after an update. */
const becomes = (name: string, source: Source, before: object, change: Change, after: object): Case => ({
  ...about(name, source),
  run: async (bench) => {
    await bench.fill({ a: before })
    const answer = await bench.documents.doc(bench.id('a')).update(change(bench))
    expect(answer).toMatchObject({ updated: expect.any(Number) })
    expect(await bench.read('a')).toEqual(after)
  },
})

/** An update that is refused with a code of the platform, and leaves the document as it is. */
const refuses = (name: string, source: Source, before: object, change: Change): Case => ({
  ...about(name, source),
  run: async (bench) => {
    await bench.fill({ a: before })
    expect(await bench.refused(bench.documents.doc(bench.id('a')).update(change(bench)))).toMatch(anyRefusal)
    expect(await bench.read('a')).toEqual(before)
  },
})

type Raw = {
  readonly options: (options: object) => {
    readonly where: (query: object) => { readonly update: (change: object) => Promise<unknown> }
  }
}
/** An update in MongoDB's own words. */
const raw = ({ documents, run }: Bench, change: object, query: object = {}): Promise<unknown> =>
  (documents as unknown as Raw)
    .options({ raw: true })
    .where({ run, ...query })
    .update(change)

const becomesRaw = (
  name: string,
  source: Source,
  before: object,
  [change, query]: readonly [object, object?],
  after: object,
): Case => ({
  ...about(name, source),
  run: async (bench) => {
    await bench.fill({ a: before })
    await raw(bench, change, query)
    expect(await bench.read('a')).toEqual(after)
  },
})

const refusesRaw = (
  name: string,
  source: Source,
  before: object,
  [change, query]: readonly [object, object?],
): Case => ({
  ...about(name, source),
  run: async (bench) => {
    await bench.fill({ a: before })
    expect(await bench.refused(raw(bench, change, query))).toMatch(anyRefusal)
    expect(await bench.read('a')).toEqual(before)
  },
})

const fields: readonly Case[] = [
  becomes('set gives a field another type', 'set', { a: 'x' }, ({ command: _ }) => ({ a: _.set([1]) }), {
    a: [1],
  }),
  becomes('set writes an element of a list by its position', 'set', { a: [1, 2] }, () => ({ 'a.1': 9 }), {
    a: [1, 9],
  }),
  becomes('set beyond the end of a list fills up with null', 'set', { a: [1] }, () => ({ 'a.3': 4 }), {
    a: [1, null, null, 4],
  }),
  becomes('a number in a path makes an object where there is no list', 'set', {}, () => ({ 'a.0.b': 1 }), {
    a: { 0: { b: 1 } },
  }),
  becomes('remove takes a field away', 'unset', { a: 1, b: 2 }, ({ command: _ }) => ({ a: _.remove() }), {
    b: 2,
  }),
  becomes(
    'remove takes a nested field away',
    'unset',
    { a: { b: 1, c: 2 } },
    ({ command: _ }) => ({ a: { b: _.remove() } }),
    {
      a: { c: 2 },
    },
  ),
  becomes(
    'remove of a field that is missing changes nothing',
    'unset',
    { a: 1 },
    ({ command: _ }) => ({ 'x.y': _.remove() }),
    {
      a: 1,
    },
  ),
  becomes(
    'remove of an element of a list leaves null',
    'unset',
    { a: [1, 2, 3] },
    ({ command: _ }) => ({ 'a.1': _.remove() }),
    {
      a: [1, null, 3],
    },
  ),
  becomes(
    'inc adds, negative and fractional too',
    'inc',
    { a: 1, b: 1, c: 0.5 },
    ({ command: _ }) => ({ a: _.inc(2), b: _.inc(-3), c: _.inc(0.25) }),
    {
      a: 3,
      b: -2,
      c: 0.75,
    },
  ),
  becomes(
    'inc begins at zero where the field is missing',
    'inc',
    {},
    ({ command: _ }) => ({ a: _.inc(2), b: { c: _.inc(-1) } }),
    {
      a: 2,
      b: { c: -1 },
    },
  ),
  becomes('inc by zero keeps the number', 'inc', { a: 5 }, ({ command: _ }) => ({ a: _.inc(0) }), { a: 5 }),
  becomes('inc goes beyond 32 bits', 'inc', { a: 2 ** 31 - 1 }, ({ command: _ }) => ({ a: _.inc(1) }), {
    a: 2 ** 31,
  }),
  becomes('inc beyond 2^53 stays a number', 'inc', { a: 2 ** 53 }, ({ command: _ }) => ({ a: _.inc(2) }), {
    a: 2 ** 53 + 2,
  }),
  becomes(
    'inc of an element of a list',
    'inc',
    { a: [1, { n: 1 }] },
    ({ command: _ }) => ({ 'a.0': _.inc(1), 'a.1.n': _.inc(2) }),
    {
      a: [2, { n: 3 }],
    },
  ),
  becomes('mul multiplies', 'mul', { a: 3, b: 4 }, ({ command: _ }) => ({ a: _.mul(2), b: _.mul(0.5) }), {
    a: 6,
    b: 2,
  }),
  becomes('mul of a missing field writes zero', 'mul', {}, ({ command: _ }) => ({ a: _.mul(7) }), { a: 0 }),
  becomes(
    'min keeps the smaller number',
    'min',
    { a: 5, b: 5 },
    ({ command: _ }) => ({ a: _.min(3), b: _.min(7) }),
    { a: 3, b: 5 },
  ),
  becomes(
    'max keeps the larger number',
    'max',
    { a: 5, b: 5 },
    ({ command: _ }) => ({ a: _.max(3), b: _.max(7) }),
    { a: 5, b: 7 },
  ),
  becomes(
    'min and max write a missing field',
    'min',
    {},
    ({ command: _ }) => ({ a: _.min(3), b: _.max(-7) }),
    { a: 3, b: -7 },
  ),
  becomes(
    'min and max compare dates and texts',
    'max',
    { a: new Date(5), b: 'b' },
    ({ command: _ }) => ({ a: _.max(new Date(9)), b: _.min('a') }),
    { a: new Date(9), b: 'a' },
  ),
  becomes(
    'min and max compare values of different types in the order of types',
    'https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/',
    { a: 5, b: 5, c: null },
    ({ command: _ }) => ({ a: _.max('text'), b: _.min('text'), c: _.max(0) }),
    { a: 'text', b: 5, c: 0 },
  ),
  becomes(
    'rename moves a value to another name',
    'rename',
    { a: 1, b: 2 },
    ({ command: _ }) => ({ a: _.rename('c') }),
    { b: 2, c: 1 },
  ),
  becomes(
    'rename moves into a nested object',
    'rename',
    { a: { b: 1 } },
    ({ command: _ }) => ({ 'a.b': _.rename('c.d') }),
    {
      a: {},
      c: { d: 1 },
    },
  ),
  becomes(
    'rename replaces what stands under the new name',
    'rename',
    { a: 1, c: 3 },
    ({ command: _ }) => ({ a: _.rename('c') }),
    { c: 1 },
  ),
  becomes(
    'rename of a missing field changes nothing',
    'rename',
    { c: 3 },
    ({ command: _ }) => ({ a: _.rename('c') }),
    { c: 3 },
  ),
  becomes(
    'bit combines whole numbers',
    'bit',
    { a: 13, b: 3, c: 1 },
    ({ command: _ }) => ({
      a: (_ as unknown as { bit: (operand: object) => unknown }).bit({ and: 10 }),
      b: (_ as unknown as { bit: (operand: object) => unknown }).bit({ or: 5 }),
      c: (_ as unknown as { bit: (operand: object) => unknown }).bit({ xor: 5 }),
    }),
    { a: 8, b: 7, c: 4 },
  ),
  becomes(
    'several operators change one document together',
    'https://www.mongodb.com/docs/manual/reference/operator/update/',
    { n: 1, list: [1], gone: 1, old: 1 },
    ({ command: _ }) => ({
      n: _.inc(1),
      list: _.push(2),
      gone: _.remove(),
      old: _.rename('fresh'),
      plain: 'x',
    }),
    { n: 2, list: [1, 2], fresh: 1, plain: 'x' },
  ),
  becomesRaw(
    '$setOnInsert has no effect on a document that is there',
    'setOnInsert',
    { n: 1 },
    [{ $set: { n: 2 }, $setOnInsert: { m: 1 } }],
    { n: 2 },
  ),
]

const lists: readonly Case[] = [
  becomes('push adds one value at the end', 'push', { a: [1] }, ({ command: _ }) => ({ a: _.push(2) }), {
    a: [1, 2],
  }),
  becomes(
    'push of several values adds them in order',
    'push',
    { a: [1] },
    ({ command: _ }) => ({ a: _.push(2, 3) }),
    { a: [1, 2, 3] },
  ),
  becomes(
    'push of a list adds its elements',
    'push',
    { a: [1] },
    ({ command: _ }) => ({ a: _.push([2, 3]) }),
    { a: [1, 2, 3] },
  ),
  becomes(
    'push of a list within a list adds the list',
    'push',
    { a: [1] },
    ({ command: _ }) => ({ a: _.push([[2, 3]]) }),
    { a: [1, [2, 3]] },
  ),
  becomes(
    'push makes a list where the field is missing',
    'push',
    {},
    ({ command: _ }) => ({ a: _.push({ n: 1 }), b: { c: _.push([1]) } }),
    {
      a: [{ n: 1 }],
      b: { c: [1] },
    },
  ),
  becomes('push of no values makes an empty list', 'push', {}, ({ command: _ }) => ({ a: _.push([]) }), {
    a: [],
  }),
  becomes(
    'push adds dates, places and server dates as such',
    'push',
    { a: [] },
    ({ command: _, db }) => ({ a: _.push([new Date(3), db.serverDate()]) }),
    {
      a: [new Date(3), expect.any(Date)],
    },
  ),
  becomes(
    'push with position puts the values there',
    'position',
    { a: [1, 4] },
    ({ command: _ }) => ({ a: _.push({ each: [2, 3], position: 1 }) }),
    {
      a: [1, 2, 3, 4],
    },
  ),
  becomes(
    'a position beyond the end is the end',
    'position',
    { a: [1] },
    ({ command: _ }) => ({ a: _.push({ each: [2], position: 9 }) }),
    { a: [1, 2] },
  ),
  becomes(
    'a negative position counts from the end',
    'position',
    { a: [1, 2, 3] },
    ({ command: _ }) => ({ a: _.push({ each: [9], position: -1 }) }),
    {
      a: [1, 2, 9, 3],
    },
  ),
  becomes(
    'push with sort orders the whole list',
    'sort',
    { a: [3, 1] },
    ({ command: _ }) => ({ a: _.push({ each: [2], sort: 1 }) }),
    { a: [1, 2, 3] },
  ),
  becomes(
    'push with sort -1 orders downwards',
    'sort',
    { a: [3, 1] },
    ({ command: _ }) => ({ a: _.push({ each: [2], sort: -1 }) }),
    { a: [3, 2, 1] },
  ),
  becomes(
    'push of nothing with sort only sorts',
    'sort',
    { a: [3, 1] },
    ({ command: _ }) => ({ a: _.push({ each: [], sort: 1 }) }),
    { a: [1, 3] },
  ),
  becomes(
    'push sorts by fields of the elements, one after the other',
    'sort',
    {
      a: [
        { n: 2, m: 1 },
        { n: 1, m: 1 },
      ],
    },
    ({ command: _ }) => ({ a: _.push({ each: [{ n: 2, m: 5 }], sort: { n: -1, m: -1 } }) }),
    {
      a: [
        { n: 2, m: 5 },
        { n: 2, m: 1 },
        { n: 1, m: 1 },
      ],
    },
  ),
  becomes(
    'push with slice keeps the first',
    'slice',
    { a: [1, 2] },
    ({ command: _ }) => ({ a: _.push({ each: [3, 4], slice: 3 }) }),
    { a: [1, 2, 3] },
  ),
  becomes(
    'push with a negative slice keeps the last',
    'slice',
    { a: [1, 2] },
    ({ command: _ }) => ({ a: _.push({ each: [3, 4], slice: -3 }) }),
    {
      a: [2, 3, 4],
    },
  ),
  becomes(
    'push with slice 0 empties the list',
    'slice',
    { a: [1, 2] },
    ({ command: _ }) => ({ a: _.push({ each: [3], slice: 0 }) }),
    { a: [] },
  ),
  becomes(
    'sort comes before slice',
    'slice',
    { a: [5, 1] },
    ({ command: _ }) => ({ a: _.push({ each: [9, 3], sort: -1, slice: 2 }) }),
    { a: [9, 5] },
  ),
  becomes(
    'sort and slice work where the field is missing',
    'slice',
    {},
    ({ command: _ }) => ({ a: _.push({ each: [1, 3, 2], sort: -1, slice: 2 }) }),
    {
      a: [3, 2],
    },
  ),
  becomes('pop takes the last element', 'pop', { a: [1, 2, 3] }, ({ command: _ }) => ({ a: _.pop() }), {
    a: [1, 2],
  }),
  becomes('shift takes the first element', 'pop', { a: [1, 2, 3] }, ({ command: _ }) => ({ a: _.shift() }), {
    a: [2, 3],
  }),
  becomes(
    'pop and shift of an empty or missing list change nothing',
    'pop',
    { a: [] },
    ({ command: _ }) => ({ a: _.pop(), b: _.shift() }),
    { a: [] },
  ),
  becomes(
    'unshift adds at the beginning, in order',
    'position',
    { a: [3] },
    ({ command: _ }) => ({ a: _.unshift([1, 2]) }),
    { a: [1, 2, 3] },
  ),
  becomes(
    'unshift takes values one after the other and makes a missing list',
    'position',
    {},
    ({ command: _ }) => ({ a: _.unshift(1, 2) }),
    { a: [1, 2] },
  ),
  becomes(
    'addToSet adds what is not there',
    'addToSet',
    { a: [1] },
    ({ command: _ }) => ({ a: _.addToSet(2) }),
    { a: [1, 2] },
  ),
  becomes(
    'addToSet does not add what is there',
    'addToSet',
    { a: [1, { n: 1 }] },
    ({ command: _ }) => ({ a: _.addToSet({ n: 1 }) }),
    {
      a: [1, { n: 1 }],
    },
  ),
  becomes(
    'addToSet takes the order of fields for a difference',
    'addToSet',
    { a: [{ n: 1, m: 2 }] },
    ({ command: _ }) => ({ a: _.addToSet({ m: 2, n: 1 }) }),
    {
      a: [
        { n: 1, m: 2 },
        { m: 2, n: 1 },
      ],
    },
  ),
  becomes(
    'addToSet adds a list as one element',
    'addToSet',
    { a: [1] },
    ({ command: _ }) => ({ a: _.addToSet([1, 2]) }),
    { a: [1, [1, 2]] },
  ),
  becomes(
    'addToSet with $each adds each that is not there, once',
    'addToSet',
    { a: [1] },
    ({ command: _ }) => ({ a: _.addToSet({ $each: [1, 2, 2, 3] }) }),
    {
      a: [1, 2, 3],
    },
  ),
  becomes(
    'addToSet makes a list without doubles where the field is missing',
    'addToSet',
    {},
    ({ command: _ }) => ({ a: _.addToSet({ $each: [2, 2, 1] }) }),
    {
      a: [2, 1],
    },
  ),
  becomes(
    'addToSet leaves doubles that are there',
    'addToSet',
    { a: [1, 1] },
    ({ command: _ }) => ({ a: _.addToSet(2) }),
    { a: [1, 1, 2] },
  ),
  becomes(
    'pull takes away every equal element',
    'pull',
    { a: [1, 2, 1, '1'] },
    ({ command: _ }) => ({ a: _.pull(1) }),
    { a: [2, '1'] },
  ),
  becomes(
    'pull of a value does not look into lists within the list',
    'pull',
    { a: [[1, 2], 1] },
    ({ command: _ }) => ({ a: _.pull(1) }),
    { a: [[1, 2]] },
  ),
  becomes(
    'pull of a list takes away that very list',
    'pull',
    { a: [[1, 2], [2, 1], 1] },
    ({ command: _ }) => ({ a: _.pull([1, 2]) }),
    { a: [[2, 1], 1] },
  ),
  becomes(
    'pull takes a condition',
    'pull',
    { a: [1, 5, 9] },
    ({ command: _ }) => ({ a: _.pull({ $gte: 5 }) }),
    { a: [1] },
  ),
  becomes(
    'pull with $in takes away any of several',
    'pull',
    { a: ['x', 'y', 'z'] },
    ({ command: _ }) => ({ a: _.pull({ $in: ['x', 'z'] }) }),
    { a: ['y'] },
  ),
  becomes(
    'pull takes conditions on the fields of elements',
    'pull',
    { a: [{ n: 1, m: 1 }, { n: 2, m: 1 }, 1, { m: 2 }] },
    ({ command: _ }) => ({ a: _.pull({ n: 1 }) }),
    { a: [{ n: 2, m: 1 }, 1, { m: 2 }] },
  ),
  becomes(
    'pull from a missing list changes nothing',
    'pull',
    { b: 1 },
    ({ command: _ }) => ({ a: _.pull(1) }),
    { b: 1 },
  ),
  becomes(
    'pull of null takes null away',
    'pull',
    { a: [null, 1, {}] },
    ({ command: _ }) => ({ a: _.pull(null) }),
    { a: [1, {}] },
  ),
  becomes(
    'pullAll takes away all of the values',
    'pullAll',
    { a: [1, 2, 3, 1] },
    ({ command: _ }) => ({ a: _.pullAll([1, 3]) }),
    { a: [2] },
  ),
  becomes(
    'pullAll compares whole values',
    'pullAll',
    { a: [{ n: 1, m: 1 }, { n: 1 }, [1]] },
    ({ command: _ }) => ({ a: _.pullAll([{ n: 1 }, 1]) }),
    { a: [{ n: 1, m: 1 }, [1]] },
  ),
]

const positions: readonly Case[] = [
  {
    ...about('$ is the element that meets the condition', 'positional'),
    run: async ({ command, documents, run, fill, read }) => {
      await fill({ a: { list: [1, 5, 5] } })
      await documents.where({ run, list: command.gte(5) }).update({ 'list.$': 9 })
      expect(await read('a')).toEqual({ list: [1, 9, 5] })
    },
  },
  {
    ...about('$ reaches a field of the element', 'positional'),
    run: async ({ command, documents, run, fill, read }) => {
      await fill({
        a: {
          list: [
            { k: 'x', n: 1 },
            { k: 'y', n: 1 },
          ],
        },
      })
      await documents.where({ run, 'list.k': 'y' }).update({ 'list.$.n': command.inc(5) })
      expect(await read('a')).toEqual({
        list: [
          { k: 'x', n: 1 },
          { k: 'y', n: 6 },
        ],
      })
    },
  },
  {
    ...about('$ goes with elemMatch', 'positional'),
    run: async ({ command, documents, run, fill, read }) => {
      await fill({
        a: {
          list: [
            { k: 'x', n: 1 },
            { k: 'x', n: 2 },
          ],
        },
      })
      await documents
        .where({ run, list: command.elemMatch({ k: 'x', n: 2 }) })
        .update({ 'list.$.seen': true })
      expect(await read('a')).toEqual({
        list: [
          { k: 'x', n: 1 },
          { k: 'x', n: 2, seen: true },
        ],
      })
    },
  },
  {
    ...about('$ works with conditions joined by and', 'positional'),
    run: async ({ command, documents, run, fill, read }) => {
      await fill({ a: { deep: { list: [1, 2] } } })
      await documents.where(command.and([{ run }, { 'deep.list': 2 }])).update({ 'deep.list.$': 3 })
      expect(await read('a')).toEqual({ deep: { list: [1, 3] } })
    },
  },
  {
    ...about('$ in an update of many documents means an element in each', 'positional'),
    run: async ({ documents, run, fill, read }) => {
      await fill({ a: { list: [1, 2] }, b: { list: [2, 1] } })
      await documents.where({ run, list: 2 }).update({ 'list.$': 0 })
      expect([await read('a'), await read('b')]).toEqual([{ list: [1, 0] }, { list: [0, 1] }])
    },
  },
  refuses('$ without a condition on the list is refused', 'positional', { list: [1, 2] }, () => ({
    'list.$': 1,
  })),
  becomes(
    '$[] is every element',
    'positional-all',
    { list: [1, 2] },
    ({ command: _ }) => ({ 'list.$[]': _.inc(1) }),
    { list: [2, 3] },
  ),
  becomes(
    '$[] reaches a field of every element, at every depth',
    'positional-all',
    { list: [{ in: [{ n: 1 }, {}] }, { in: [] }] },
    () => ({ 'list.$[].in.$[].n': 7 }),
    {
      list: [{ in: [{ n: 7 }, { n: 7 }] }, { in: [] }],
    },
  ),
  refuses('$[] on what is no list is refused', 'positional-all', { list: 1 }, () => ({ 'list.$[]': 1 })),
]

const refusals: readonly Case[] = [
  refuses('inc on a text is refused', 'inc', { a: 'x' }, ({ command: _ }) => ({ a: _.inc(1) })),
  refuses('inc on null is refused', 'inc', { a: null }, ({ command: _ }) => ({ a: _.inc(1) })),
  refuses('inc on a date is refused', 'inc', { a: new Date(1) }, ({ command: _ }) => ({ a: _.inc(1) })),
  refuses('inc by a text is refused', 'inc', { a: 1 }, ({ command: _ }) => ({ a: _.inc('1' as never) })),
  refuses('mul on a list is refused', 'mul', { a: [1] }, ({ command: _ }) => ({ a: _.mul(2) })),
  refuses('a refused operator refuses the whole update', 'inc', { a: 'x', b: 1 }, ({ command: _ }) => ({
    b: 2,
    a: _.inc(1),
  })),
  refuses('push on a text is refused', 'push', { a: 'x' }, ({ command: _ }) => ({ a: _.push('y') })),
  refuses('push on null is refused', 'push', { a: null }, ({ command: _ }) => ({ a: _.push('y') })),
  refuses('addToSet on an object is refused', 'addToSet', { a: { b: 1 } }, ({ command: _ }) => ({
    a: _.addToSet(1),
  })),
  refuses('pop on a number is refused', 'pop', { a: 1 }, ({ command: _ }) => ({ a: _.pop() })),
  refuses('pull on a text is refused', 'pull', { a: 'x' }, ({ command: _ }) => ({ a: _.pull('x') })),
  refuses('pullAll on a text is refused', 'pullAll', { a: 'x' }, ({ command: _ }) => ({
    a: _.pullAll(['x']),
  })),
  refuses('push with a slice that is no whole number is refused', 'slice', { a: [] }, ({ command: _ }) => ({
    a: _.push({ each: [1], slice: 1.5 }),
  })),
  refuses('push with an unknown sort is refused', 'sort', { a: [] }, ({ command: _ }) => ({
    a: _.push({ each: [1], sort: 2 as never }),
  })),
  refuses('a field inside of a text is refused', 'set', { a: 'x' }, () => ({ 'a.b': 1 })),
  refuses('a field inside of null is refused', 'set', { a: null }, () => ({ a: { b: 1 } })),
  refuses('a field of a list that is no position is refused', 'set', { a: [{ b: 1 }] }, () => ({ 'a.b': 2 })),
  refuses('push into a field of a list is refused', 'push', { a: [{ b: [1] }] }, ({ command: _ }) => ({
    'a.b': _.push(2),
  })),
  refuses(
    'conflicting paths are refused',
    'https://www.mongodb.com/docs/manual/reference/operator/update/',
    { a: { b: 1 } },
    ({ command: _ }) => ({
      a: _.set({}),
      'a.b': 2,
    }),
  ),
  refuses(
    'a rename onto a field that is also changed is refused',
    'rename',
    { a: 1, b: 1 },
    ({ command: _ }) => ({ a: _.rename('b'), b: 2 }),
  ),
  refuses('a rename to the same name is refused', 'rename', { a: 1 }, ({ command: _ }) => ({
    a: _.rename('a'),
  })),
  refuses('a rename out of a list is refused', 'rename', { a: [{ b: 1 }] }, ({ command: _ }) => ({
    'a.0.b': _.rename('c'),
  })),
  refuses('a rename to or of _id is refused', 'rename', { a: 1 }, ({ command: _ }) => ({
    a: _.rename('_id'),
  })),
  refuses('a path with an empty part is refused', 'set', { a: { b: 1 } }, () => ({ 'a..b': 2 })),
  refuses(
    'a path through __proto__ is refused',
    { source: 'set', uncertain: 'MongoDB itself has no objection; a JavaScript server must' },
    { a: {} },
    () => ({
      'a.__proto__.polluted': 1,
    }),
  ),
  refuses(
    'a value with a key that begins with $ is refused',
    'https://www.mongodb.com/docs/manual/core/dot-dollar-considerations/',
    { a: 1 },
    ({ command: _ }) => ({
      a: _.set({ deep: [{ $x: 1 }] }),
    }),
  ),
  refusesRaw(
    'an unknown update operator is refused',
    'https://www.mongodb.com/docs/manual/reference/operator/update/',
    { a: 1 },
    [{ $unheard: { a: 1 } }],
  ),
  refusesRaw(
    'an update that mixes operators and fields is refused',
    'https://www.mongodb.com/docs/manual/reference/operator/update/',
    { a: 1 },
    [{ $set: { a: 2 }, b: 1 }],
  ),
  refusesRaw('an update operator that comes without fields is refused', 'set', { a: 1 }, [{ $set: 1 }]),
  refusesRaw('a changed _id is refused', 'set', { a: 1 }, [{ $set: { _id: 'another' } }]),
  refusesRaw('$pop takes 1 and -1 only', 'pop', { a: [1, 2] }, [{ $pop: { a: 2 } }]),
  refusesRaw(
    'the same path under two operators is refused',
    'https://www.mongodb.com/docs/manual/reference/operator/update/',
    { a: 1 },
    [{ $set: { a: 2 }, $inc: { a: 1 } }],
  ),
  {
    ...about(
      'a wrong update is refused even when it meets no document',
      'https://www.mongodb.com/docs/manual/reference/operator/update/',
    ),
    run: async (bench) => {
      expect(await bench.refused(raw(bench, { $unheard: { a: 1 } }))).toMatch(anyRefusal)
      expect(await bench.refused(raw(bench, { $set: { _id: 'another' } }))).toMatch(anyRefusal)
    },
  },
]

export const updateOperatorCases: readonly Case[] = [...fields, ...lists, ...positions, ...refusals]

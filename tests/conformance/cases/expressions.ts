// biome-ignore-all lint/suspicious/noThenProperty: it is what MongoDB calls the branch of a condition
import type { Bench, Case } from '../case'

const weixin =
  'https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/aggregate-command'
const manual = 'https://www.mongodb.com/docs/v4.4/reference/operator/aggregation'

/** The aggregation commands, some of which the SDK's types do not know. */
type Commands = Readonly<Record<string, (...operands: never[]) => object>>
type Expression = ($: Record<string, (operands: unknown) => object>) => unknown

const source = (page: string): string =>
  page.startsWith('$') ? `${manual}/${page.slice(1)}/` : `${weixin}/AggregateCommand.${page}.html`

const computed = async (bench: Bench, expression: Expression): Promise<unknown> => {
  const commands = bench.$ as unknown as Commands as never
  const [row] = await bench.aggregate((from) =>
    from.project({ _id: 0, answer: expression(commands) } as never),
  )
  return row?.answer
}

/** What an expression makes of a document. */
const computes = (
  name: string,
  page: string,
  document: object,
  expression: Expression,
  expected: unknown,
  uncertain?: string,
): Case => ({
  name,
  source: source(page),
  ...(uncertain === undefined ? {} : { uncertain }),
  run: async (bench) => {
    await bench.fill({ a: document })
    expect(await computed(bench, expression)).toEqual(expected)
  },
})

const refuses = (name: string, page: string, document: object, expression: Expression): Case => ({
  name,
  source: source(page),
  run: async (bench) => {
    await bench.fill({ a: document })
    expect(await bench.refused(computed(bench, expression))).toMatch(/^(INVALID_PARAM|DATABASE_[A-Z_]+)$/)
  },
})

const n = { a: 7, b: 2, neg: -2.5, t: 'x', at: new Date('2026-11-23T01:02:03.004Z') }

const arithmetic: readonly Case[] = [
  computes('abs of a negative number is positive', 'abs', n, ($) => $.abs?.('$neg'), 2.5),
  computes('add adds several numbers', 'add', n, ($) => $.add?.(['$a', '$b', 1]), 10),
  computes(
    'add to a date counts milliseconds',
    'add',
    n,
    ($) => $.add?.(['$at', 1000]),
    new Date('2026-11-23T01:02:04.004Z'),
  ),
  computes('add with a missing field is null', '$add', n, ($) => $.add?.(['$a', '$none']), null),
  computes(
    'ceil goes up, floor down, trunc towards zero',
    'ceil',
    n,
    ($) => [$.ceil?.('$neg'), $.floor?.('$neg'), $.trunc?.('$neg')],
    [-2, -3, -2],
  ),
  computes('divide keeps fractions', 'divide', n, ($) => $.divide?.(['$a', '$b']), 3.5),
  computes(
    'mod is the rest, with the sign of the dividend',
    'mod',
    n,
    ($) => [$.mod?.(['$a', '$b']), $.mod?.([-7, 2])],
    [1, -1],
  ),
  computes('multiply multiplies several numbers', 'multiply', n, ($) => $.multiply?.(['$a', '$b', 10]), 140),
  computes('pow and sqrt', 'pow', n, ($) => [$.pow?.(['$b', 10]), $.sqrt?.(9)], [1024, 3]),
  computes(
    'subtract of two dates is their distance in milliseconds',
    'subtract',
    n,
    ($) => $.subtract?.(['$at', new Date('2026-11-23T01:02:03.000Z')]),
    4,
  ),
  computes(
    'exp, ln and log10',
    'exp',
    n,
    ($) => [$.exp?.(0), $.ln?.(1), $.log10?.(1000), $.log?.([8, 2])],
    [1, 0, 3, 3],
  ),
  refuses('divide by zero is refused', '$divide', n, ($) => $.divide?.(['$a', 0])),
  refuses('arithmetic with a text is refused', '$add', n, ($) => $.add?.(['$a', '$t'])),
]

const l = {
  l: [3, 1, 2],
  e: [],
  o: { x: 1, y: 2 },
  s: 'text',
  pairs: [
    ['k', 1],
    ['m', 2],
  ],
}

const corners: readonly Case[] = [
  computes('a missing field is not null: eq', '$eq', n, ($) => $.eq?.(['$none', null]), false),
  computes('a missing field is not null: neq', '$ne', n, ($) => $.neq?.(['$none', null]), true),
  computes(
    'a missing field is less than null',
    '$cmp',
    n,
    ($) => [$.cmp?.(['$none', null]), $.lt?.(['$none', null]), $.gt?.(['$none', null])],
    [-1, true, false],
  ),
  computes(
    'round goes to the nearest, halves to the even one',
    '$round',
    {},
    () => [{ $round: [2.5, 0] }, { $round: [3.5, 0] }, { $round: [2.51, 0] }, { $round: [-2.5, 0] }],
    [2, 4, 3, -2],
  ),
  computes(
    'round and trunc take places before and behind the point',
    '$round',
    {},
    () => [{ $round: [127, -1] }, { $round: [2.675, 2] }, { $trunc: [1.15, 2] }, { $trunc: [127, -1] }],
    [130, 2.68, 1.15, 120],
  ),
  computes('round of null is null', '$round', {}, () => ({ $round: [null, 0] }), null),
  computes(
    'an operand may stand alone in a list',
    '$abs',
    { list: [1, 2], at: n.at, t: 'ab' },
    () => [
      { $abs: [-3] },
      { $strLenCP: ['$t'] },
      { $size: ['$list'] },
      { $year: ['$at'] },
      { $reverseArray: ['$list'] },
    ],
    [3, 2, 2, 2026, [2, 1]],
  ),
  computes(
    'sum, avg, max and min of one operand go through its list',
    '$sum',
    { list: [1, 2, 'x'] },
    () => [{ $sum: ['$list'] }, { $avg: ['$list'] }, { $max: ['$list'] }, { $min: ['$list'] }],
    [3, 1.5, 'x', 1],
  ),
  computes(
    'max of several operands does not go into lists',
    '$max',
    { list: [9] },
    () => ({ $max: ['$list', 5] }),
    [9],
  ),
  computes(
    'toUpper and toLower of null are empty texts',
    '$toUpper',
    {},
    () => [{ $toUpper: null }, { $toLower: '$none' }],
    ['', ''],
  ),
  computes(
    'a negative length of substrBytes is the rest',
    '$substrBytes',
    {},
    () => ({ $substrBytes: ['hello', 1, -1] }),
    'ello',
  ),
  refuses('substrBytes does not cut a character', '$substrBytes', {}, () => ({
    $substrBytes: ['红脸', 1, 2],
  })),
  refuses('size of a missing field is refused', '$size', {}, ($) => $.size?.('$none')),
  computes(
    'weeks begin on Sundays, also in a format and in a time zone',
    '$week',
    { monday: new Date('2026-11-23T20:30:00Z'), saturday: new Date('2026-11-21T20:30:00Z') },
    () => [
      { $week: '$monday' },
      { $week: { date: '$saturday', timezone: 'Asia/Shanghai' } },
      { $dateToString: { date: '$monday', format: 'week %U' } },
    ],
    [47, 47, 'week 47'],
  ),
]

const lists: readonly Case[] = [
  computes(
    'arrayElemAt counts from the end with a negative place',
    'arrayElemAt',
    l,
    ($) => [$.arrayElemAt?.(['$l', 0]), $.arrayElemAt?.(['$l', -1])],
    [3, 2],
  ),
  computes(
    'arrayElemAt beyond the list is missing',
    'arrayElemAt',
    l,
    ($) => $.arrayElemAt?.(['$l', 9]),
    undefined,
  ),
  computes('arrayToObject takes pairs', 'arrayToObject', l, ($) => $.arrayToObject?.('$pairs'), {
    k: 1,
    m: 2,
  }),
  computes('objectToArray makes k and v', 'objectToArray', l, ($) => $.objectToArray?.('$o'), [
    { k: 'x', v: 1 },
    { k: 'y', v: 2 },
  ]),
  computes(
    'concatArrays puts lists together',
    'concatArrays',
    l,
    ($) => $.concatArrays?.(['$l', [9]]),
    [3, 1, 2, 9],
  ),
  computes(
    'concatArrays with null is null',
    '$concatArrays',
    l,
    ($) => $.concatArrays?.(['$l', '$none']),
    null,
  ),
  computes(
    'filter keeps the elements that meet the condition',
    'filter',
    l,
    ($) => $.filter?.({ input: '$l', as: 'one', cond: $.gte?.(['$$one', 2]) }),
    [3, 2],
  ),
  computes(
    'map makes each element anew',
    'map',
    l,
    ($) => $.map?.({ input: '$l', as: 'one', in: $.multiply?.(['$$one', 2]) }),
    [6, 2, 4],
  ),
  computes(
    'reduce goes through a list with $$value and $$this',
    'reduce',
    l,
    ($) => $.reduce?.({ input: '$l', initialValue: 0, in: $.add?.(['$$value', '$$this']) }),
    6,
  ),
  computes('in says whether a list holds a value', 'in', l, ($) => [$.in?.([1, '$l']), $.in?.([5, '$l'])], [
    true,
    false,
  ]),
  computes(
    'indexOfArray says where, or -1',
    'indexOfArray',
    l,
    ($) => [$.indexOfArray?.(['$l', 2]), $.indexOfArray?.(['$l', 5])],
    [2, -1],
  ),
  computes('isArray says whether it is a list', 'isArray', l, ($) => [$.isArray?.('$l'), $.isArray?.('$s')], [
    true,
    false,
  ]),
  computes('range counts up and down', 'range', l, ($) => [$.range?.([0, 6, 2]), $.range?.([3, 0, -1])], [
    [0, 2, 4],
    [3, 2, 1],
  ]),
  computes('reverseArray turns a list round', 'reverseArray', l, ($) => $.reverseArray?.('$l'), [2, 1, 3]),
  computes('size counts elements', 'size', l, ($) => [$.size?.('$l'), $.size?.('$e')], [3, 0]),
  computes(
    'slice takes from the beginning, the end, or a place',
    'slice',
    l,
    ($) => [$.slice?.(['$l', 2]), $.slice?.(['$l', -2]), $.slice?.(['$l', 1, 1])],
    [[3, 1], [1, 2], [1]],
  ),
  computes('zip goes as far as the shortest list', 'zip', l, ($) => $.zip?.({ inputs: ['$l', ['a', 'b']] }), [
    [3, 'a'],
    [1, 'b'],
  ]),
  refuses('size of what is no list is refused', '$size', l, ($) => $.size?.('$s')),
  refuses('filter of what is no list is refused', '$filter', l, ($) =>
    $.filter?.({ input: '$s', as: 'one', cond: true }),
  ),
]

const logic: readonly Case[] = [
  computes(
    'and, or and not take null and zero for false, texts for true',
    'and',
    { z: 0, t: '', y: null },
    ($) => [$.and?.(['$t', 1]), $.or?.(['$z', '$y']), $.not?.(['$z'])],
    [true, false, true],
  ),
  computes(
    'cmp is -1, 0 or 1',
    'cmp',
    n,
    ($) => [$.cmp?.(['$b', '$a']), $.cmp?.(['$a', '$a']), $.cmp?.(['$a', '$b'])],
    [-1, 0, 1],
  ),
  computes(
    'comparisons go over types in their order',
    '$gt',
    n,
    ($) => [
      $.gt?.(['$t', '$a']),
      $.lt?.([null, '$a']),
      $.eq?.(['$a', '$t']),
      $.neq?.(['$a', '$b']),
      $.gte?.([2, 2]),
      $.lte?.([3, 2]),
    ],
    [true, true, false, true, true, false],
  ),
  computes(
    'cond chooses',
    'cond',
    n,
    ($) => [$.cond?.({ if: $.gt?.(['$a', 5]), then: 'many', else: 'few' }), $.cond?.([false, 1, 2])],
    ['many', 2],
  ),
  computes(
    'ifNull takes the place of null and of missing',
    'ifNull',
    { y: null, t: 'x' },
    ($) => [$.ifNull?.(['$y', 1]), $.ifNull?.(['$none', 2]), $.ifNull?.(['$t', 3])],
    [1, 2, 'x'],
  ),
  computes(
    'switch takes the first branch that holds, else its default',
    'switch',
    n,
    ($) =>
      $.switch?.({
        branches: [
          { case: $.lt?.(['$a', 5]), then: 'few' },
          { case: $.gt?.(['$a', 5]), then: 'many' },
        ],
        default: 'five',
      }),
    'many',
  ),
  refuses('switch without a branch that holds and without a default is refused', '$switch', n, ($) =>
    $.switch?.({ branches: [{ case: false, then: 1 }] }),
  ),
  computes('literal is not looked at', 'literal', n, ($) => $.literal?.('$a'), '$a'),
  computes(
    'let names values',
    'let',
    n,
    ($) => $.let?.({ vars: { twice: $.multiply?.(['$a', 2]) }, in: $.add?.(['$$twice', 1]) }),
    15,
  ),
  computes(
    'mergeObjects lets the later one win',
    'mergeObjects',
    l,
    ($) => $.mergeObjects?.(['$o', { y: 9, z: 3 }]),
    { x: 1, y: 9, z: 3 },
  ),
]

const dates: readonly Case[] = [
  computes(
    'parts of a date are those of UTC',
    'year',
    n,
    ($) =>
      ['year', 'month', 'dayOfMonth', 'hour', 'minute', 'second', 'millisecond'].map((part) =>
        $[part]?.('$at'),
      ),
    [2026, 11, 23, 1, 2, 3, 4],
  ),
  computes(
    'the week begins with Sunday as 1; in ISO it begins with Monday',
    'dayOfWeek',
    n,
    ($) => [$.dayOfWeek?.('$at'), $.isoDayOfWeek?.('$at'), $.dayOfYear?.('$at')],
    [2, 1, 327],
  ),
  computes(
    'weeks are counted in two ways',
    'isoWeek',
    n,
    ($) => [$.isoWeek?.('$at'), $.isoWeekYear?.('$at'), $.week?.('$at')],
    [48, 2026, 47],
  ),
  computes(
    'dateToString writes a date in a time zone',
    'dateToString',
    n,
    ($) => $.dateToString?.({ date: '$at', format: '%Y-%m-%d %H:%M:%S', timezone: 'Asia/Shanghai' }),
    '2026-11-23 09:02:03',
  ),
  computes(
    'dateToString of nothing is what onNull says',
    'dateToString',
    n,
    ($) => $.dateToString?.({ date: '$none', format: '%Y', onNull: 'none' }),
    'none',
  ),
  computes(
    'dateFromString reads a date',
    'dateFromString',
    n,
    ($) => $.dateFromString?.({ dateString: '2026-11-23T00:00:00Z' }),
    new Date('2026-11-23T00:00:00Z'),
  ),
  computes(
    'dateFromParts puts a date together',
    'dateFromParts',
    n,
    ($) => $.dateFromParts?.({ year: 2026, month: 2, day: 3, hour: 4 }),
    new Date('2026-02-03T04:00:00Z'),
  ),
]

const s = { a: '红脸办', b: ' Ab ', e: '😀', csv: 'x,y,z' }

const texts: readonly Case[] = [
  computes(
    'concat puts texts together, and null makes null',
    'concat',
    s,
    ($) => [$.concat?.(['$a', '-', '$csv']), $.concat?.(['$a', '$none'])],
    ['红脸办-x,y,z', null],
  ),
  computes('split cuts a text', 'split', s, ($) => $.split?.(['$csv', ',']), ['x', 'y', 'z']),
  computes(
    'strLenCP counts characters, strLenBytes bytes of UTF-8',
    'strLenCP',
    s,
    ($) => [$.strLenCP?.('$a'), $.strLenBytes?.('$a'), $.strLenCP?.('$e'), $.strLenBytes?.('$e')],
    [3, 9, 1, 4],
  ),
  computes(
    'indexOfCP counts characters, indexOfBytes bytes',
    'indexOfCP',
    s,
    ($) => [$.indexOfCP?.(['$a', '办']), $.indexOfBytes?.(['$a', '办']), $.indexOfCP?.(['$a', '无'])],
    [2, 6, -1],
  ),
  computes(
    'substrCP takes characters, substrBytes bytes',
    'substrCP',
    s,
    ($) => [$.substrCP?.(['$a', 1, 2]), $.substrBytes?.(['$a', 3, 3])],
    ['脸办', '脸'],
  ),
  computes('toUpper and toLower', 'toUpper', s, ($) => [$.toUpper?.('$b'), $.toLower?.('$b')], [
    ' AB ',
    ' ab ',
  ]),
  computes(
    'strcasecmp takes no notice of capitals',
    'strcasecmp',
    s,
    ($) => [$.strcasecmp?.(['Ab', 'aB']), $.strcasecmp?.(['a', 'b'])],
    [0, -1],
  ),
]

const sets: readonly Case[] = [
  computes(
    'setUnion, setIntersection and setDifference take lists for sets',
    'setUnion',
    { p: [1, 2, 2], q: [2, 3] },
    ($) => [$.setIntersection?.(['$p', '$q']), $.setDifference?.(['$p', '$q'])],
    [[2], [1]],
  ),
  computes(
    'setEquals and setIsSubset look at neither order nor number',
    'setEquals',
    { p: [1, 2, 2], q: [2, 1] },
    ($) => [$.setEquals?.(['$p', '$q']), $.setIsSubset?.([[1], '$p'])],
    [true, true],
  ),
  computes(
    'allElementsTrue and anyElementTrue',
    'allElementsTrue',
    { p: [1, 0], e: [] },
    ($) => [
      $.allElementsTrue?.(['$p']),
      $.anyElementTrue?.(['$p']),
      $.allElementsTrue?.(['$e']),
      $.anyElementTrue?.(['$e']),
    ],
    [false, true, true, false],
  ),
]

const sales = { a: { k: 1, v: 10 }, b: { k: 1, v: 20 }, c: { k: 1, v: 'text' }, d: { k: 1 } }

/** What an accumulator makes of four sales. */
const gathers = (name: string, page: string, expression: Expression, expected: unknown): Case => ({
  name,
  source: source(page),
  run: async (bench) => {
    await bench.fill(sales)
    const [row] = await bench.aggregate((from) =>
      from.sort({ _id: 1 }).group({ _id: '$k', answer: expression(bench.$ as never) } as never),
    )
    expect(row?.answer).toEqual(expected)
  },
})

const accumulators: readonly Case[] = [
  gathers('sum adds numbers and passes over the rest', 'sum', ($) => $.sum?.('$v'), 30),
  gathers('sum of 1 counts', 'sum', ($) => $.sum?.(1), 4),
  gathers('avg divides by the numbers only', 'avg', ($) => $.avg?.('$v'), 15),
  gathers('avg of nothing is null', '$avg', ($) => $.avg?.('$none'), null),
  gathers('min and max go over types, and pass over what is missing', 'max', ($) => $.max?.('$v'), 'text'),
  gathers('min takes the least', 'min', ($) => $.min?.('$v'), 10),
  gathers('first takes the first document’s value', 'first', ($) => $.first?.('$v'), 10),
  gathers('last takes null where the last document has none', 'last', ($) => $.last?.('$v'), null),
  gathers('push keeps every value in order and passes over what is missing', 'push', ($) => $.push?.('$v'), [
    10,
    20,
    'text',
  ]),
  gathers('addToSet keeps each value once', 'addToSet', ($) => $.addToSet?.('$k'), [1]),
  gathers('stdDevPop is of the numbers', 'stdDevPop', ($) => $.stdDevPop?.('$v'), 5),
  gathers(
    'mergeObjects merges the documents of a group',
    'mergeObjects',
    ($) => $.mergeObjects?.({ k: '$k' }),
    { k: 1 },
  ),
]

export const expressionCases: readonly Case[] = [
  ...arithmetic,
  ...corners,
  ...lists,
  ...logic,
  ...dates,
  ...texts,
  ...sets,
  ...accumulators,
]

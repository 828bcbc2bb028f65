import { ask, explain, Refused } from './cloud.js'
import { choice, duration, element, field, prettyJson, printed } from './elements.js'

/** Text of JSON. Throws words that say which field cannot be read. */
const readJson = (text, what, otherwise) => {
  if (text.trim() === '') return otherwise
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Refused('', `${what}不是正确的 JSON：${error.message}`)
  }
}

/** `branch, -dueAt`: a minus sorts downwards. */
const readSort = (text) =>
  text
    .split(/[,，]/)
    .map((one) => one.trim())
    .filter(Boolean)
    .map((one) => (one.startsWith('-') ? [one.slice(1), -1] : [one, 1]))

const planWords = ({ kind, index, isSorted }) => {
  if (kind === 'ids') return '按 _id 直接取'
  if (kind === 'near') return `按距离读地理索引${index ? ` ${index}` : ''}`
  if (kind === 'index') return `用索引 ${index}${isSorted ? '' : '（读完再排序）'}`
  return '按 _id 的顺序读，没有用别的索引'
}

const examinedWords = ({ examined }, found) => {
  if (examined === undefined) return '读的文档太多，没有数'
  return examined === 0 && found > 0 ? '只读了索引' : `读了 ${examined} 条文档`
}

const run = async ({ collection, kind, filter = '', sort = '', limit = '', stages = '' }) => {
  if (kind === 'aggregate') {
    return ask('aggregate', { collection, stages: readJson(stages, '管道', []) })
  }
  const order = readSort(sort)
  return ask('query', {
    collection,
    query: readJson(filter, '条件', {}),
    ...(order.length > 0 ? { sort: order } : {}),
    ...(limit === '' ? {} : { limit: Number(limit) }),
  })
}

/** On a small screen it lies below the form. */
const shown = (plan, ...rows) => {
  requestAnimationFrame(() => plan.scrollIntoView({ block: 'nearest' }))
  return [plan, ...rows]
}

const resultOf = async (parameters) => {
  try {
    const { plan, durationMs, found, rows } = await run(parameters)
    return shown(
      element(
        'p',
        { className: 'notice', id: 'plan', role: 'status' },
        `${planWords(plan)}；${examinedWords(plan, found)}，找到 ${found} 条，用时 ${duration(durationMs)}`,
        rows.length < found ? `。只显示前 ${rows.length} 条。` : '',
      ),
      printed(prettyJson(rows), '结果'),
    )
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return shown(element('p', { className: 'notice notice--bad', id: 'plan', role: 'alert' }, explain(error)))
  }
}

export const queryView = {
  title: () => '查询',
  show: async ({ parameters, go }) => {
    const { collections } = await ask('collections')
    const names = collections.map(({ name }) => [name, name])
    const kind = parameters.kind ?? 'find'
    const text = (id, rows, value) =>
      element('textarea', { id, rows, value, spellcheck: false, autocapitalize: 'off' })
    const collection = choice('collection', names, parameters.collection)
    const kinds = choice(
      'kind',
      [
        ['find', '查找 find'],
        ['aggregate', '聚合 aggregate'],
      ],
      kind,
    )
    const filter = text('filter', 4, parameters.filter ?? '{}')
    const sort = element('input', { id: 'sort', value: parameters.sort ?? '', autocapitalize: 'off' })
    const limit = element('input', {
      id: 'limit',
      type: 'number',
      min: 1,
      max: 100,
      value: parameters.limit ?? '20',
    })
    const stages = text('stages', 7, parameters.stages ?? '[\n  { "$match": {} },\n  { "$limit": 20 }\n]')
    const ofFind = element(
      'div',
      {},
      field(
        '条件 filter（EJSON）',
        filter,
        '例如 {"status": "open", "at": {"$gt": {"$date": "2026-01-01T00:00:00Z"}}}',
      ),
      element(
        'div',
        { className: 'columns' },
        field('排序 sort', sort, '例如 branch, -dueAt；减号是从大到小'),
        field('最多几条 limit', limit, '1 到 100'),
      ),
    )
    const ofAggregate = field('管道 pipeline（EJSON）', stages, '要从 $match 或 $limit 开始')
    const showKind = () => {
      ofFind.hidden = kinds.value !== 'find'
      ofAggregate.hidden = kinds.value !== 'aggregate'
    }
    kinds.addEventListener('change', showKind)
    showKind()
    const form = element(
      'form',
      { className: 'panel' },
      element('div', { className: 'columns' }, field('集合 collection', collection), field('方式', kinds)),
      ofFind,
      ofAggregate,
      element('button', { type: 'submit', id: 'run', className: 'primary' }, '运行'),
    )
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const own =
        kinds.value === 'find'
          ? { filter: filter.value, sort: sort.value, limit: limit.value }
          : { stages: stages.value }
      go('query', { collection: collection.value, kind: kinds.value, ...own, run: '1' })
    })
    return [form, ...(parameters.run ? await resultOf(parameters) : [])]
  },
}

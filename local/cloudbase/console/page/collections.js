import { ask } from './cloud.js'
import { badge, element, emptyNote, link, linkOrNothing, prettyJson, printed, size } from './elements.js'

const directions = { 1: '', '-1': ' ↓', '2dsphere': ' 2dsphere' }

const indexLine = ({ name, fields, isUnique, isSparse }) =>
  element(
    'li',
    {},
    element('code', {}, `${name} (${fields.map((one) => one.path + directions[one.direction]).join(', ')})`),
    isUnique ? badge('唯一 unique') : undefined,
    isSparse ? badge('稀疏 sparse') : undefined,
  )

const showAll = async () => {
  const { collections } = await ask('collections')
  if (collections.length === 0) return [emptyNote('还没有集合：在数据库配置里声明。')]
  return [
    element(
      'ul',
      { className: 'cards' },
      collections.map(({ name, count, indexes }) =>
        element(
          'li',
          { className: 'card' },
          element(
            'p',
            { className: 'card__title' },
            link(name, 'collections', { collection: name }),
            element('span', {}, `${count} 条`),
          ),
          indexes.length > 0
            ? element('ul', { className: 'indexes' }, indexes.map(indexLine))
            : element('p', { className: 'quiet' }, '没有别的索引，只有 _id'),
        ),
      ),
    ),
  ]
}

const showDocument = async ({ collection, id, after, before }) => {
  const { document } = await ask('document', { collection, id })
  return [
    element(
      'p',
      { className: 'row' },
      link('← 返回列表', 'collections', { collection, after, before }, { className: 'button' }),
    ),
    printed(prettyJson(document), `文档 ${id}`),
  ]
}

const showPage = async ({ collection, after, before }) => {
  const { documents, hasPrevious, hasNext } = await ask('documents', {
    collection,
    ...(after === undefined ? {} : { after }),
    ...(before === undefined ? {} : { before }),
  })
  const first = documents[0]?.id ?? after
  const last = documents[documents.length - 1]?.id
  return [
    element(
      'p',
      { className: 'row' },
      link('← 全部集合', 'collections', {}, { className: 'button' }),
      linkOrNothing(hasPrevious, '上一页', 'collections', { collection, before: first }),
      linkOrNothing(hasNext, '下一页', 'collections', { collection, after: last }),
      link('查询这个集合', 'query', { collection }, { className: 'button' }),
    ),
    documents.length === 0
      ? emptyNote('这里没有文档。')
      : element(
          'ul',
          { className: 'cards' },
          documents.map(({ id, preview, bytes }) =>
            element(
              'li',
              { className: 'card' },
              element(
                'p',
                { className: 'card__title' },
                link(id, 'collections', { collection, id, after, before }),
                element('span', { className: 'quiet' }, size(bytes)),
              ),
              element('code', { className: 'preview' }, preview),
            ),
          ),
        ),
  ]
}

export const collectionsView = {
  title: ({ collection, id }) => [collection ? `集合 ${collection}` : '集合', id].filter(Boolean).join(' / '),
  show: ({ parameters }) => {
    if (parameters.id !== undefined) return showDocument(parameters)
    return parameters.collection === undefined ? showAll() : showPage(parameters)
  },
}

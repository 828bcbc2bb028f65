import { ask } from './cloud.js'
import { element, emptyNote, instant, link, linkOrNothing, size } from './elements.js'

const below = (folder, name) => (folder ? `${folder}/${name}` : name)

/** 文件 / photos / 2026: each part leads to its folder. */
const trail = (folder) => {
  const parts = folder ? folder.split('/') : []
  const places = parts.map((name, at) => [name, parts.slice(0, at + 1).join('/')])
  return element(
    'nav',
    { className: 'trail', ariaLabel: '文件夹' },
    link('全部文件', 'files'),
    places.flatMap(([name, place]) => [' / ', link(name, 'files', { folder: place })]),
  )
}

const opened = async (folder, name) => {
  const { address } = await ask('file-address', { path: below(folder, name) })
  const picture = element('img', { src: address, alt: name, id: 'picture' })
  const frame = element('div', { className: 'frame' }, picture)
  picture.addEventListener('error', () => frame.replaceChildren('这个文件不是能显示的图片。'))
  return element(
    'section',
    { className: 'panel', ariaLabel: name },
    element('h2', {}, name),
    frame,
    element(
      'p',
      { className: 'row' },
      element('a', { href: address, download: name, className: 'button' }, '下载'),
    ),
  )
}

export const filesView = {
  title: () => '文件',
  show: async ({ parameters }) => {
    const { folder = '', after, open } = parameters
    const { names, hasNext } = await ask('files', {
      folder,
      limit: 50,
      ...(after === undefined ? {} : { after }),
    })
    const isFolder = (one) => one.size === undefined
    return [
      trail(folder),
      ...(open === undefined ? [] : [await opened(folder, open)]),
      names.length === 0
        ? emptyNote('这里没有文件。')
        : element(
            'ul',
            { className: 'files panel' },
            names.map((one) =>
              element(
                'li',
                {},
                isFolder(one)
                  ? link(`${one.name}/`, 'files', { folder: below(folder, one.name) })
                  : link(one.name, 'files', { folder, after, open: one.name }),
                element(
                  'span',
                  { className: 'quiet' },
                  isFolder(one) ? '文件夹' : `${size(one.size)} · ${instant(one.writtenAt)}`,
                ),
              ),
            ),
          ),
      element(
        'p',
        { className: 'row' },
        linkOrNothing(after !== undefined, '从头看', 'files', { folder }),
        linkOrNothing(hasNext, '下一页', 'files', { folder, after: names[names.length - 1]?.name }),
      ),
    ]
  },
}

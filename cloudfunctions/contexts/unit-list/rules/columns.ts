/** What a list may say of a unit, in the order in which a page asks for it. */
export const listFields = [
  'name',
  'kind',
  'code',
  'parentCode',
  'level',
  'areaName',
  'phone',
  'dutyPhone',
  'address',
  'hours',
  'population',
  'floatingShare',
  'closedInto',
] as const
export type ListField = (typeof listFields)[number]

/** What a row says, by what its columns are taken for; an empty cell is left out. */
export type ListCells = Readonly<Partial<Record<ListField, string>>>

/** How lists head their columns, without spaces and signs. */
const headers: Readonly<Record<ListField, readonly string[]>> = {
  name: ['名称', '单位名称', '组织名称', '单位', 'name'],
  kind: ['类别', '类型', '组织类别', '单位类别', 'kind'],
  code: ['编码', '单位编码', '组织编码', '代码', '区划代码', 'code'],
  parentCode: ['上级编码', '上级', '上级代码', '上级单位编码', 'parentcode'],
  level: ['层级', '级别', 'level'],
  areaName: ['地名', '片区', 'areaname'],
  phone: ['电话', '联系电话', '办公电话', 'phone'],
  dutyPhone: ['值班电话', 'dutyphone'],
  address: ['地址', '办公地点', '办公地址', 'address'],
  hours: ['办公时间', '开门时间', 'hours'],
  population: ['人口', '人口数', '常住人口', 'population'],
  floatingShare: ['流动人口占比', '流动人口比例', 'floatingshare'],
  closedInto: ['并入', '并入编码', '撤并到', 'closedinto'],
}

/** What the column of a field is called in a sample, and where columns are chosen. */
export const columnNameOf = (field: ListField): string => headers[field][0] ?? field

const plain = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_*：:（）()%％-]/gu, '')

const fieldOf = (header: string): ListField | null =>
  listFields.find((field) => headers[field].includes(plain(header))) ?? null

/** A column of a list: how it is headed, and what it is taken for; null: it is not read. */
export interface ListColumn {
  readonly header: string
  readonly field: ListField | null
}

/**
 * What the columns of a list are taken for: by their headers, or as somebody has said. A field is read from the first
 * column that is taken for it.
 */
export const columnsOf = (
  head: readonly string[],
  said: Readonly<Record<string, ListField | null>> = {},
): readonly ListColumn[] => {
  const taken = new Set<ListField>()
  return head.map((header) => {
    const field = Object.hasOwn(said, header) ? (said[header] ?? null) : fieldOf(header)
    if (field === null || taken.has(field)) return { header, field: null }
    taken.add(field)
    return { header, field }
  })
}

/** The cells of one row by what their columns are taken for; empty ones are left out. */
export const cellsOf = (columns: readonly ListColumn[], cells: readonly string[]): ListCells =>
  Object.fromEntries(
    columns.flatMap(({ field }, place) => {
      const text = cells[place] ?? ''
      return field === null || text === '' ? [] : [[field, text]]
    }),
  )

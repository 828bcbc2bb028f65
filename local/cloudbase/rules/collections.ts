import { type Document, isPlain } from '../ground/codec'
import type { CollectionConfig, IndexConfig } from '../ground/config'
import { PlatformFailure } from '../ground/failure'
import { type Auth, holdsFor, holdsForAll, type Scope } from './evaluation'
import { type Condition, RuleRefusal, readRule } from './language'

export type Operation = 'read' | 'create' | 'update' | 'delete'

/** What clients may do to documents: a rule of the developer's, or one of the platform's four. */
type Access = { readonly kind: 'rule'; readonly rule: Condition } | { readonly kind: 'all' | 'own' | 'none' }
type Accesses = Readonly<Record<Operation, Access>>

const all: Access = { kind: 'all' }
const own: Access = { kind: 'own' }
const none: Access = { kind: 'none' }

/**
 * The basic permissions: https://docs.cloudbase.net/database/data-permission and the manager API's ModifyDatabaseACL.
 */
const basic: Readonly<Record<string, Accesses>> = {
  READONLY: { read: all, create: all, update: own, delete: own },
  PRIVATE: { read: own, create: all, update: own, delete: own },
  ADMINWRITE: { read: all, create: none, update: none, delete: none },
  ADMINONLY: { read: none, create: none, update: none, delete: none },
}
const tags = [...Object.keys(basic), 'CUSTOM'].join(', ')
const ruleKeys = ['read', 'write', 'create', 'update', 'delete']

const accessesOf = (config: CollectionConfig): Accesses => {
  const where = `the collection ${config.CollectionName}`
  if (Object.hasOwn(basic, config.AclTag)) return basic[config.AclTag] as Accesses
  if (config.AclTag !== 'CUSTOM') throw new RuleRefusal(`${where}: AclTag must be one of ${tags}`)
  const rules: unknown = config.Rule
  if (!isPlain(rules)) throw new RuleRefusal(`${where}: CUSTOM needs a Rule`)
  const unknown = Object.keys(rules).find((key) => !ruleKeys.includes(key))
  if (unknown !== undefined) throw new RuleRefusal(`${where}: a Rule knows no ${unknown}`)
  const accessOf = (key: string): Access => {
    const variables = [
      'auth',
      'doc',
      'now',
      ...(key === 'read' || key === 'delete' ? [] : ['request']),
    ] as const
    return { kind: 'rule', rule: readRule(rules[key] ?? false, `${where}, rule ${key}`, variables as never) }
  }
  const write = accessOf('write')
  const orWrite = (key: Operation) => (rules[key] === undefined ? write : accessOf(key))
  return {
    read: accessOf('read'),
    create: orWrite('create'),
    update: orWrite('update'),
    delete: orWrite('delete'),
  }
}

const denied = (collection: unknown, operation: Operation): PlatformFailure =>
  new PlatformFailure(
    'DATABASE_PERMISSION_DENIED',
    `Permission denied: clients may not ${operation} these documents of ${String(collection)}`,
  )

/** The platform puts the asker's values where a query says `{openid}`, `{uid}` or `{now}`. */
const filled = (value: unknown, auth: Auth | null, now: number): unknown => {
  if (Array.isArray(value)) return value.map((one) => filled(one, auth, now))
  if (isPlain(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner, auth, now)]))
  }
  if (value === '{openid}') return auth?.openid ?? auth?.uid ?? value
  if (value === '{uid}') return auth?.uid ?? value
  return value === '{now}' ? now : value
}

/** Which other collections an aggregation reaches, at any depth; undefined when that cannot be told. */
const reachedBy = (value: unknown): readonly string[] | undefined => {
  if (Array.isArray(value)) {
    const each = value.map(reachedBy)
    return each.includes(undefined) ? undefined : each.flatMap((one) => one ?? [])
  }
  if (!isPlain(value)) return []
  const inner = reachedBy(Object.values(value))
  if (!inner) return undefined
  const reached: string[] = [...inner]
  for (const stage of ['$lookup', '$graphLookup', '$unionWith']) {
    const options = value[stage]
    if (options === undefined) continue
    const name = isPlain(options) ? (options.from ?? options.coll) : options
    if (typeof name !== 'string') return undefined
    reached.push(name)
  }
  return reached
}

export interface Asker {
  readonly auth: Auth | null
  readonly now: number
}

/** What an update would write, by field: the values it sets, and the operator where it does something else. */
const wantedOf = (change: Document): Document => {
  const empty = () => Object.create(null) as Document
  const wanted = empty()
  const note = (field: string, value: unknown) => {
    const names = field.split('.')
    const last = names.pop() ?? ''
    let target = wanted
    for (const name of names) {
      const next = isPlain(target[name]) ? target[name] : empty()
      target[name] = next
      target = next
    }
    target[last] = value
  }
  for (const [operator, fields] of Object.entries(change)) {
    if (!isPlain(fields)) continue
    for (const [field, operand] of Object.entries(fields)) {
      note(field, operator === '$set' ? operand : { [operator]: operand })
      if (operator === '$rename' && typeof operand === 'string') note(operand, { $rename: field })
    }
  }
  return wanted
}

/**
 * What clients may do with collections. Each function throws DATABASE_PERMISSION_DENIED for what they may not;
 * those with a query answer the query to run instead: filled in, and narrowed to the asker's own documents where the
 * basic permissions say so.
 */
export const openCollectionRules = (
  configs: readonly CollectionConfig[],
  get: (collection: string, id: string) => Promise<Document | undefined>,
) => {
  const accesses = new Map(configs.map((config) => [config.CollectionName, accessesOf(config)]))

  const accessOf = (collection: unknown, operation: Operation): Access => {
    const known = typeof collection === 'string' ? accesses.get(collection) : undefined
    return known?.[operation] ?? none
  }

  const scopeOf = (asker: Asker, written?: Document): Scope => ({
    ...asker,
    get,
    ...(written ? { request: { data: written } } : {}),
  })

  const permit = async (
    collection: unknown,
    operation: Operation,
    query: Document,
    asker: Asker,
    { isMulti = false, change }: { readonly isMulti?: boolean; readonly change?: Document } = {},
  ): Promise<Document> => {
    const access = accessOf(collection, operation)
    const wanted = filled(query, asker.auth, asker.now) as Document
    if (access.kind === 'rule') {
      if (!(await holdsForAll(access.rule, scopeOf(asker, change && wantedOf(change)), wanted)))
        throw denied(collection, operation)
      return wanted
    }
    // Several documents at once need a rule: https://developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/database/remove.html
    if (access.kind === 'none' || !asker.auth || (access.kind === 'own' && isMulti))
      throw denied(collection, operation)
    if (access.kind === 'all') return wanted
    const mine = { _openid: asker.auth.openid }
    return Object.hasOwn(wanted, '_openid') ? { $and: [wanted, mine] } : { ...wanted, ...mine }
  }

  return {
    read: (collection: unknown, query: Document, asker: Asker) => permit(collection, 'read', query, asker),

    remove: (collection: unknown, query: Document, asker: Asker, isMulti: boolean) =>
      permit(collection, 'delete', query, asker, { isMulti }),

    /** Nobody becomes another's document's creator, or lets go of their own. */
    update: (collection: unknown, query: Document, change: Document, asker: Asker, isMulti: boolean) => {
      if (Object.hasOwn(wantedOf(change), '_openid')) throw denied(collection, 'update')
      return permit(collection, 'update', query, asker, { isMulti, change })
    },

    /** The documents as they are stored: with their creator. */
    create: async (
      collection: unknown,
      documents: readonly Document[],
      asker: Asker,
    ): Promise<readonly Document[]> => {
      const access = accessOf(collection, 'create')
      const creator = asker.auth?.openid
      const created: Document[] = []
      for (const document of documents) {
        const whole = creator === undefined ? document : { ...document, _openid: creator }
        const isForged = document._openid !== undefined && document._openid !== creator
        const isAllowed =
          access.kind === 'rule'
            ? await holdsFor(access.rule, scopeOf(asker, document), whole)
            : access.kind === 'all' && asker.auth !== null
        if (isForged || !isAllowed) throw denied(collection, 'create')
        created.push(whole)
      }
      return created
    },

    /** Only what a leading `$match` or `$geoNear` leaves is seen, and other collections only if all of them may be read. */
    aggregate: async (
      collection: unknown,
      stages: readonly Document[],
      asker: Asker,
    ): Promise<readonly Document[]> => {
      const [first, ...rest] = stages
      const near = first && isPlain(first.$geoNear) ? first.$geoNear : undefined
      const match = near ? near.query : first?.$match
      const query = await permit(collection, 'read', isPlain(match) ? match : {}, asker)
      const others = near || isPlain(match) ? rest : stages
      const reached = reachedBy(others)
      if (!reached) throw denied(collection, 'read')
      for (const other of reached) {
        if (accessOf(other, 'read').kind === 'own') throw denied(other, 'read')
        await permit(other, 'read', {}, asker)
      }
      if (near) return [{ $geoNear: { ...near, query } }, ...others]
      return isPlain(match) || Object.keys(query).length > 0 ? [{ $match: query }, ...others] : others
    },
  }
}
export type CollectionRules = ReturnType<typeof openCollectionRules>

const creatorIndex: IndexConfig = {
  IndexName: '_openid_',
  MgoKeySchema: { MgoIsUnique: false, MgoIndexKeys: [{ Name: '_openid', Direction: '1' }] },
}

/** The platform keeps an index on the creator; here collections have it that clients reach. */
export const withCreatorIndexes = (configs: readonly CollectionConfig[]): readonly CollectionConfig[] =>
  configs.map((config) => {
    const isKnown = config.CreateIndexes.some(
      (index) => index.MgoKeySchema.MgoIndexKeys[0]?.Name === creatorIndex.MgoKeySchema.MgoIndexKeys[0]?.Name,
    )
    return config.AclTag === 'ADMINONLY' || isKnown
      ? config
      : { ...config, CreateIndexes: [...config.CreateIndexes, creatorIndex] }
  })

import { type Document, isPlain } from '../ground/codec'
import type { Comparison, Condition, ValueNode } from './language'

/** Who asks, as rules see them; null is nobody. */
export interface Auth {
  readonly uid?: string
  readonly openid?: string
  readonly loginType?: 'ANONYMOUS' | 'CUSTOM'
}

/** What a rule can look at besides the document. */
export interface Scope {
  readonly auth: Auth | null
  /** Milliseconds. */
  readonly now: number
  /** What the request wants to write. */
  readonly request?: { readonly data: Document }
  readonly resource?: { readonly openid?: string; readonly path: string }
  /** Another document of the database. */
  readonly get?: (collection: string, id: string) => Promise<Document | undefined>
}

/** True, false, or undefined where it cannot be known. */
type Truth = boolean | undefined

/** What is known of the document a rule is about: the document, or only the query that will find it. */
interface Knowledge {
  /** Every value that stands at a path; undefined when that is not known. */
  readonly values: (path: readonly string[]) => readonly unknown[] | undefined
  /** For a query, which may find lists with more in them than it says: nothing is known to be false. */
  readonly isQuery: boolean
  readonly meets: (
    path: readonly string[],
    operator: Comparison | 'lacks',
    others: readonly unknown[],
  ) => boolean
}

/** The platform's limit: different documents that one rule may get. */
const mostDocuments = 10

const isNothing = (value: unknown): boolean => value === undefined || value === null
/** Instants are compared by their milliseconds. */
const plainly = (value: unknown): unknown => (value instanceof Date ? value.getTime() : value)
const isScalar = (value: unknown): boolean =>
  isNothing(value) || ['string', 'number', 'boolean'].includes(typeof plainly(value))

/** As in a query, an instant and its milliseconds are two values. */
const isEqual = (left: unknown, right: unknown): boolean =>
  isScalar(left) &&
  isScalar(right) &&
  ((isNothing(left) && isNothing(right)) ||
    (left instanceof Date === right instanceof Date && plainly(left) === plainly(right)))

const isOrdered = (operator: Comparison, left: unknown, right: unknown): boolean => {
  const [a, b] = [plainly(left), plainly(right)]
  if ((typeof a !== 'number' || typeof b !== 'number') && (typeof a !== 'string' || typeof b !== 'string'))
    return false
  return operator === '>' ? a > b : operator === '>=' ? a >= b : operator === '<' ? a < b : a <= b
}

const present = (values: readonly unknown[]): readonly unknown[] =>
  values
    .filter((one) => !isNothing(one))
    .map((one) => (Array.isArray(one) ? one.filter((element) => !isNothing(element)) : one))

const flattened = (values: readonly unknown[]): readonly unknown[] =>
  values.flatMap((one) => (Array.isArray(one) ? [one, ...one] : [one]))

/**
 * What stands at a path, as queries see it: a list stands for itself and for each of its elements. Never empty:
 * where nothing stands, undefined does.
 */
export const valuesAt = (value: unknown, path: readonly string[]): readonly unknown[] => {
  const reach = (inner: unknown, at: number): unknown[] => {
    if (at === path.length) return Array.isArray(inner) ? [inner, ...inner] : [inner]
    const name = path[at] ?? ''
    if (Array.isArray(inner)) {
      const elements = inner.filter((one) => typeof one === 'object').flatMap((one) => reach(one, at))
      return /^\d+$/.test(name) && Number(name) < inner.length
        ? [...reach(inner[Number(name)], at + 1), ...elements]
        : elements
    }
    return isPlain(inner) && Object.hasOwn(inner, name) ? reach(inner[name], at + 1) : [undefined]
  }
  const found = reach(value, 0)
  return found.length > 0 ? found : [undefined]
}

/** Is the comparison true of some value on the left and some on the right? */
const isRelated = (operator: Comparison, left: readonly unknown[], right: readonly unknown[]): boolean => {
  switch (operator) {
    case '==':
      return left.some((one) => right.some((other) => isEqual(one, other)))
    case '!=':
      return left.some((one) => right.some((other) => !isEqual(one, other)))
    case 'in':
      return left.some((one) => flattened(right).some((other) => isEqual(one, other)))
    case 'not in':
      return left.some((one) => !flattened(right).some((other) => isEqual(one, other)))
    default:
      return left.some((one) => right.some((other) => isOrdered(operator, one, other)))
  }
}

const mirrored: Readonly<Record<Comparison, Comparison | 'lacks'>> = {
  '==': '==',
  '!=': '!=',
  '>': '<',
  '>=': '<=',
  '<': '>',
  '<=': '>=',
  in: '==',
  'not in': 'lacks',
}

const isAbout = (node: ValueNode): boolean => {
  switch (node.kind) {
    case 'field':
      return true
    case 'member':
      return isAbout(node.of) || isAbout(node.name)
    case 'list':
      return node.elements.some(isAbout)
    case 'text':
      return node.parts.some(isAbout)
    case 'get':
      return isAbout(node.path)
    default:
      return false
  }
}

const isLiteralNothing = (node: ValueNode): boolean => node.kind === 'literal' && isNothing(node.value)

/** Does the rule hold? True only when that is certain. */
const holds = async (condition: Condition, scope: Scope, knowledge: Knowledge): Promise<boolean> => {
  const gotten = new Map<string, Document | undefined>()

  const getDocument = async (path: unknown): Promise<readonly unknown[] | undefined> => {
    if (typeof path !== 'string') return undefined
    const [, collection = '', id = ''] = /^database\.([^.]+)\.(.+)$/.exec(path) ?? []
    if (collection === '' || !scope.get) return [undefined]
    if (!gotten.has(path)) {
      if (gotten.size >= mostDocuments) return undefined
      gotten.set(path, await scope.get(collection, id))
    }
    return [gotten.get(path)]
  }

  const textsOf = async (parts: readonly ValueNode[]): Promise<readonly unknown[] | undefined> => {
    let texts: readonly string[] = ['']
    for (const part of parts) {
      const values = (await valuesOf(part))?.filter(
        (one) => typeof one === 'string' || typeof one === 'number',
      )
      if (!values || values.length === 0) return undefined
      texts = texts.flatMap((text) => values.map((one) => `${text}${one}`))
      if (texts.length > mostDocuments) return undefined
    }
    return texts
  }

  const all = async (
    values: readonly unknown[] | undefined,
    next: (value: unknown) => Promise<readonly unknown[] | undefined>,
  ): Promise<readonly unknown[] | undefined> => {
    if (!values) return undefined
    const found: unknown[] = []
    for (const value of values) {
      const more = await next(value)
      if (!more) return undefined
      found.push(...more)
    }
    return found
  }

  const valuesOf = async (node: ValueNode): Promise<readonly unknown[] | undefined> => {
    switch (node.kind) {
      case 'literal':
        return [node.value]
      case 'field':
        return knowledge.values(node.path)
      case 'path':
        return valuesAt(scope[node.variable], node.path)
      case 'member': {
        const names = await valuesOf(node.name)
        return all(await valuesOf(node.of), (value) =>
          all(names, async (name) =>
            typeof name === 'string' || typeof name === 'number'
              ? valuesAt(value, [String(name)])
              : [undefined],
          ),
        )
      }
      case 'list': {
        const elements = await all(node.elements, (one) => valuesOf(one as ValueNode))
        return elements && [elements]
      }
      case 'text':
        return textsOf(node.parts)
      case 'get':
        return all(await valuesOf(node.path), getDocument)
    }
  }

  const compare = async (operator: Comparison, left: ValueNode, right: ValueNode): Promise<Truth> => {
    // A variable that has no value equals nothing, above all not the absence of a field.
    const isNothingMeant = isLiteralNothing(left) || isLiteralNothing(right)
    const known = async (node: ValueNode) => {
      const values = await valuesOf(node)
      return isNothingMeant || operator === '!=' || operator === 'not in' ? values : values && present(values)
    }
    if (knowledge.isQuery && (isAbout(left) || isAbout(right))) {
      const certain = (isTrue: boolean | undefined) => isTrue || undefined
      if (left.kind === 'field') {
        const others = isAbout(right) ? undefined : await known(right)
        return certain(others && knowledge.meets(left.path, operator, others))
      }
      if (right.kind === 'field') {
        const others = isAbout(left) ? undefined : await known(left)
        return certain(others && knowledge.meets(right.path, mirrored[operator], others))
      }
      if (operator === 'not in' && isAbout(right)) return undefined
      const [one, other] = [await known(left), await known(right)]
      return certain(one && other && isRelated(operator, one, other))
    }
    const [one, other] = [await known(left), await known(right)]
    return one && other && isRelated(operator, one, other)
  }

  const truthOf = async (node: Condition): Promise<Truth> => {
    switch (node.kind) {
      case 'constant':
        return node.isTrue
      case 'and': {
        const left = await truthOf(node.left)
        if (left === false) return false
        const right = await truthOf(node.right)
        return right === false ? false : left && right
      }
      case 'or': {
        const left = await truthOf(node.left)
        if (left === true) return true
        const right = await truthOf(node.right)
        return right === true ? true : left === undefined ? undefined : right
      }
      case 'not': {
        const inner = await truthOf(node.of)
        return inner === undefined ? undefined : !inner
      }
      case 'compare':
        return compare(node.operator, node.left, node.right)
      case 'test': {
        const values = await valuesOf(node.of)
        const isMatch = values?.some((one) => typeof one === 'string' && node.pattern.test(one))
        return knowledge.isQuery && isAbout(node.of) ? isMatch || undefined : isMatch
      }
    }
  }

  return (await truthOf(condition)) === true
}

/** Does the rule hold for this document? */
export const holdsFor = (condition: Condition, scope: Scope, document: Document = {}): Promise<boolean> =>
  holds(condition, scope, {
    isQuery: false,
    values: (path) => valuesAt(document, path),
    meets: () => false,
  })

type Fact =
  | { readonly kind: 'one of'; readonly values: readonly unknown[] }
  | { readonly kind: 'none of'; readonly values: readonly unknown[] }
  | { readonly kind: 'above' | 'below'; readonly limit: number; readonly isInclusive: boolean }

/** What a query says of every document it finds, for each field. */
type Facts = ReadonlyMap<string, readonly Fact[]>

const factOf = (operator: string, operand: unknown, field: string): Fact | undefined => {
  const isUsable = (value: unknown) => isScalar(value) && !(isNothing(value) && field.includes('.'))
  const values = operator === '$eq' || operator === '$ne' ? [operand] : Array.isArray(operand) ? operand : []
  switch (operator) {
    case '$eq':
    case '$in':
      return values.length > 0 && values.every(isUsable) ? { kind: 'one of', values } : undefined
    case '$ne':
    case '$nin':
      return { kind: 'none of', values: values.filter(isUsable) }
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte': {
      const limit = plainly(operand)
      if (typeof limit !== 'number' || !Number.isFinite(limit)) return undefined
      return {
        kind: operator.startsWith('$gt') ? 'above' : 'below',
        limit,
        isInclusive: operator.endsWith('e'),
      }
    }
    default:
      return undefined
  }
}

/** More ways to meet a query than these are not told apart. */
const mostBranches = 64

/** The ways to meet a query; what is not understood says nothing. */
const branchesOf = (query: Document): readonly Facts[] => {
  let branches: readonly Facts[] = [new Map()]
  const combine = (others: readonly Facts[]) => {
    if (branches.length * others.length > mostBranches) return
    branches = branches.flatMap((one) =>
      others.map((other) => {
        const both = new Map(one)
        for (const [field, facts] of other) both.set(field, [...(both.get(field) ?? []), ...facts])
        return both
      }),
    )
  }
  for (const [key, condition] of Object.entries(query)) {
    if (key === '$and' && Array.isArray(condition)) {
      for (const one of condition) if (isPlain(one)) combine(branchesOf(one))
    } else if (key === '$or' && Array.isArray(condition)) {
      combine(condition.flatMap((one) => (isPlain(one) ? branchesOf(one) : [new Map<string, Fact[]>()])))
    } else if (!key.startsWith('$')) {
      const isOperators = isPlain(condition) && Object.keys(condition).some((one) => one.startsWith('$'))
      const facts = Object.entries(isOperators ? condition : { $eq: condition }).flatMap(
        ([operator, operand]) => factOf(operator, operand, key) ?? [],
      )
      combine([new Map([[key, facts]])])
    }
  }
  return branches
}

const isImplied = (fact: Fact, operator: Comparison | 'lacks', others: readonly unknown[]): boolean => {
  if (fact.kind === 'one of') {
    return operator !== 'lacks' && fact.values.every((value) => isRelated(operator, [value], others))
  }
  if (fact.kind === 'none of') {
    const isExcluded = (other: unknown) => fact.values.some((value) => isEqual(value, other))
    if (operator === 'lacks' || operator === '!=') return others.some(isExcluded)
    return (
      operator === 'not in' &&
      flattened(others)
        .filter((one) => !Array.isArray(one))
        .every(isExcluded)
    )
  }
  return others.some((other) => {
    const value = plainly(other)
    if (typeof value !== 'number') return false
    const distance = fact.kind === 'above' ? fact.limit - value : value - fact.limit
    if (operator === '!=') return fact.isInclusive ? distance > 0 : distance >= 0
    if (operator === (fact.kind === 'above' ? '>' : '<'))
      return fact.isInclusive ? distance > 0 : distance >= 0
    return operator === (fact.kind === 'above' ? '>=' : '<=') && distance >= 0
  })
}

/**
 * Does the rule hold for every document that the query can find? What cannot be shown counts as no: a query has to
 * name the fields the rule looks at (https://docs.cloudbase.net/database/security-rules).
 */
export const holdsForAll = async (condition: Condition, scope: Scope, query: Document): Promise<boolean> => {
  for (const facts of branchesOf(query)) {
    const factsAt = (path: readonly string[]) => facts.get(path.join('.')) ?? []
    const isHeld = await holds(condition, scope, {
      isQuery: true,
      values: (path) => {
        const single = factsAt(path).find((fact) => fact.kind === 'one of' && fact.values.length === 1)
        return single?.kind === 'one of' ? single.values : undefined
      },
      meets: (path, operator, others) => factsAt(path).some((fact) => isImplied(fact, operator, others)),
    })
    if (!isHeld) return false
  }
  return true
}

import jsep, { type Expression } from 'jsep'

export type Comparison = '==' | '!=' | '>' | '>=' | '<' | '<=' | 'in' | 'not in'

/** An operand. `field` is a path into the document; `path` begins with another variable. */
export type ValueNode =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null | undefined }
  | { readonly kind: 'field'; readonly path: readonly string[] }
  | { readonly kind: 'path'; readonly variable: Exclude<Variable, 'doc'>; readonly path: readonly string[] }
  | { readonly kind: 'member'; readonly of: ValueNode; readonly name: ValueNode }
  | { readonly kind: 'list'; readonly elements: readonly ValueNode[] }
  | { readonly kind: 'text'; readonly parts: readonly ValueNode[] }
  | { readonly kind: 'get'; readonly path: ValueNode }

/** A boolean expression. */
export type Condition =
  | { readonly kind: 'constant'; readonly isTrue: boolean }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly of: Condition }
  | {
      readonly kind: 'compare'
      readonly operator: Comparison
      readonly left: ValueNode
      readonly right: ValueNode
    }
  | { readonly kind: 'test'; readonly pattern: RegExp; readonly of: ValueNode }

export type Variable = 'auth' | 'doc' | 'now' | 'request' | 'resource'

/** An invalid rule: where it is configured, and why it is refused. */
export class RuleRefusal extends Error {}

/** The platform's limit for one expression, and for `get` in it. */
const mostCharacters = 1024
const mostGets = 3
const mostNestedGets = 2

const backquote = 96
const slash = 47
const closingBrace = 125

// jsep is configured globally for the process; nothing else here uses it.
jsep.addBinaryOp('in', 7)
jsep.hooks.add('gobble-token', function gobbleText(env) {
  if (this.code !== backquote) return
  this.index += 1
  const parts: Expression[] = []
  let raw = ''
  const endPart = () => {
    if (raw !== '') parts.push({ type: 'Literal', value: raw, raw })
    raw = ''
  }
  for (;;) {
    if (this.index >= this.expr.length) this.throwError('a text without its end')
    if (this.code === backquote) break
    if (this.expr.startsWith('${', this.index)) {
      endPart()
      this.index += 2
      const inner = this.gobbleExpression()
      this.gobbleSpaces()
      if (!inner || this.code !== closingBrace) this.throwError('a text with a variable that does not end')
      parts.push(inner)
    } else raw += this.char
    this.index += 1
  }
  this.index += 1
  endPart()
  env.node = this.gobbleTokenProperty({ type: 'Text', parts })
})
jsep.hooks.add('gobble-token', function gobblePattern(env) {
  if (this.code !== slash) return
  const [whole, source, flags] =
    /^\/((?:[^/\\[]|\\.|\[(?:[^\]\\]|\\.)*\])+)\/([a-z]*)/.exec(this.expr.slice(this.index)) ?? []
  if (whole === undefined) this.throwError('a pattern without its end')
  this.index += String(whole).length
  env.node = this.gobbleTokenProperty({ type: 'Pattern', source: source ?? '', flags: flags ?? '' })
})

const opposites: Partial<Record<Comparison, Comparison>> = {
  '==': '!=',
  '!=': '==',
  in: 'not in',
  'not in': 'in',
}
const comparisons: Readonly<Record<string, Comparison>> = {
  '==': '==',
  '===': '==',
  '!=': '!=',
  '!==': '!=',
  '>': '>',
  '>=': '>=',
  '<': '<',
  '<=': '<=',
  in: 'in',
}

const negated = (condition: Condition): Condition => {
  if (condition.kind === 'constant') return { ...condition, isTrue: !condition.isTrue }
  if (condition.kind === 'not') return condition.of
  if (condition.kind === 'and' || condition.kind === 'or') {
    const kind = condition.kind === 'and' ? 'or' : 'and'
    return { kind, left: negated(condition.left), right: negated(condition.right) }
  }
  const opposite = condition.kind === 'compare' ? opposites[condition.operator] : undefined
  return condition.kind === 'compare' && opposite
    ? { ...condition, operator: opposite }
    : { kind: 'not', of: condition }
}

const patternOf = (source: string, flags: string, refuse: (why: string) => never): RegExp => {
  if (!/^i?$/.test(flags)) refuse(`the flags ${flags} of a pattern`)
  if (/\((?!\?)|\(\?/.test(source.replace(/\\.|\[(?:[^\]\\]|\\.)*\]/g, ''))) refuse('a group in a pattern')
  try {
    return new RegExp(source, flags)
  } catch {
    return refuse(`the pattern ${source}`)
  }
}

/** Converts the parser's syntax tree; node kinds that are not listed are refused. */
const reading = (variables: ReadonlySet<Variable>, refuse: (why: string) => never) => {
  let gets = 0
  let depthOfGets = 0

  const nameOf = (node: Expression): string =>
    node.type === 'Identifier' ? String(node.name) : refuse('a name that is none')

  const member = (node: Expression): ValueNode => {
    if (node.optional) refuse('?.')
    const of = valueFrom(node.object as Expression)
    const property = node.property as Expression
    const name: ValueNode = node.computed ? valueFrom(property) : { kind: 'literal', value: nameOf(property) }
    const isFixed =
      name.kind === 'literal' && (typeof name.value === 'string' || typeof name.value === 'number')
    if (isFixed && (of.kind === 'field' || of.kind === 'path')) {
      return { ...of, path: [...of.path, String(name.value)] }
    }
    return { kind: 'member', of, name }
  }

  const get = (node: Expression): ValueNode => {
    const [path, ...others] = node.arguments as Expression[]
    if (nameOf(node.callee as Expression) !== 'get' || !path || others.length > 0) {
      refuse('calls other than get(path) and /pattern/.test(value)')
    }
    gets += 1
    depthOfGets += 1
    if (gets > mostGets) refuse(`more than ${mostGets} get`)
    if (depthOfGets > mostNestedGets) refuse(`get nested more than ${mostNestedGets} deep`)
    const read: ValueNode = { kind: 'get', path: valueFrom(path as Expression) }
    depthOfGets -= 1
    return read
  }

  const valueFrom = (node: Expression): ValueNode => {
    switch (node.type) {
      case 'Literal':
        return { kind: 'literal', value: node.value as string | number | boolean | null }
      case 'Identifier': {
        const name = nameOf(node)
        if (name === 'undefined') return { kind: 'literal', value: undefined }
        if (!variables.has(name as Variable)) refuse(`the variable ${name}`)
        return name === 'doc'
          ? { kind: 'field', path: [] }
          : { kind: 'path', variable: name as Exclude<Variable, 'doc'>, path: [] }
      }
      case 'MemberExpression':
        return member(node)
      case 'ArrayExpression':
        return {
          kind: 'list',
          elements: (node.elements as (Expression | null)[]).map((one) =>
            one ? valueFrom(one) : refuse('a list with holes'),
          ),
        }
      case 'Text':
        return { kind: 'text', parts: (node.parts as Expression[]).map(valueFrom) }
      case 'CallExpression':
        return get(node)
      case 'UnaryExpression': {
        const inner = valueFrom(node.argument as Expression)
        if (node.operator === '-' && inner.kind === 'literal' && typeof inner.value === 'number') {
          return { kind: 'literal', value: -inner.value }
        }
        return refuse(`${String(node.operator)} before a value`)
      }
      default:
        return refuse(`a ${node.type}`)
    }
  }

  const isTest = (node: Expression): boolean =>
    node.type === 'CallExpression' &&
    (node.callee as Expression).type === 'MemberExpression' &&
    ((node.callee as Expression).object as Expression).type === 'Pattern'

  const isCondition = (node: Expression): boolean =>
    isTest(node) ||
    (node.type === 'UnaryExpression' && node.operator === '!') ||
    (node.type === 'BinaryExpression' &&
      (node.operator === '&&' || node.operator === '||' || Object.hasOwn(comparisons, String(node.operator))))

  const test = (node: Expression): Condition => {
    const callee = node.callee as Expression
    const pattern = callee.object as Expression
    const [of, ...others] = node.arguments as Expression[]
    if (callee.computed || nameOf(callee.property as Expression) !== 'test' || !of || others.length > 0) {
      refuse('calls other than get(path) and /pattern/.test(value)')
    }
    return {
      kind: 'test',
      pattern: patternOf(String(pattern.source), String(pattern.flags), refuse),
      of: valueFrom(of as Expression),
    }
  }

  const conditionOf = (node: Expression): Condition => {
    if (isTest(node)) return test(node)
    if (node.type === 'UnaryExpression' && node.operator === '!')
      return negated(conditionOf(node.argument as Expression))
    if (node.type === 'BinaryExpression') {
      const [left, right] = [node.left as Expression, node.right as Expression]
      if (node.operator === '&&' || node.operator === '||') {
        const kind = node.operator === '&&' ? 'and' : 'or'
        return { kind, left: conditionOf(left), right: conditionOf(right) }
      }
      const operator = comparisons[String(node.operator)]
      if (!operator) refuse(`the operator ${String(node.operator)}`)
      for (const [one, other] of [
        [left, right],
        [right, left],
      ] as const) {
        if (!isCondition(one)) continue
        const isEquality = operator === '==' || operator === '!='
        if (other.type !== 'Literal' || typeof other.value !== 'boolean' || !isEquality)
          refuse('comparing a comparison')
        return other.value === (operator === '==') ? conditionOf(one) : negated(conditionOf(one))
      }
      return {
        kind: 'compare',
        operator: operator as Comparison,
        left: valueFrom(left),
        right: valueFrom(right),
      }
    }
    const value = valueFrom(node)
    if (value.kind === 'literal') return { kind: 'constant', isTrue: value.value === true }
    return { kind: 'compare', operator: '==', left: value, right: { kind: 'literal', value: true } }
  }

  return conditionOf
}

/**
 * Parses one rule: a boolean or an expression. `where` names it in the refusal. Throws RuleRefusal only.
 * The language: https://docs.cloudbase.net/rule/learn-rules, `get`: https://docs.cloudbase.net/rule/reference/function.
 */
export const readRule = (rule: unknown, where: string, variables: readonly Variable[]): Condition => {
  if (typeof rule === 'boolean') return { kind: 'constant', isTrue: rule }
  const refuse = (why: string): never => {
    throw new RuleRefusal(`${where}: ${why}`)
  }
  if (typeof rule !== 'string') return refuse('a rule is true, false or an expression')
  if (rule.length > mostCharacters) return refuse(`an expression has at most ${mostCharacters} characters`)
  let tree: Expression
  try {
    tree = jsep(rule)
  } catch (error) {
    return refuse(`${error instanceof Error ? error.message : String(error)}: ${rule}`)
  }
  return reading(new Set(variables), (what) => refuse(`${what} is not possible in a rule: ${rule}`))(tree)
}

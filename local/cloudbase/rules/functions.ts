import { isPlain } from '../ground/codec'
import type { DatabaseConfig } from '../ground/config'
import { type Auth, holdsFor } from './evaluation'
import { type Condition, RuleRefusal, readRule } from './language'

/** The only expressions the platform takes: https://docs.cloudbase.net/cloud-function/security-rules. */
const expressions = ['auth != null', "auth.loginType != 'ANONYMOUS' && auth != null"]
const squeezed = (text: string) => text.replaceAll(/\s|"/g, (found) => (found === '"' ? "'" : ''))

/** Which functions clients may call; without rules, whoever has signed in may call all of them, as on the platform. */
export const openFunctionRules = (
  config: DatabaseConfig['functions'] = { '*': { invoke: 'auth != null' } },
) => {
  if (!isPlain(config) || !Object.hasOwn(config, '*'))
    throw new RuleRefusal('functions: a rule for * is needed')
  const rules = new Map<string, Condition>()
  for (const [name, rule] of Object.entries(config)) {
    const where = `functions, ${name}, rule invoke`
    const invoke = isPlain(rule) && Object.keys(rule).length === 1 ? rule.invoke : undefined
    if (invoke === undefined) throw new RuleRefusal(`functions, ${name}: exactly one rule, invoke, is needed`)
    if (typeof invoke === 'string' && !expressions.map(squeezed).includes(squeezed(invoke)))
      throw new RuleRefusal(`${where}: true, false, or one of ${expressions.join(' / ')}`)
    rules.set(name, readRule(invoke, where, ['auth']))
  }
  return {
    mayInvoke: (name: string, auth: Auth | null): Promise<boolean> => {
      const rule = rules.get(name) ?? rules.get('*')
      return rule ? holdsFor(rule, { auth, now: 0 }) : Promise.resolve(false)
    },
  }
}
export type FunctionRules = ReturnType<typeof openFunctionRules>

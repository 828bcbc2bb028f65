import { isPlain } from '../ground/codec'
import type { DatabaseConfig } from '../ground/config'
import { holdsFor, type Scope } from './evaluation'
import { RuleRefusal, readRule } from './language'

/** The basic permissions as rules, as https://docs.cloudbase.net/storage/security-rules writes them. */
const creatorOnly = 'auth != null && (resource.openid == auth.openid || resource.openid == auth.uid)'
const signedInOnly = 'auth != null'
const basic: Readonly<Record<string, { readonly read: unknown; readonly write: unknown }>> = {
  READONLY: { read: signedInOnly, write: creatorOnly },
  PRIVATE: { read: creatorOnly, write: creatorOnly },
  ADMINWRITE: { read: signedInOnly, write: false },
  ADMINONLY: { read: false, write: false },
}

export type FileScope = Pick<Scope, 'auth' | 'now'> & { readonly resource: NonNullable<Scope['resource']> }

const rulesOf = (config: unknown): { readonly read?: unknown; readonly write?: unknown } => {
  if (!isPlain(config)) throw new RuleRefusal('storage: an AclTag, or rules for read and write')
  if (config.AclTag !== undefined) {
    const rules = basic[String(config.AclTag)]
    if (!rules || Object.keys(config).length > 1)
      throw new RuleRefusal(`storage: AclTag must be one of ${Object.keys(basic).join(', ')} and stand alone`)
    return rules
  }
  const unknown = Object.keys(config).find((key) => key !== 'read' && key !== 'write')
  if (unknown !== undefined)
    throw new RuleRefusal(`storage: there are rules for read and write, not ${unknown}`)
  return config
}

/**
 * What clients may do with files. Who uploads a new file is its creator; writing is uploading, overwriting and
 * deleting. https://docs.cloudbase.net/storage/security-rules
 */
export const openFileRules = (config: DatabaseConfig['storage']) => {
  const rules = rulesOf(config)
  const variables = ['auth', 'now', 'resource'] as const
  const read = readRule(rules.read ?? false, 'storage, rule read', variables)
  const write = readRule(rules.write ?? false, 'storage, rule write', variables)
  return {
    mayRead: (scope: FileScope): Promise<boolean> => holdsFor(read, scope),
    mayWrite: (scope: FileScope): Promise<boolean> => holdsFor(write, scope),
  }
}
export type FileRules = ReturnType<typeof openFileRules>

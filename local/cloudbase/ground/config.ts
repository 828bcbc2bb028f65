/** One index, in the shape the manager API's CreateIndexes takes. */
export interface IndexConfig {
  readonly IndexName: string
  readonly MgoKeySchema: {
    readonly MgoIsUnique: boolean
    /** Documents that have none of the fields are left out. */
    readonly MgoIsSparse?: boolean
    readonly MgoIndexKeys: readonly { readonly Name: string; readonly Direction: '1' | '-1' | '2dsphere' }[]
  }
}

export type AclTag = 'READONLY' | 'PRIVATE' | 'ADMINWRITE' | 'ADMINONLY'
/** Yes, no, or an expression in the language of `rules/language.ts`. */
export type Rule = boolean | string

export interface CollectionConfig {
  readonly CollectionName: string
  /** What clients may do: one of the platform's four, or CUSTOM with a rule. Server programs may do everything. */
  readonly AclTag: AclTag | 'CUSTOM'
  /** `write` stands for those of create, update and delete that are not given. */
  readonly Rule?: Readonly<Partial<Record<'read' | 'write' | 'create' | 'update' | 'delete', Rule>>>
  readonly CreateIndexes: readonly IndexConfig[]
}

/** Collections, indexes, and what clients may do with documents, files and functions. */
export interface DatabaseConfig {
  readonly collections: readonly CollectionConfig[]
  /** Rules for files. */
  readonly storage: { readonly AclTag: AclTag } | { readonly read?: Rule; readonly write?: Rule }
  /** Who may call a function, by its name; `*` is every other one. */
  readonly functions?: Readonly<Record<string, { readonly invoke: Rule }>>
}

export interface TriggerConfig {
  readonly name: string
  readonly type: 'timer'
  /** Seven fields, seconds first. */
  readonly config: string
}

export interface FunctionConfig {
  readonly name: string
  readonly handler: string
  readonly runtime: string
  /** Seconds. */
  readonly timeout: number
  /** Megabytes. */
  readonly memorySize: number
  readonly envVariables?: Readonly<Record<string, string>>
  readonly triggers?: readonly TriggerConfig[]
}

/** cloudbaserc.json, as far as this machine needs it. */
export interface CloudConfig {
  readonly envId: string
  readonly functions: readonly FunctionConfig[]
}

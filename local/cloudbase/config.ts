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

export interface CollectionConfig {
  readonly CollectionName: string
  /** Only ADMINONLY is known so far: clients reach no collection. */
  readonly AclTag: 'ADMINONLY'
  readonly CreateIndexes: readonly IndexConfig[]
}

/** Collections, indexes and what clients may do with files. */
export interface DatabaseConfig {
  readonly collections: readonly CollectionConfig[]
  readonly storage: {
    /** Folders that signed-in clients may upload to. */
    readonly clientWritePrefixes: readonly string[]
    readonly clientRead: boolean
  }
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

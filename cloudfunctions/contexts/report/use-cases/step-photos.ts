/** Where the facts of a step name photos. */
const fields = ['photos', 'before', 'after', 'photo'] as const

type Field = (typeof fields)[number]

/** The photos that one field names. */
export const photosUnder = (facts: object, field: Field): readonly string[] => {
  const named: Readonly<Record<string, unknown>> = { ...facts }
  return [named[field]].flat().filter((id) => typeof id === 'string')
}

/** Every photo a step brings along. */
export const photosIn = (facts: object): readonly string[] =>
  fields.flatMap((field) => photosUnder(facts, field))

/** The same facts with other ids for their photos; `ids` in the order of `photosIn`. */
export const withPhotos = <F extends object>(facts: F, ids: readonly string[]): F => {
  const stored = new Map(photosIn(facts).map((id, at) => [id, ids[at] ?? id]))
  const idsUnder = (field: Field) => photosUnder(facts, field).map((id) => stored.get(id) ?? id)
  const [photo] = idsUnder('photo')
  return {
    ...facts,
    ...('photos' in facts ? { photos: idsUnder('photos') } : {}),
    ...('before' in facts ? { before: idsUnder('before') } : {}),
    ...('after' in facts ? { after: idsUnder('after') } : {}),
    ...(photo === undefined ? {} : { photo }),
  }
}

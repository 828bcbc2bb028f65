import type { ReportCommand } from '../rules/commands'

/** Every photo a command brings along. */
export const photosIn = (command: ReportCommand): readonly string[] => [
  ...('photos' in command && command.kind !== 'lay-evidence' ? command.photos : []),
  ...('before' in command ? command.before : []),
  ...evidenceIn(command),
  ...('photo' in command && command.photo ? [command.photo] : []),
]

/** Those that prove the work. */
export const evidenceIn = (command: ReportCommand): readonly string[] => {
  if (command.kind === 'lay-evidence') return command.photos
  return 'after' in command ? command.after : []
}

/** Those that show how it was. */
export const beforeIn = (command: ReportCommand): readonly string[] =>
  'before' in command ? command.before : []

/**
 * The same command with other ids for its photos; `ids` in the order of `photosIn`. The cast is sound: of the fields that
 * the command has, each keeps its type.
 */
export const withPhotos = (command: ReportCommand, ids: readonly string[]): ReportCommand => {
  const stored = new Map(photosIn(command).map((id, at) => [id, ids[at] ?? id]))
  const idOf = (id: string): string => stored.get(id) ?? id
  return {
    ...command,
    ...('photos' in command ? { photos: command.photos.map(idOf) } : {}),
    ...('before' in command ? { before: command.before.map(idOf) } : {}),
    ...('after' in command ? { after: command.after.map(idOf) } : {}),
    ...('photo' in command && command.photo ? { photo: idOf(command.photo) } : {}),
  } as ReportCommand
}

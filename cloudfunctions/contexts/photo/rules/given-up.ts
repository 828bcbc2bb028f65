/** Stands for the use of a photo that nothing has shown for so long that it is given up; sorted by when that was. */
export const givenUpAt = (at: number): string => `given-up|${String(at).padStart(15, '0')}`

/** Whether a photo is about to be removed: nobody is to begin anything with it. */
export const isGivenUp = ({ usedIn }: { readonly usedIn: string | null }): boolean =>
  usedIn?.startsWith('given-up|') ?? false

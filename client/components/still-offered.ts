/** What is chosen, as long as it is still among the choices: what is not shown is not sent. */
export const stillOffered = <V extends string>(
  choices: readonly { readonly value: V }[],
  value: V | undefined,
): V | undefined => choices.find((choice) => choice.value === value)?.value

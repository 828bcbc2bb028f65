import { Pressable } from './pressable'
import './text-action.css'

interface TextActionProps {
  readonly label: string
  readonly onPress: () => void
}

/** A small thing to do beside the words that say why. */
export function TextAction({ label, onPress }: TextActionProps) {
  return (
    <Pressable className="text-action" onPress={onPress}>
      {label}
    </Pressable>
  )
}

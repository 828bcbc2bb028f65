import { View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import { becomePersona } from '../services/become-persona'
import { chosenPersona, listPersonas, type Persona } from '../services/persona'
import { Icon } from './icon'
import { Pressable } from './pressable'
import { Sheet } from './sheet'
import './persona-switch.css'

const shortName = ({ name }: Persona) => name.replace(/（.*?）/, '')

/** Lets one be anybody of the demonstration. The local build alone carries it. */
export default function PersonaSwitch() {
  const [isOpen, setOpen] = useState(false)
  const [personas, setPersonas] = useState<Persona[]>([])
  const [trouble, setTrouble] = useState('')
  const current = chosenPersona.read()

  useEffect(() => {
    if (!isOpen) return
    listPersonas().then(setPersonas, (error: unknown) => setTrouble(String(error)))
  }, [isOpen])

  const become = (persona: Persona | undefined) => {
    becomePersona(persona).catch((error: unknown) => setTrouble(String(error)))
  }

  const rows = [undefined, ...personas]
  return (
    <>
      <Pressable
        className="persona-switch"
        label={current ? `演示身份：${shortName(current)}` : undefined}
        onPress={() => setOpen(true)}
      >
        <Icon name="users" size={1.1} />
        <View className="persona-switch__current">{current ? shortName(current) : '演示身份'}</View>
      </Pressable>
      <Sheet isOpen={isOpen} title="演示身份" onClose={() => setOpen(false)}>
        {trouble && <View className="persona-switch__trouble">{trouble}</View>}
        {rows.map((persona) => {
          const isCurrent = persona?.id === current?.id
          return (
            <Pressable
              key={persona?.id ?? 'nobody'}
              className={`persona-switch__row ${isCurrent ? 'persona-switch__row--current' : ''}`}
              onPress={() => become(persona)}
            >
              <View className="persona-switch__words">
                <View className="persona-switch__name">{persona ? persona.name : '路人'}</View>
                <View className="persona-switch__hint">
                  {persona ? `${persona.role} · ${persona.hint}` : '没有登录，只看公开的'}
                </View>
              </View>
              {isCurrent && <Icon name="check" size={1.3} />}
            </Pressable>
          )
        })}
      </Sheet>
    </>
  )
}

import { View } from '@tarojs/components'
import { useRef } from 'react'
import { newCommandId } from '../services/command-id'
import { choosePhotos } from '../services/photo-files'
import type { ChosenPhoto } from '../services/photo-port'
import { sendPhoto } from '../services/photos'
import { toast } from '../services/toast'
import { Alert } from './alert'
import { aria } from './aria'
import { Icon } from './icon'
import type { PickedPhoto } from './picked-photo'
import { Picture } from './picture'
import { Pressable } from './pressable'
import './photo-grid.css'
import './photo-picker.css'

/** The picture may be good; another try may succeed. */
const connectionTroubles = new Set(['network', 'unavailable'])

interface PhotoPickerProps {
  readonly photos: readonly PickedPhoto[]
  readonly onChange: (change: (before: readonly PickedPhoto[]) => readonly PickedPhoto[]) => void
  readonly max?: number
  readonly label?: string
}

/** Takes up to `max` pictures and sends each at once, showing how far it is; a failed one can be tried again. */
export function PhotoPicker({ photos, onChange, max = 9, label = '拍照或选照片' }: PhotoPickerProps) {
  const chosen = useRef(new Map<string, ChosenPhoto>())

  const change = (key: string, part: Partial<PickedPhoto>) =>
    onChange((before) => before.map((photo) => (photo.key === key ? { ...photo, ...part } : photo)))

  const send = async (key: string) => {
    const photo = chosen.current.get(key)
    if (!photo) return
    change(key, { state: 'sending', progress: 0, message: undefined })
    const outcome = await sendPhoto(photo, (progress) => change(key, { progress }))
    if (outcome.ok) {
      chosen.current.delete(key)
      change(key, { state: 'sent', progress: 1, admitted: outcome.value })
    } else {
      const isRetryable = connectionTroubles.has(outcome.error.code)
      change(key, { state: isRetryable ? 'failed' : 'refused', message: outcome.error.message })
    }
  }

  const add = async () => {
    const room = max - photos.length
    const files = await choosePhotos(room)
    if (files.length === 0) return
    const added = files.map((file): PickedPhoto => {
      const key = newCommandId()
      chosen.current.set(key, file)
      return { key, previewUrl: file.previewUrl, state: 'sending', progress: 0 }
    })
    onChange((before) => [...before, ...added])
    // One after the other: a weak network carries one picture better than nine.
    for (const { key } of added) await send(key)
  }

  const remove = (key: string) => {
    chosen.current.delete(key)
    onChange((before) => before.filter((photo) => photo.key !== key))
  }

  const retry = ({ key }: PickedPhoto) => {
    if (chosen.current.has(key)) void send(key)
    else toast('请删掉这张，重新选一次')
  }

  return (
    <View className="photo-picker">
      <View className="photo-grid">
        {photos.map((photo, index) => (
          <View key={photo.key} className="photo-grid__cell">
            {photo.state === 'refused' ? (
              <View className="photo-picker__veil">
                <Icon name="image-off" size={1.4} />
                <View>不能用</View>
              </View>
            ) : (
              <Picture className="photo-grid__picture" url={photo.previewUrl} alt={`第${index + 1}张`} />
            )}
            {photo.state === 'sending' && (
              <View
                className="photo-picker__veil"
                {...aria({ role: 'status', label: `第${index + 1}张正在上传` })}
              >
                <View className="photo-picker__track">
                  <View
                    className="photo-picker__share"
                    style={{ width: `${Math.round(photo.progress * 100)}%` }}
                  />
                </View>
                <View>{Math.round(photo.progress * 100)}%</View>
              </View>
            )}
            {photo.state === 'failed' && (
              <Pressable className="photo-picker__veil" onPress={() => retry(photo)}>
                <Icon name="refresh-cw" size={1.4} />
                <View>再试一次</View>
              </Pressable>
            )}
            <Pressable
              className="photo-picker__remove"
              label={`删除第${index + 1}张`}
              onPress={() => remove(photo.key)}
            >
              <View className="photo-picker__cross">
                <Icon name="x" size={1} />
              </View>
            </Pressable>
          </View>
        ))}
        {photos.length < max && (
          <Pressable className="photo-picker__add" onPress={add}>
            <View className="photo-picker__add-words">
              <Icon name="camera" size={1.7} />
              <View>{photos.length === 0 ? label : `${photos.length}/${max}`}</View>
            </View>
          </Pressable>
        )}
      </View>
      {photos
        .filter(({ message }) => message)
        .map((photo) => (
          <Alert key={photo.key} className="photo-picker__message">
            <Icon name="circle-alert" size={1.1} /> {photo.message}
          </Alert>
        ))}
    </View>
  )
}

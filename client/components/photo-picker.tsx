import { View } from '@tarojs/components'
import { useEffect, useRef, useState } from 'react'
import type { LocalFile } from '../services/cloud-port'
import { newCommandId } from '../services/command-id'
import { keptPhotos } from '../services/kept-photos'
import { useNetworkReturn } from '../services/network-return'
import { choosePhotos, openPhotoSettings, shrinkPhoto } from '../services/photo-files'
import { sendPhoto } from '../services/photos'
import { serverNow } from '../services/server-time'
import { isForLater, retryAtOf } from '../services/trouble'
import { Alert } from './alert'
import { aria } from './aria'
import { Icon } from './icon'
import { photoNames, takenText, waitingText } from './photo-names'
import { isHeldUp, type PickedPhoto } from './picked-photo'
import { Picture } from './picture'
import { Pressable } from './pressable'
import { TextAction } from './text-action'
import './photo-grid.css'
import './photo-picker.css'

const notKept = '这张没有存下来，请删掉，重新拍一张'
const noRoom = '手机存不下这张，没传完先别关这一页'
const notOpened = {
  barred: '没有用相机和相册的权限。没有照片也能发，写清楚就行；想拍，先去设置里打开。',
  failed: '相机和相册没有打开。可以再试一次；没有照片也能发，写清楚就行。',
} as const

interface PhotoPickerProps {
  readonly photos: readonly PickedPhoto[]
  readonly onChange: (change: (before: readonly PickedPhoto[]) => readonly PickedPhoto[]) => void
  readonly max?: number
  readonly label?: string
  /** What the pictures are, where a form asks for several kinds: “办理前的照片”. */
  readonly what?: string
}

/**
 * Takes up to `max` pictures and sends each at once, showing how far it is. Without a network they stay on this device
 * and are sent by themselves when it is back, on this visit or the next one.
 */
export function PhotoPicker(props: PhotoPickerProps) {
  const { photos, onChange, max = 9, label = '拍照或选照片', what } = props
  const [whyNone, setWhyNone] = useState<keyof typeof notOpened>()
  const names = photoNames(what)
  /** What has not arrived yet, in the order in which it was chosen. */
  const files = useRef(new Map<string, LocalFile>())
  const isUnderWay = useRef(false)
  /** A picture that came too often is not sent up again before that. */
  const againAt = useRef(0)
  const heldUp = useRef<string>()
  // A draft left behind is written by the next visit, not by an upload that ends late.
  const isGone = useRef(false)

  const change = (key: string, part: Partial<PickedPhoto>) => {
    if (isGone.current) return
    onChange((before) => before.map((photo) => (photo.key === key ? { ...photo, ...part } : photo)))
  }

  const forget = (key: string) => {
    files.current.delete(key)
    void keptPhotos.forget(key)
  }

  /** Answers whether there is any use in going on. */
  const send = async (key: string, file: LocalFile): Promise<boolean> => {
    change(key, { state: 'sending', progress: 0, heldUp: undefined })
    const outcome = await sendPhoto(file, (progress) => change(key, { progress }))
    if (isGone.current) return false
    if (!outcome.ok && isForLater(outcome.error)) {
      const retryAt = retryAtOf(outcome.error)
      againAt.current = retryAt ?? 0
      heldUp.current = retryAt === undefined ? undefined : outcome.error.message
      return false
    }
    change(
      key,
      outcome.ok
        ? { state: 'sent', progress: 1, admitted: outcome.value, message: undefined }
        : { state: 'refused', message: outcome.error.message },
    )
    forget(key)
    return true
  }

  /** One after the other: a weak network carries one picture better than nine. */
  const sendAll = async () => {
    if (isUnderWay.current || serverNow() < againAt.current) return
    isUnderWay.current = true
    let next = [...files.current][0]
    while (next && (await send(...next))) next = [...files.current][0]
    for (const key of files.current.keys())
      change(key, { state: 'waiting', progress: 0, heldUp: heldUp.current })
    isUnderWay.current = false
  }

  const recall = async () => {
    for (const { key, state } of photos) {
      if (state !== 'waiting') continue
      const kept = await keptPhotos.recall(key)
      if (kept) files.current.set(key, kept.file)
      change(key, kept ? { previewUrl: kept.previewUrl } : { state: 'refused', message: notKept })
    }
    await sendAll()
  }

  const begin = useRef(recall)
  useEffect(() => {
    isGone.current = false
    void begin.current()
    return () => {
      isGone.current = true
    }
  }, [])

  useNetworkReturn(
    photos.some(({ state }) => state === 'waiting'),
    () => void sendAll(),
  )

  const add = async () => {
    const choice = await choosePhotos(max - photos.length)
    setWhyNone(choice.ok ? undefined : choice.why)
    if (!choice.ok || choice.photos.length === 0) return
    const added = choice.photos.map((photo) => ({ key: newCommandId(), photo }))
    onChange((before) => [
      ...before,
      ...added.map(({ key, photo }): PickedPhoto => {
        const { previewUrl } = photo
        return { key, previewUrl, state: 'sending', progress: 0 }
      }),
    ])
    for (const { key, photo } of added) {
      const shrunk = await shrinkPhoto(photo)
      if (!shrunk.ok) {
        change(key, { state: 'refused', message: shrunk.message })
        continue
      }
      const isKept = await keptPhotos.keep(key, shrunk.file)
      change(key, isKept ? { isKept } : { message: noRoom })
      files.current.set(key, shrunk.file)
      void sendAll()
    }
  }

  const remove = (key: string) => {
    forget(key)
    onChange((before) => before.filter((photo) => photo.key !== key))
  }

  const whyHeldUp = photos.find(isHeldUp)?.heldUp

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
              <Picture className="photo-grid__picture" url={photo.previewUrl} alt={names.picture(index)} />
            )}
            {photo.state === 'sending' && (
              <View className="photo-picker__veil" {...aria({ role: 'status', label: names.sending(index) })}>
                <View className="photo-picker__track">
                  <View
                    className="photo-picker__share"
                    style={{ width: `${Math.round(photo.progress * 100)}%` }}
                  />
                </View>
                <View>{Math.round(photo.progress * 100)}%</View>
              </View>
            )}
            {photo.state === 'waiting' && (
              <Pressable
                className="photo-picker__veil"
                label={names.waiting(index)}
                onPress={() => void sendAll()}
              >
                <Icon name="hourglass" size={1.4} />
                <View>{waitingText}</View>
              </Pressable>
            )}
            <Pressable
              className="photo-picker__remove"
              label={names.remove(index)}
              onPress={() => remove(photo.key)}
            >
              <View className="photo-picker__cross">
                <Icon name="x" size={1} />
              </View>
            </Pressable>
          </View>
        ))}
        {photos.length < max && (
          <Pressable className="photo-picker__add" label={names.add(label, photos.length, max)} onPress={add}>
            <View className="photo-picker__add-words">
              <Icon name="camera" size={1.7} />
              <View>{photos.length === 0 ? label : takenText(photos.length, max)}</View>
            </View>
          </Pressable>
        )}
      </View>
      {whyNone && (
        <View className="photo-picker__message">
          <Alert className="photo-picker__why" name="photos-not-opened">
            <Icon name="circle-alert" size={1.1} /> {notOpened[whyNone]}
          </Alert>
          {whyNone === 'barred' && openPhotoSettings && (
            <TextAction label="去设置里打开" onPress={openPhotoSettings} />
          )}
        </View>
      )}
      {whyHeldUp !== undefined && (
        <Alert className="photo-picker__message" name="photos-held-up">
          <Icon name="hourglass" size={1.1} /> 照片：{whyHeldUp}
        </Alert>
      )}
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

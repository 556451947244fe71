import type { hub as english } from '../en/hub.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences of the hub area, by key. */
export const hub: Translated<typeof english> = {
  'hub.someone': 'alguien',
}

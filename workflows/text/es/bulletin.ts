import type { bulletin as english } from '../en/bulletin.ts'
import type { Translated } from '../template.ts'

/** What stands about the summaries that are posted, asked for, and handed on. */
export const bulletin: Translated<typeof english> = {
  'bulletin.open': 'Abrir {id}',
}

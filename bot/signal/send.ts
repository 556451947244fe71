import type { MessageRef } from '../../workflows/delivery.ts'
import type { Target } from '../platform.ts'

/** How a message is sent: the key is the same however often it is tried; `quote` is the message it answers. */
export type How = { readonly key: string; readonly quote?: MessageRef }

/**
 * Sends text in `styled` mode, already escaped; several pieces go one after the other, and the first one's name is
 * given. @throws PlatformError
 */
export type Send = (to: Target, text: string | readonly string[], how: How) => Promise<MessageRef>

/** Puts an emoji on a message as a sign that it was taken in; never rejects. */
export type React = (message: MessageRef, emoji: string) => Promise<void>

import type { post as english } from '../en/post.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences of the post area, by key. */
export const post: Translated<typeof english> = {}

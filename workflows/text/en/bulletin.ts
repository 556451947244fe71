/** What stands about the summaries that are posted, asked for, and handed on. */
export const bulletin = {
  'bulletin.open': 'Open {id}',
} as const

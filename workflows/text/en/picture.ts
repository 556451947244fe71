/** What stands about pictures. */
export const picture = {
  'picture.missing': 'The picture could not be added. It shows: {alt}',
} as const
